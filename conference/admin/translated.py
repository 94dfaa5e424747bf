"""Texts in several languages in the admin: side by side in those of the edition, the others folded away.

Forms take their base from here instead of from modeltranslation, under the same names.
"""

from itertools import groupby
from typing import Any

from django.contrib.admin.utils import flatten
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation import admin as modeltranslation

from conference.admin.base import AnyAdmin, edition_asked
from conference.languages import CODES, label_of, offered
from conference.models import Edition, Site

PATHS = ("edition", "venue", "session")  # from a row to what belongs to an edition


def edition_behind(row: Any) -> Edition | None:
    """The edition that a row of any kind belongs to, if it belongs to one."""
    if isinstance(row, Edition):
        return row
    steps = (getattr(row, path, None) for path in PATHS if row)
    return next((found for step in steps if step and (found := edition_behind(step))), None)


def languages_for(request: HttpRequest, model: type[Model], row: Any) -> list[str]:
    """In which languages this row is written: those of its edition, or of the site; asked once for a page."""
    known = request.__dict__.setdefault("languages_of_forms", {})
    key = (model, row and row.pk)
    if key not in known:
        known[key] = languages_asked(request, model, row)
    return known[key]


def languages_asked(request: HttpRequest, model: type[Model], row: Any) -> list[str]:
    edition = edition_behind(row)
    if not row and any(field.name == "edition" for field in model._meta.fields):
        edition = edition_asked(request)
    if edition:
        return offered(edition.languages)
    site = Site.objects.first()
    return offered(site.languages if site else "")


class SideBySide(AnyAdmin):
    """The texts of one field in one row of the form."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and (language := getattr(db_field, "language", "")):
            formfield.widget.attrs["lang"] = language  # for spelling, and for those who listen
            formfield.label = label_of(db_field)
        return formfield

    def text_of(self, name: Any) -> tuple[str, str]:
        """The field and the language of a column such as title_fr; of another its name and nothing."""
        field, _line, code = str(name).rpartition("_")
        return (field, code) if code in CODES and field in self.trans_opts.all_fields else (str(name), "")  # type: ignore[attr-defined]

    def parted(self, names: Any, languages: list[str]) -> tuple[list[Any], list[Any]]:
        """Rows of the form in these languages, and rows of what is written in others."""
        shown: list[Any] = []
        folded: list[Any] = []
        for _field, group in groupby(flat(names), key=lambda name: self.text_of(name)[0]):
            columns = list(group)
            others = [name for name in columns if self.text_of(name)[1] not in ["", *languages]]
            shown += row_of([name for name in columns if name not in others])
            folded += row_of(others)
        return shown, folded


class TranslationAdmin(SideBySide, modeltranslation.TranslationAdmin):
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        languages = languages_for(request, self.model, obj)
        fieldsets, others = [], []
        for name, options in super().get_fieldsets(request, obj):
            shown, folded = self.parted(options["fields"], languages)
            fieldsets.append((name, {**options, "fields": shown}))
            others += folded
        if others:
            fieldsets.append((_("Other languages"), {"fields": others, "classes": ["collapse"]}))
        return fieldsets


class InlineLanguages(SideBySide):
    """Rows within a form have the texts in its languages only; what others say stays as it is."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        languages = languages_for(request, self.model, obj)
        fieldsets = super().get_fieldsets(request, obj)
        return [
            (name, {**options, "fields": self.laid_out(options["fields"], languages)})
            for name, options in fieldsets
        ]

    def laid_out(self, names: Any, languages: list[str]) -> list[Any]:
        return self.parted(names, languages)[0]


class TranslationStackedInline(InlineLanguages, modeltranslation.TranslationStackedInline):
    pass


class TranslationTabularInline(InlineLanguages, modeltranslation.TranslationTabularInline):
    def laid_out(self, names: Any, languages: list[str]) -> list[Any]:
        """A table has one column for each."""
        return flatten(super().laid_out(names, languages))


def flat(names: Any) -> list[Any]:
    """Fields that an admin put in one row itself stay in one."""
    return [tuple(name) if isinstance(name, list | tuple) else name for name in names]


def row_of(columns: list[Any]) -> list[Any]:
    return [tuple(columns)] if len(columns) > 1 else columns
