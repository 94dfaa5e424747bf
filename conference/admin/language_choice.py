"""Nobody types a language as a code: wherever a form of the admin asks for one, it is chosen by its name."""

from typing import Any

from django.contrib import admin
from django.db.models import CharField, Field
from django.http import HttpRequest

from conference.admin.base import AnyAdmin
from conference.languages import LanguageField, language_choices, language_in_words


class LanguageChoice(AnyAdmin):
    names_of_languages: Any = staticmethod(language_choices)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, CharField) and db_field.name == "language":
            return db_field.formfield(form_class=LanguageField, names=self.names_of_languages)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class LanguageFilter(admin.AllValuesFieldListFilter):
    """The languages that occur, by their names; for `list_filter`."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": language_in_words(str(choice["display"]))}
