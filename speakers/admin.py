"""Speakers in the admin: who they are, whether they have an account, and inviting them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference import clock
from conference.admin.base import OUR_FIELDS, CountedProtection, EditionFilter, SeenForm, person
from speakers.changes import tell_changed, tell_deleting
from speakers.exceptions import InvitationRefused
from speakers.models import Availability, Speaker
from speakers.services.invitations import invite


class AvailabilityForm(forms.ModelForm):
    """Times are those on the clock of the edition that is chosen beside them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            zone = self.instance.edition.zone
            for name in ("starts_at", "ends_at"):
                self.initial[name] = timezone.make_naive(getattr(self.instance, name), zone)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if edition := cleaned.get("edition"):
            for name in ("starts_at", "ends_at"):
                if cleaned.get(name):
                    cleaned[name] = timezone.make_aware(timezone.make_naive(cleaned[name]), edition.zone)
        return cleaned


class AvailabilityInline(admin.TabularInline):
    model = Availability
    form = AvailabilityForm
    fields = ["edition", "starts_at", "ends_at"]
    verbose_name = _("time at which they can be there")
    verbose_name_plural = _("when they can be there, on the clock of the edition; without a time: always")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("edition", "speaker")


class AppearsFilter(EditionFilter):
    """Speakers of one edition; all, until one is chosen, because a new speaker appears nowhere yet."""

    path = "appearances__session__edition"
    starts_with_current = False

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return super().queryset(request, queryset).distinct()


class AccountFilter(admin.SimpleListFilter):
    title = _("account")
    parameter_name = "account"
    states = {
        "yes": Q(user__isnull=False),
        "invited": Q(user=None, invitations__isnull=False),
        "no": Q(user=None, invitations=None),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("has an account")), ("invited", _("invited")), ("no", _("not yet invited"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.states.get(self.value() or "")
        return queryset.filter(state).distinct() if state else queryset


@admin.register(Speaker)
class SpeakerAdmin(CountedProtection, admin.ModelAdmin):
    form = SeenForm
    inlines = [AvailabilityInline]
    formfield_overrides = OUR_FIELDS
    list_display = ["name", "has_email", "has_account", "next_session", "country", "is_minor"]
    list_filter = [AppearsFilter, AccountFilter, "is_minor"]
    list_select_related = ["user"]
    search_fields = ["name", "email", "appearances__role"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["user"]
    actions = ["invite_selected"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "slug", "email", "user", "country", "is_minor"]}),
        (_("Profile"), {"fields": ["biography", "portrait", "portrait_description", "website"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("user")
        return rows.prefetch_related(
            "invitations", "appearances__session__edition", "appearances__session__slots"
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_changed(form.instance)

    def delete_model(self, request: HttpRequest, obj: Speaker) -> None:
        tell_deleting(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for speaker in queryset:
            tell_deleting(speaker)
        super().delete_queryset(request, queryset)

    def view_on_site(self, row: Speaker) -> str:
        return row.get_absolute_url()

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("speakers.add_invitation")

    @admin.display(description=_("address known"), boolean=True)
    def has_email(self, row: Speaker) -> bool:
        return bool(row.email)

    @admin.display(description=_("account"))
    def has_account(self, row: Speaker) -> Any:
        if row.user_id:
            return _("has an account")
        return _("invited") if row.invitations.all() else _("not yet invited")

    @admin.display(description=_("next session"))
    def next_session(self, row: Speaker) -> str:
        sessions = [appearance.session for appearance in row.appearances.all()]
        if not sessions:
            return "–"
        now = clock.now()
        ahead = [
            (slot.starts_at, slot.session_id, session)
            for session in sessions
            for slot in session.slots.all()
            if slot.starts_at and slot.starts_at > now and slot.release_id is None
        ]
        session = min(ahead)[2] if ahead else sessions[-1]
        return f"{session} ({session.edition})"

    @admin.action(description=_("Invite selected speakers to their own page"), permissions=["invite"])
    def invite_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        invited = 0
        for speaker in queryset.order_by(F("name").asc()):
            refusal = self._invite(request, speaker)
            if refusal:
                self.message_user(request, f"{speaker}: {refusal}", messages.WARNING)
            else:
                invited += 1
        words = ngettext("%(count)s invitation on its way.", "%(count)s invitations on their way.", invited)
        if invited:
            self.message_user(request, words % {"count": invited}, messages.SUCCESS)

    def _invite(self, request: HttpRequest, speaker: Speaker) -> Any:
        """Invite one speaker, or answer why not."""
        try:
            invite(speaker=speaker, by=person(request))
        except InvitationRefused as refusal:
            return str(refusal)
        self.log_change(request, speaker, _("Invited."))
        return None
