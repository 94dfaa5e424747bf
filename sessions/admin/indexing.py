"""Whatever organisers save is found in the library as it is now."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from sessions.library.index import reindex, remove
from sessions.library.renamed import reindex_many, reindex_word, things_with

if TYPE_CHECKING:

    class AnyAdmin(admin.ModelAdmin): ...
else:
    AnyAdmin = object


class IndexedMixin(AnyAdmin):
    """After the rows that belong to it, because its people and topics are found with it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reindex(form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        remove(*queryset)
        super().delete_queryset(request, queryset)


class WordMixin(AnyAdmin):
    """What says this word is found by its new name, and no longer by one that is deleted."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reindex_word(form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        things = things_with(obj)
        super().delete_model(request, obj)
        reindex_many(*things)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        things = [thing for word in queryset for thing in things_with(word)]
        super().delete_queryset(request, queryset)
        reindex_many(*things)
