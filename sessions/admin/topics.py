"""What sessions and presentations are about, and the addresses that belong to a session."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import OUR_FIELDS, CountedProtection
from conference.admin.merging import MergesTwo
from conference.admin.translated import TranslationAdmin
from conference.content import touch
from conference.translated_columns import columns
from sessions.admin.indexing import WordMixin
from sessions.models import SessionLink, Topic, TopicWord
from sessions.services.topics import merge_topics, rename_topic


class TopicWordInline(admin.TabularInline):
    model = TopicWord
    fields = ["word", "language"]
    extra = 1


@admin.register(Topic)
class TopicAdmin(WordMixin, CountedProtection, MergesTwo, TranslationAdmin):
    list_display = ["name", "slug", "how_many", "how_many_presentations"]
    search_fields = [*columns("name"), "slug", "words__word"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TopicWordInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        numbers = {
            "number": Count("sessions", distinct=True),
            "presentation_number": Count("presentations", distinct=True),
        }
        return super().get_queryset(request).annotate(**numbers)

    @admin.display(description=gettext_lazy("sessions"), ordering="number")
    def how_many(self, row: Topic) -> int:
        return row.number  # type: ignore[attr-defined] # annotated

    @admin.display(description=gettext_lazy("presentations"), ordering="presentation_number")
    def how_many_presentations(self, row: Topic) -> int:
        return row.presentation_number  # type: ignore[attr-defined] # annotated

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """A known topic is renamed, so that its old address and name still lead to it."""
        if not change:
            super().save_model(request, obj, form, change)
            touch()
            return
        names = {code: getattr(obj, f"name_{code}") or "" for code, _name in settings.LANGUAGES}
        rename_topic(topic=obj, names=names, slug=obj.slug)

    def merge(self, *, keep: Topic, other: Topic) -> Topic:
        return merge_topics(keep=keep, other=other)

    def merging_words(self, row: Topic) -> list[str]:
        return [
            _("“%(name)s” goes; its sessions and presentations are about the one that stays.")
            % {"name": row},
            _("Its names and words are words of the one that stays, and its address leads there."),
        ]


class SessionLinkInline(admin.TabularInline):
    model = SessionLink
    fields = ["kind", "title", "url", "position"]
    formfield_overrides = OUR_FIELDS
    extra = 0
