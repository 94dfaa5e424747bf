"""Deleting presentations in the admin: the page says beforehand what goes with them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from conference.admin.base import AnyAdmin
from sessions.models import Presentation, PresentationFile
from sessions.services.deleting import delete_presentation


class DeletingMixin(AnyAdmin):
    """Before CountedProtection, which names what stands in the way."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Versions and figures belong to the presentation: whoever may delete it needs no leave for each of them."""
        rows = list(objs)
        _deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        own = {str(Presentation._meta.verbose_name)}
        return [line for row in rows for line in lines_of(row)], counts, lacking & own, protected

    def delete_model(self, request: HttpRequest, obj: Presentation) -> None:
        delete_presentation(presentation=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            delete_presentation(presentation=row)


def lines_of(row: Presentation) -> list[Any]:
    """Its title and, one level deeper, what nobody will have any more."""
    versions = PresentationFile.objects.filter(presentation=row).order_by("number")
    after = [
        _(
            "Links to its page lead nowhere. Nothing of it can be brought back: to take it off the site, withdraw it."
        )
    ]
    return [str(row), [*(words_of(version) for version in versions), *after]]


def words_of(version: PresentationFile) -> str:
    what = version.original_name or version.link
    size = f", {filesizeformat(version.size)}" if version.size else ""
    return _("Version %(number)s: %(what)s") % {"number": version.number, "what": what + size}
