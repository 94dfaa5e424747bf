"""Sessions in the admin: the programme as organisers edit it every day."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import CountedProtection, EditionFilter, EditionTimesMixin, SeenForm, edition_asked
from conference.admin.language_choice import LanguageChoice
from conference.admin.translated import TranslationAdmin
from conference.dates import date_format
from conference.translated_columns import columns
from sessions.admin.indexing import IndexedMixin
from sessions.admin.inlines import AppearanceInline, PresentationInline, SlotInline, limit_to_edition
from sessions.admin.states import MISSING, lacking, slides_of
from sessions.admin.topics import SessionLinkInline
from sessions.models import Presentation, Session, Slot
from sessions.services.publishing import cancel, publish, withdraw

BUTTONS = {"_publish": publish, "_cancel": cancel, "_withdraw": withdraw}
DONE = {
    "publish": ("%(count)s published.", "%(count)s published."),
    "cancel": ("%(count)s cancelled.", "%(count)s cancelled."),
    "withdraw": ("%(count)s withdrawn.", "%(count)s withdrawn."),
}


class MissingFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(MISSING.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return lacking(queryset, self.value() or "") if self.value() in MISSING else queryset


class SessionAdmin(LanguageChoice, IndexedMixin, CountedProtection, EditionTimesMixin, TranslationAdmin):
    form = SeenForm
    inlines = [AppearanceInline, SlotInline, SessionLinkInline, PresentationInline]
    list_display = [
        "shown_number",
        "title",
        "label",
        "shown_edition",
        "status",
        "speakers",
        "draft_time",
        "slides",
    ]
    list_display_links = ["title"]
    list_filter = [EditionFilter, "status", MissingFilter, "kind", "session_type", "track"]
    search_fields = [*columns("title", "subtitle"), "slug", "appearances__speaker__name"]
    list_per_page = 100
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["topics", "competences"]
    readonly_fields = ["status"]
    actions = ["publish_selected", "cancel_selected", "withdraw_selected"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["edition", "kind", "session_type", "number", "title", "slug", "status"]}),
        (_("Text"), {"fields": ["subtitle", "abstract", "description", "topics", "competences", "language"]}),
        (_("Presentations"), {"fields": ["expects_presentations", "presentations_promised_for"]}),
        (_("Recording"), {"fields": ["do_not_record", "recording_license"]}),
        (_("Place in the programme"), {"fields": ["part_of", "position", "track", "venue"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        drafts = Prefetch("slots", Slot.objects.draft().select_related("room"), to_attr="draft_slots")
        presentations = Prefetch("presentations", Presentation.objects.prefetch_related("versions"))
        rows = super().get_queryset(request).select_related("edition", "session_type", "part_of")
        return rows.prefetch_related("appearances__speaker", drafts, presentations)

    def view_on_site(self, row: Session) -> str:
        return row.get_absolute_url()

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "edition"] if obj else fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"edition": edition_asked(request), **super().get_changeform_initial_data(request)}

    def get_form(
        self, request: HttpRequest, obj: Session | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        limit_to_edition(form, obj.edition if obj else edition_asked(request), obj)
        return form

    @admin.display(description=_("no."), ordering="number")
    def shown_number(self, row: Session) -> str:
        number = "–" if row.number is None else str(row.number)
        return f"{row.part_of.number or '–'}.{number}" if row.part_of else number

    @admin.display(description=_("type"), ordering="session_type")
    def label(self, row: Session) -> str:
        return str(row.session_type or row.get_kind_display())

    @admin.display(description=_("edition"), ordering="edition")
    def shown_edition(self, row: Session) -> str:
        return str(row.edition)

    @admin.display(description=_("speakers"))
    def speakers(self, row: Session) -> str:
        return ", ".join(appearance.speaker.name for appearance in row.appearances.all()) or "–"

    @admin.display(description=_("time in the draft"))
    def draft_time(self, row: Any) -> str:
        zone = row.edition.zone
        times = [slot.starts_at for slot in row.draft_slots if slot.starts_at]
        return ", ".join(date_format(timezone.localtime(at, zone), "j M H:i") for at in times) or "–"

    @admin.display(description=_("presentation"))
    def slides(self, row: Session) -> str:
        return slides_of(row)

    @admin.action(description=_("Publish selected"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._do(request, list(queryset), "publish")

    @admin.action(description=_("Cancel selected: their pages say so"), permissions=["change"])
    def cancel_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._do(request, list(queryset), "cancel")

    @admin.action(description=_("Withdraw selected"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._do(request, list(queryset), "withdraw")

    def _do(self, request: HttpRequest, sessions: list[Session], what: str) -> None:
        for session in sessions:
            BUTTONS[f"_{what}"](session=session)
            self.log_change(request, session, f"{session.get_status_display().capitalize()}.")
        words = ngettext(*DONE[what], len(sessions)) % {"count": len(sessions)}
        self.message_user(request, words, messages.SUCCESS)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row):
            context["service_buttons"] = [
                {"name": "_publish", "words": _("Save and publish"), "show": row.status != "published"},
                {
                    "name": "_cancel",
                    "words": _("Save and cancel: the page says so"),
                    "show": row.status == "published",
                },
                {"name": "_withdraw", "words": _("Save and withdraw"), "show": row.status == "published"},
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Session) -> HttpResponse:
        for what in DONE:
            if f"_{what}" in request.POST:
                self._do(request, [obj], what)
        return super().response_change(request, obj)


admin.site.register(Session, SessionAdmin)
