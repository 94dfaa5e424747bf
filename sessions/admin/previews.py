"""Previews beside the presentations in the admin: how far they are, why one failed, and made again on demand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin
from sessions.models import PresentationFile, Preview
from sessions.previews.asking import ask_again, ask_for_preview
from sessions.previews.words import state_words


class PreviewFilter(admin.SimpleListFilter):
    title = _("preview")
    parameter_name = "preview"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Preview.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """By that of any version, because one that waits for approval has one too."""
        if self.value() not in Preview.State.values:
            return queryset
        versions = PresentationFile.objects.filter(preview__state=self.value())
        return queryset.filter(pk__in=versions.values("presentation"))


class PreviewsMixin(AnyAdmin):
    """An action for PresentationAdmin."""

    @admin.action(description=_("Make the previews again"), permissions=["change"])
    def previews_again_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        versions = PresentationFile.objects.filter(presentation__in=queryset.values("pk"))
        asked = {preview.pk for preview in map(preview_of, versions.select_related("preview")) if preview}
        words = ngettext(
            "%(count)s preview is made again soon.", "%(count)s previews are made again soon.", len(asked)
        )
        self.message_user(request, words % {"count": len(asked)}, messages.SUCCESS)


def preview_of(version: PresentationFile) -> Preview | None:
    """The preview that is now waiting; also of files that came before there were previews."""
    if not version.preview:
        return ask_for_preview(version)
    return version.preview if ask_again(preview=version.preview) else None


class PreviewColumn(AnyAdmin):
    """A column for the list of versions, which reads its rows together with `preview`."""

    @admin.display(description=_("preview"))
    def shown_preview(self, row: PresentationFile) -> str:
        return state_words(row.preview) if row.preview else "–"
