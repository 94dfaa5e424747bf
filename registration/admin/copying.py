"""Copying an edition: the page that says what is taken along, asks for the new name, and makes it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.asking import asking_page
from conference.admin.base import WholeForm
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition, Room
from conference.services.copying import AddressTaken
from registration.services.copying import Plan, copy_whole_edition
from sessions.models import Kind
from sessions.services.copying import sessions_in, slots_in

A_YEAR = timedelta(weeks=52)  # the same day of the week


class CopyForm(WholeForm):
    sessions = forms.BooleanField(
        label=_("Sessions"), required=False, initial=True, help_text=_("As drafts, without their speakers.")
    )
    texts = forms.BooleanField(
        label=_("Their texts"),
        required=False,
        initial=True,
        help_text=_("Subtitles, abstracts and descriptions."),
    )
    timetable = forms.BooleanField(
        label=_("Timetable"), required=False, initial=True,
        help_text=_("The draft, at the same times on the clock, moved to the new first day."),
    )  # fmt: skip

    class Meta:
        model = Edition
        fields = ["title", "short_title", "slug", "ordinal", "starts_on"]
        labels = {"starts_on": _("First day")}
        widgets = {
            "title": AdminTextInputWidget,
            "short_title": AdminTextInputWidget,
            "slug": AdminTextInputWidget,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("timetable") and not self.cleaned_data.get("sessions"):
            self.add_error("timetable", _("A timetable is copied with its sessions only."))
        return cleaned

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class CopyingMixin(admin.ModelAdmin):
    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_copy(request):
            raise PermissionDenied
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        sent = request.POST if request.method == "POST" else None
        form = CopyForm(sent, instance=Edition(series=edition.series), initial=suggested(edition))
        if form.is_valid() and (answer := self.copied(request, edition, form)):
            return answer
        title = _("Copy “%(name)s”") % {"name": edition}
        lines, rows = [WHAT_STAYS, _("The new edition takes along:")], counts_of(edition)
        return asking_page(
            request, self, form, title=title, lines=lines, rows=rows, original=edition, button=_("Copy")
        )

    def copied(self, request: HttpRequest, edition: Edition, form: CopyForm) -> HttpResponse | None:
        try:
            new = copy_whole_edition(edition=edition, plan=form.plan())
        except (AddressTaken, IntegrityError):  # two at once; the second is told what the first did
            form.add_error("slug", str(AddressTaken()))
            return None
        self.log_addition(request, new, _("Copied from %(edition)s.") % {"edition": edition})
        self.message_user(request, WHAT_NEXT, messages.SUCCESS)
        return redirect("admin:conference_edition_change", new.pk)


WHAT_STAYS = _(
    "Nothing of people is copied: no speakers, presentations, registrations, bookings or stars, and no releases."
)
WHAT_NEXT = _(
    "The new edition is here, and nobody but organisers sees it. Look through its dates, texts and registration; "
    "invite speakers, publish its sessions, release its timetable, and then publish the edition."
)


def may_copy(request: HttpRequest) -> bool:
    return request.user.has_perm("conference.add_edition")


def suggested(edition: Edition) -> dict[str, Any]:
    last = Edition.objects.filter(series=edition.series).aggregate(last=Max("ordinal"))["last"]
    return {
        "title": edition.title,
        "short_title": edition.short_title,
        "ordinal": last and last + 1,
        "starts_on": edition.starts_on and edition.starts_on + A_YEAR,
    }


def counts_of(edition: Edition) -> list[str]:
    """What there is to take along, in words; nothing is said of what there is none of."""
    sessions = sessions_in(edition).aggregate(
        workshops=Count("pk", filter=Q(kind=Kind.WORKSHOP)), others=Count("pk", filter=~Q(kind=Kind.WORKSHOP))
    )
    others, workshops = sessions["others"], sessions["workshops"]
    slots, rooms = slots_in(edition).count(), Room.objects.filter(venue__edition=edition).count()
    tracks, venues, pages = edition.tracks.count(), edition.venues.count(), edition.pages.count()
    parts, types = edition.parts.count(), edition.registration_types.count()
    questions, rounds = edition.questions.count(), edition.rounds.count()
    words = [
        (others, ngettext("%(count)s session or break", "%(count)s sessions and breaks", others)),
        (workshops, ngettext("%(count)s workshop", "%(count)s workshops", workshops)),
        (slots, ngettext("%(count)s time in the timetable", "%(count)s times in the timetable", slots)),
        (tracks, ngettext("%(count)s track", "%(count)s tracks", tracks)),
        (venues, ngettext("%(count)s venue", "%(count)s venues", venues)),
        (rooms, ngettext("%(count)s room", "%(count)s rooms", rooms)),
        (pages, ngettext("%(count)s page", "%(count)s pages", pages)),
        (parts, ngettext("%(count)s organisation", "%(count)s organisations", parts)),
        (types, ngettext("%(count)s registration type", "%(count)s registration types", types)),
        (questions, ngettext("%(count)s question", "%(count)s questions", questions)),
        (rounds, ngettext("%(count)s round of workshops", "%(count)s rounds of workshops", rounds)),
    ]
    return [said % {"count": count} for count, said in words if count]


PAGES = [
    EditionPage(
        name="conference_edition_copy",
        path="copy/",
        view=CopyingMixin.copy_view,
        stage=Stage.AFTERWARDS,
        words=_("Copy this edition"),
        may=may_copy,
    )
]
