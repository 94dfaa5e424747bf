"""What a person has over all editions: registrations, workshops, certificates, and presentations of what they attended."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Q

from conference.models import Edition, User
from conference.viewer import Viewer
from registration.changes.own_page import moment_of
from registration.models import Certificate, CheckIn, InvoiceRequest, Registration, WorkshopBooking
from registration.offers import amount_words
from sessions.access import with_access
from sessions.models import Presentation, Session, Workshop
from sessions.previews.covers import with_cover


@dataclass
class Visit:
    """One edition as a person has it; presentations are those that this viewer may know of."""

    registration: Registration
    certificates: list[Certificate] = field(default_factory=list)
    presentations: list[Presentation] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        return self.registration.edition

    @property
    def has_ticket(self) -> bool:
        return self.registration.is_confirmed and self.edition.phase() != "after"


def visits_of(user: User, viewer: Viewer, registrations: Iterable[Registration]) -> list[Visit]:
    """The newest edition first; the same few queries however many there are."""
    registrations, certificates = list(registrations), certificates_of(user)
    attended = attended_by(user, registrations, [one for some in certificates.values() for one in some])
    found = presentations_of(attended, viewer)
    visits = [Visit(one, certificates.get(one.pk, [])) for one in registrations]
    shown: set[int] = set()
    for visit in visits:  # a registration that was cancelled and made anew is of the same edition
        if visit.edition.pk not in shown:
            visit.presentations = found.get(visit.edition.pk, [])
            shown.add(visit.edition.pk)
    return visits


@dataclass(frozen=True)
class KeptInvoice:
    """An invoice of somebody who handed the registration on; nothing of who has it now."""

    edition: Edition
    amount: str
    status: str
    at: datetime | None


def kept_invoices_of(user: User) -> list[KeptInvoice]:
    rows = InvoiceRequest.objects.filter(kept_by=user).select_related("registration__edition")
    return [
        KeptInvoice(
            one.registration.edition,
            amount_words(one.amount, one.currency),
            one.get_status_display(),
            moment_of(one),
        )
        for one in rows
    ]


def with_bookings() -> Prefetch:
    """The workshops somebody has or waits for, with their position."""
    workshops = Prefetch("workshop", Workshop.objects.select_related("edition"))
    bookings = WorkshopBooking.objects.active().with_position().prefetch_related(workshops)
    return Prefetch("bookings", bookings.order_by("pk"), to_attr="places")


def certificates_of(user: User) -> dict[int, list[Certificate]]:
    """By registration: valid and revoked ones, the newest first."""
    found: dict[int, list[Certificate]] = defaultdict(list)
    rows = Certificate.objects.filter(registration__user=user).select_related("edition").order_by("-number")
    for one in rows:
        found[one.registration_id].append(one)
    return dict(found)


def attended_by(
    user: User, registrations: Iterable[Registration], certificates: Iterable[Certificate]
) -> set[int]:
    """Where somebody noted the person, what stands on a valid certificate, and, once it is over, what was booked."""
    mine = CheckIn.objects.standing().in_sessions().filter(registration__user=user)
    named = {
        one["guid"] for held in certificates if not held.revoked_at for one in held.facts.get("sessions", [])
    }
    over = [one.pk for one in registrations if one.is_confirmed and one.edition.phase() == "after"]
    booked = WorkshopBooking.objects.confirmed().filter(registration__in=over)
    where = (
        Q(pk__in=mine.values("session")) | Q(guid__in=named) | Q(pk__in=booked.order_by().values("workshop"))
    )
    return set(Session.objects.filter(where).order_by().values_list("pk", flat=True))


def presentations_of(sessions: set[int], viewer: Viewer) -> dict[int, list[Presentation]]:
    """By edition: presentations of these sessions, as far as the one rule lists them to this viewer."""
    among = Presentation.objects.filter(session__in=sessions)
    listed = with_cover(with_access(among.listed_to(viewer), viewer, among=among))
    order: list[Any] = ["session__position", F("session__number").asc(nulls_last=True), "session__title"]
    rows = listed.select_related("current_file__preview", "session", "edition").order_by(
        *order, "position", "pk"
    )
    found: dict[int, list[Presentation]] = defaultdict(list)
    for one in rows:
        found[one.edition_id or 0].append(one)
    return dict(found)
