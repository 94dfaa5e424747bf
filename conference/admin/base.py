"""What several admins share: two people at one form, times where the edition is, rows nobody edits."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, model_ngettext
from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import ImageField, Model, URLField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from conference.admin_kinds import AnyAdmin as AnyAdmin
from conference.forms import PictureField
from conference.models import Edition, User
from conference.trail.seeing import Seen

# formfield_overrides of admins with addresses and pictures
OUR_FIELDS: Any = {URLField: {"assume_scheme": "https"}, ImageField: {"form_class": PictureField}}
NAMED_AT_MOST = 10  # of what stands in the way of deleting; more are counted


def person(request: HttpRequest) -> User:
    """Whoever works here; the admin lets nobody in without an account."""
    return cast(User, request.user)


class WholeForm(forms.ModelForm):
    """A form that also checks constraints over fields it does not show, instead of failing in the database."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as refusal:
            self.add_error(None, refusal.messages)


class SeenForm(Seen, WholeForm):
    """Remembers which state of the row was shown, so that a second organiser overwrites nobody."""

    must_say = True


class EditionTimesMixin(AnyAdmin):
    """Times in the form are those on the clock where the edition takes place."""

    def edition_of(self, row: Any) -> Edition | None:
        return row.edition

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None
        edition = self.edition_of(row) if row else edition_asked(request)
        if not edition:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with timezone.override(edition.zone):
            response = super().changeform_view(request, object_id, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


def edition_asked(request: HttpRequest) -> Edition | None:
    """The edition a new row is for: the one sent or in the address, else the current one."""
    asked = request.POST.get("edition") or request.GET.get("edition") or ""
    if asked.isdecimal() and len(asked) < 19:
        return Edition.objects.filter(pk=asked).first()
    return Edition.objects.current()


class ReadOnlyMixin:
    """Rows that services write and people only look at."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EditionFilter(admin.SimpleListFilter):
    """Rows of one edition: the current one until another is chosen or something is searched for."""

    title = _("edition")
    parameter_name = "edition"
    path = "edition"
    starts_with_current = True

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.current = Edition.objects.current()
        self.is_searching = bool(request.GET.get("q"))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(edition.pk), str(edition)) for edition in Edition.objects.all()]

    def value(self) -> str:
        chosen = super().value()
        if chosen or self.is_searching or not self.current or not self.starts_with_current:
            return chosen or "all"
        return str(self.current.pk)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        if chosen == "all":
            return queryset
        return (
            queryset.filter(**{self.path: chosen})
            if chosen.isdecimal() and len(chosen) < 19
            else queryset.none()
        )

    def choices(self, changelist: Any) -> Any:
        options = [("all", _("All")), *self.lookup_choices]
        for value, words in options:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": words,
            }


class CountryFilter(admin.SimpleListFilter):
    """Only the countries that occur, instead of all of the world."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = model_admin.model.objects.exclude(country="").order_by().values_list("country", flat=True)
        return sorted(((code, countries.name(code)) for code in codes.distinct()), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(country=self.value()) if self.value() else queryset


class CountedProtection(AnyAdmin):
    """The delete page names what stands in the way, and only counts what this person may not look at."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=router.db_for_write(self.model))
            collector.collect(objs)
            # What is in use stays, whoever asks: no need to speak of permissions as well.
            protected, lacking = self._in_the_way(request, collector.protected), set()
        return deleted, counts, lacking, protected

    def _in_the_way(self, request: HttpRequest, rows: set[Model]) -> list[str]:
        groups: dict[type[Model], list[Model]] = {}
        for row in rows:
            groups.setdefault(type(row), []).append(row)
        return [line for model, some in groups.items() for line in self._lines(request, model, some)]

    def _lines(self, request: HttpRequest, model: type[Model], rows: list[Model]) -> list[str]:
        admin_of = self.admin_site._registry.get(model)
        if not admin_of or not admin_of.has_view_permission(request) or len(rows) > NAMED_AT_MOST:
            return [f"{len(rows)} {model_ngettext(model._meta, len(rows))}"]
        return [f"{capfirst(model._meta.verbose_name)}: {row}" for row in rows]
