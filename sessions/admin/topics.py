"""What sessions and presentations are about, and the addresses that belong to a session."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from conference.admin.asking import asking_page
from conference.admin.base import CountedProtection
from conference.content import touch
from sessions.library.index import reindex_topic
from sessions.models import SessionLink, Topic, TopicWord
from sessions.services.topics import merge_topics, rename_topic


class MergeForm(forms.Form):
    keep = forms.ModelChoiceField(label=gettext_lazy("The one that stays"), queryset=Topic.objects.none())


class TopicWordInline(admin.TabularInline):
    model = TopicWord
    fields = ["word", "language"]
    extra = 1


@admin.register(Topic)
class TopicAdmin(CountedProtection, TranslationAdmin):
    list_display = ["name", "slug", "how_many", "how_many_presentations"]
    search_fields = ["name_en", "name_nl", "slug", "words__word"]
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reindex_topic(form.instance)  # what is about it is found by its words too

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_page)
        return [
            path("<int:pk>/merge/", page, name="conference_sessions_topic_merge"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_delete_permission(request, row):
            address = reverse("admin:conference_sessions_topic_merge", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("Merge with another")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what goes where, and asks which one stays."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_delete_permission(request, row) or not self.has_change_permission(request, row):
            raise PermissionDenied
        form = MergeForm(request.POST or None)
        form.fields["keep"].queryset = Topic.objects.exclude(pk=row.pk)  # type: ignore[attr-defined]
        if form.is_valid():
            kept = merge_topics(keep=form.cleaned_data["keep"], other=row)
            self.log_change(request, kept, _("Merged with %(name)s.") % {"name": row.name})
            self.message_user(request, _("The two are one now."))
            return redirect("admin:conference_sessions_topic_change", kept.pk)
        return asking_page(request, self, form, title=_("Merge with another"), button=_("Merge"),
                           lines=merging_words(row), original=row)  # fmt: skip


def merging_words(row: Topic) -> list[str]:
    return [
        _("“%(name)s” goes; its sessions and presentations are about the one that stays.") % {"name": row},
        _("Its names and words are words of the one that stays, and its address leads there."),
    ]


class SessionLinkInline(admin.TabularInline):
    model = SessionLink
    fields = ["kind", "title", "url", "position"]
    extra = 0
