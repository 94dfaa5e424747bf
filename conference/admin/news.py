"""News: written, looked at as visitors will see it, and public by itself when its moment has come."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.admin.base import EditionTimesMixin, SeenForm
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.translated import TranslationAdmin
from conference.models import Edition, NewsItem
from conference.translated_columns import columns


@admin.register(NewsItem)
class NewsItemAdmin(EditionTimesMixin, TranslationAdmin):
    """Where an item stands is decided once: its address never changes."""

    form = SeenForm
    list_display = ["title", "edition", "published_at", "is_out", "updated_at"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    search_fields = [*columns("title"), "slug"]
    autocomplete_fields = ["edition"]
    date_hierarchy = "published_at"
    prepopulated_fields = {"slug": ["title"]}
    save_on_top = True
    fieldsets = [(None, {"fields": ["edition", "title", "slug", "published_at", "summary", "body"]})]

    @admin.display(description=_("public"), boolean=True)
    def is_out(self, row: NewsItem) -> bool:
        return row.is_public(timezone.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["edition", "slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, row: NewsItem) -> str:
        return row.get_absolute_url()


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
