"""Presentations in the admin: what was uploaded, and what the public gets."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.admin.base import (
    CountedProtection,
    EditionFilter,
    EditionTimesMixin,
    ReadOnlyMixin,
    SeenForm,
    person,
)
from conference.admin.language_choice import LanguageChoice, LanguageFilter
from conference.dates import date_format
from conference.translated_columns import columns
from sessions.admin.comparing import ComparingMixin
from sessions.admin.deciding import DecisionMixin
from sessions.admin.deleting import DeletingMixin
from sessions.admin.describing import DescribingMixin
from sessions.admin.indexing import IndexedMixin
from sessions.admin.previews import PreviewColumn, PreviewFilter, PreviewsMixin
from sessions.admin.shown_versions import mark_of, with_waiting
from sessions.admin.states import STATES, with_state
from sessions.models import Credit, PracticeConsent, Presentation, PresentationFile

ABOUT: list[Any] = [
    "topics",
    "theme",
    "for_whom",
    "levels",
    "age_from",
    "age_to",
    "subjects",
    "competences",
    "country",
]
ABOUT += ["doi", "notes_are_shown"]


class PresentationForm(SeenForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("session"):
            cleaned["edition"] = cleaned["session"].edition
        return cleaned


class CreditInline(admin.TabularInline):
    model = Credit
    fields = ["name", "speaker", "position"]
    autocomplete_fields = ["speaker"]
    extra = 0


class VersionInline(PreviewColumn, ReadOnlyMixin, admin.TabularInline):
    model = PresentationFile
    fields: ClassVar[Any] = [
        "number",
        "file_link",
        "status",
        "shown_size",
        "uploaded_by",
        "created_at",
        "refusal_reason",
        "shown_preview",
    ]
    readonly_fields = fields
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Presentation | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("uploaded_by", "presentation", "preview")

    @admin.display(description=_("file or link"))
    def file_link(self, row: PresentationFile) -> str:
        """The file by the same route as everyone's: nothing in the admin opens a second way."""
        address = reverse("registration:download_version", args=[row.presentation.guid, row.guid])
        return format_html('<a href="{}">{}</a>', address, row.original_name or row.link)

    @admin.display(description=_("size"))
    def shown_size(self, row: PresentationFile) -> str:
        return filesizeformat(row.size) if row.size else "–"


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Presentation)
class PresentationAdmin(
    LanguageChoice,
    DeletingMixin,
    IndexedMixin,
    DescribingMixin,
    ComparingMixin,
    PreviewsMixin,
    DecisionMixin,
    CountedProtection,
    EditionTimesMixin,
    admin.ModelAdmin,
):
    form = PresentationForm
    inlines = [VersionInline, CreditInline]
    list_display = [
        "title",
        "session",
        "edition",
        "kind",
        "language",
        "audience",
        "listed_state",
        "updated_at",
    ]
    list_filter = [EditionFilter, StateFilter, PreviewFilter, "is_practice", "audience", "kind"]
    list_filter += [("language", LanguageFilter)]
    list_select_related = ["session", "edition"]
    search_fields = [*columns("session__title"), "title", "credits__name"]
    autocomplete_fields = ["session", "edition", "topics"]
    readonly_fields = ["shown_state", "uploaded_by", "shown_consent"]
    actions = [*DecisionMixin.actions, "describe_selected", "previews_again_selected"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["title", "session", "edition", "shown_state", "uploaded_by"]}),
        (_("What it is"), {"fields": ["description", "kind", "language", "licence", "position"]}),
        (_("What it is about, and for whom"), {"fields": ABOUT}),
        (
            _("Who may have it, and when"),
            {"fields": ["audience", "opens_at", "opens_after_session", "open_pages"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_waiting(with_state(super().get_queryset(request)))

    def view_on_site(self, row: Presentation) -> str:
        return row.get_absolute_url()

    def get_fieldsets(self, request: HttpRequest, obj: Presentation | None = None) -> Any:
        """A practice of a member also says what the member agreed to."""
        about = (_("What the member agreed to"), {"fields": ["shown_consent"]})
        return [*self.fieldsets, about] if obj and obj.is_practice else self.fieldsets

    @admin.display(description=_("consent"))
    def shown_consent(self, row: Presentation) -> str:
        given = PracticeConsent.objects.filter(presentation=row).first()
        if not given:
            return "–"
        stays = (
            _("Name stays when the account is closed.")
            if given.name_stays
            else _("Name goes with the account.")
        )
        moment = date_format(timezone.localtime(given.given_at), "j F Y, H:i")
        version = _("Version %(number)s.") % {"number": given.version}
        return format_html(
            '{}: <q lang="{}">{}</q> {} {}', moment, given.language, given.words, version, stays
        )

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, row: Any) -> Any:
        return STATES.get(getattr(row, "state", "empty"))

    @admin.display(description=_("state"), ordering="state")
    def listed_state(self, row: Any) -> str:
        return format_html("{}{}", self.shown_state(row) or "–", mark_of(row))

    def save_model(self, request: HttpRequest, obj: Presentation, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = person(request)
        super().save_model(request, obj, form, change)
