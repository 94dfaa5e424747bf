"""News: written, looked at as visitors will see it, and public by itself when its moment has come."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.admin.base import OUR_FIELDS, EditionTimesMixin, SeenForm
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.translated import TranslationAdmin
from conference.models import Edition, NewsItem
from conference.translated_columns import columns

FIELDS: list[Any] = [
    "edition",
    "title",
    "slug",
    "published_at",
    "summary",
    "picture",
    "picture_description",
    "body",
]


class NewsForm(SeenForm):
    """A picture says in words what it shows, in one language at least."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        words = [cleaned.get(name) for name in columns("picture_description")]
        if cleaned.get("picture") and not any(words):
            first = next(name for name in columns("picture_description") if name in self.fields)
            self.add_error(first, _("Say what the picture shows, for those who cannot see it."))
        return cleaned


@admin.register(NewsItem)
class NewsItemAdmin(EditionTimesMixin, TranslationAdmin):
    """Where an item stands is decided once: its address never changes."""

    form = NewsForm
    formfield_overrides = OUR_FIELDS
    list_display = ["title", "edition", "published_at", "is_out", "updated_at"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    search_fields = [*columns("title"), "slug"]
    autocomplete_fields = ["edition"]
    date_hierarchy = "published_at"
    prepopulated_fields = {"slug": ["title"]}
    save_on_top = True
    fieldsets = [(None, {"fields": tuple(FIELDS)})]

    @admin.display(description=_("public"), boolean=True)
    def is_out(self, row: NewsItem) -> bool:
        return row.is_public(clock.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["edition", "slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        """With the way to a letter that tells people of it, once they can read it."""
        row = kwargs.get("obj")
        edition = row and row.is_public() and (row.edition or Edition.objects.current())
        if edition and request.user.has_perm("registration.change_letter"):
            letter = reverse("admin:conference_edition_letters_new", args=[edition.pk])
            context["row_links"] = [{"address": f"{letter}?news={row.pk}", "words": _("Write to people")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: NewsItem, form: Any, change: bool) -> None:
        """The picture that another took the place of goes."""
        former = NewsItem.objects.get(pk=obj.pk).picture.name if change else ""
        super().save_model(request, obj, form, change)
        if former and former != obj.picture.name:
            forget_picture(obj, former)

    def delete_model(self, request: HttpRequest, obj: NewsItem) -> None:
        super().delete_model(request, obj)
        forget_picture(obj, obj.picture.name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        items = list(queryset)
        super().delete_queryset(request, queryset)
        for item in items:
            forget_picture(item, item.picture.name)

    def view_on_site(self, row: NewsItem) -> str:
        return row.get_absolute_url()


def forget_picture(item: NewsItem, name: str) -> None:
    if name:
        transaction.on_commit(partial(item.picture.storage.delete, name))


def news_of(row: Edition) -> str:
    return f"{reverse('admin:conference_newsitem_changelist')}?edition__id__exact={row.pk}"


PAGES = [
    EditionPage(
        stage=Stage.PROGRAMME,
        words=_("News"),
        may=lambda request: request.user.has_perm("conference.view_newsitem"),
        address=news_of,
    )
]
