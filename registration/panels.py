"""What a visitor can do about places in workshops: on a workshop's own page, and in the list of one's own."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from conference.models import Edition
from registration.changes.deadlines import deadline_words, own_changes_open
from registration.models import Registration, Round, WorkshopBooking
from registration.places import NO_PLACES, Places, places_in
from registration.rounds.rules import rounds_of
from sessions.models import Session, Slot, Workshop


@dataclass(frozen=True)
class Choice:
    """One workshop as one attendee sees it: its places, their booking, and what stands in the way."""

    workshop: Session
    places: Places = NO_PLACES
    booking: WorkshopBooking | None = None
    clashes: list[WorkshopBooking] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    round: Round | None = None

    @property
    def is_by_rank(self) -> bool:
        """Whether its places are given by ranked choice, and not yet."""
        return self.round is not None and self.round.is_by_rank

    @property
    def next_position(self) -> int:
        """Where in the queue a newcomer would stand."""
        return self.places.waiting + 1


def choices_of(registration: Registration, workshops: list[Session]) -> list[Choice]:
    """These workshops for this attendee; the same few questions however many there are."""
    bookings = {b.workshop_id: b for b in bookings_of(registration)}
    slots = slots_of({*bookings, *(workshop.pk for workshop in workshops)})
    places = places_in(workshops)
    rounds = rounds_of({*bookings, *(workshop.pk for workshop in workshops)})
    return [
        Choice(
            workshop=workshop,
            places=places.get(workshop.pk, NO_PLACES),
            booking=bookings.get(workshop.pk),
            clashes=[
                b
                for b in bookings.values()
                if (clashes(slots, b, workshop) or shares_round(rounds, b, workshop))
                and not is_meant(rounds, b, bookings.get(workshop.pk))
            ],
            slots=slots.get(workshop.pk, []),
            round=rounds.get(workshop.pk),
        )
        for workshop in workshops
    ]


def workshops_for(registration: Registration) -> list[Session]:
    """Published workshops that take bookings, and those in which this attendee has a place anyway."""
    mine = registration.bookings.active().values("workshop")
    bookable = Q(status=Session.Status.PUBLISHED, takes_bookings=True)
    held = Q(pk__in=mine) & ~Q(status=Session.Status.DRAFT)
    workshops = Workshop.objects.filter(bookable | held, edition=registration.edition_id)
    return list(workshops.select_related("edition").in_order())


def bookings_of(registration: Registration) -> list[WorkshopBooking]:
    """The active ones, each with its position and its workshop, in the order they were made."""
    return list(registration.bookings.active().with_position().select_related("workshop").order_by("pk"))


def slots_of(workshop_ids: set[int]) -> dict[int, list[Slot]]:
    found: dict[int, list[Slot]] = {}
    released = Slot.objects.released().filter(session__in=workshop_ids, starts_at__isnull=False)
    for slot in released:
        found.setdefault(slot.session_id, []).append(slot)
    return found


def clashes(slots: dict[int, list[Slot]], booking: WorkshopBooking, workshop: Session) -> bool:
    """Whether the booked workshop is another one and shares a moment with this; touching is not sharing."""
    if booking.workshop_id == workshop.pk or booking.workshop.status != Session.Status.PUBLISHED:
        return False
    return any(
        one.meets(other) for one in slots.get(booking.workshop_id, []) for other in slots.get(workshop.pk, [])
    )


def shares_round(rounds: dict[int, Round], booking: WorkshopBooking, workshop: Session) -> bool:
    """Nobody has a place in two workshops of a round, whatever their times."""
    if booking.workshop_id == workshop.pk or booking.workshop.status != Session.Status.PUBLISHED:
        return False
    return workshop.pk in rounds and rounds.get(booking.workshop_id) == rounds[workshop.pk]


def is_meant(rounds: dict[int, Round], booking: WorkshopBooking, own: WorkshopBooking | None) -> bool:
    """In one round a person may have a place and wait for what they wanted more: that is no clash."""
    if own is None or not (booking.is_waiting or own.is_waiting):
        return False
    round_ = rounds.get(own.workshop_id)
    return round_ is not None and round_.is_ranked and rounds.get(booking.workshop_id) == round_


def panel_of(request: HttpRequest, workshop: Session) -> dict[str, Any]:
    """What the panel on the workshop's own page shows to this visitor."""
    edition = workshop.edition
    panel: dict[str, Any] = {
        "choice": Choice(workshop, places_in([workshop]).get(workshop.pk, NO_PLACES)),
        "edition": edition,
        "register_url": register_url(edition, workshop.get_absolute_url()),
        "is_registration_open": edition.registration_is_open(),
    }
    viewer = request.viewer  # type: ignore[attr-defined]
    panel["is_anonymous"] = viewer.user_id is None
    if panel["is_anonymous"] or not panel["choice"].places.is_bookable:
        return panel
    mine = Registration.objects.active().select_related("registration_type")
    registration = mine.filter(user=viewer.user_id, edition=edition).first()
    panel["registration"] = registration
    if registration and registration.is_confirmed:
        registration.edition = edition
        panel["choice"] = choices_of(registration, [workshop])[0]
        panel["can_choose"] = own_changes_open(registration)
        panel["deadline"] = deadline_words(registration)
    return panel


def register_url(edition: Edition, next_path: str) -> str:
    return f"{reverse('registration:register', args=[edition.slug])}?{urlencode({'next': next_path})}"
