"""Publish an allocation: bookings, waiting lists and one mail for each person, all at once or not at all."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from conference import clock
from conference.content import touch
from conference.mail.batches import one_batch
from conference.models import User
from conference.trail.records import note
from registration import emails
from registration.allocation.solving import lot
from registration.models import AllocatedPlace, Allocation, Registration, Round, WorkshopBooking
from registration.rounds.exceptions import AlreadyPublished, ComputedTooEarly
from registration.rounds.mails import News, tell
from registration.rounds.posing import Busy, person_id, running_choices, wishes_of
from registration.services.place_log import Reason, note_bookings
from registration.services.waiting_list import Status, end, fill, lock_workshops, next_queue_number
from sessions.models import Session, Workshop
from sessions.services import publishing


@dataclass
class Done:
    """How much was written."""

    booked: int = 0
    waiting: int = 0
    mails: int = 0
    cancelled: list[AllocatedPlace] = field(default_factory=list)  # of people who have no place any more
    clashing: list[AllocatedPlace] = field(default_factory=list)  # who took another place at that time


@dataclass
class Setting:
    """Everything that is locked, and what was found under the lock."""

    allocation: Allocation
    round: Round
    workshops: dict[int, Workshop]
    places: list[AllocatedPlace]
    held: dict[int, list[WorkshopBooking]]  # in this round, by registration
    busy: Busy
    at: datetime
    by: User | None
    done: Done = field(default_factory=Done)


@transaction.atomic
def publish(*, allocation: Allocation, waits: bool, by: User | None, at: datetime | None = None) -> Done:
    """Who got less than they wanted most waits for what they wanted more, if `waits` says so."""
    here = lock(allocation, by, at or clock.now())
    closed = close_workshops(here)
    book(here, closed)
    if waits:
        queue(here, closed)
    Round.objects.filter(pk=here.round.pk).update(published_at=here.at)
    note(Round.objects.filter(pk=here.round.pk))
    Allocation.objects.filter(pk=allocation.pk).update(published_at=here.at)
    fill_up(here, closed)
    tell_everyone(here, closed)
    touch(here.round.edition_id)
    return here.done


def lock(allocation: Allocation, by: User | None, at: datetime) -> Setting:
    """Workshops first, then registrations, as everywhere."""
    ids = allocation.round.choices.values_list("workshop", flat=True)
    workshops = {workshop.pk: workshop for workshop in lock_workshops(ids)}
    round_ = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(
        pk=allocation.round_id
    )  # fmt: skip
    if round_.published_at:
        raise AlreadyPublished
    if not round_.closes_at or at < round_.closes_at or allocation.created_at < round_.closes_at:
        raise ComputedTooEarly
    rows = allocation.places.select_related("registration__user", "choice__workshop").order_by("pk")  # type: ignore[attr-defined]
    places = list(rows)
    wanted = [place.registration_id for place in places]
    confirmed = Registration.objects.confirmed().filter(pk__in=wanted, edition=round_.edition_id)
    present = set(confirmed.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    here = Setting(
        allocation, round_, workshops, [place for place in places if place.registration_id in present],
        held_in(round_), Busy(round_, set(workshops), present), at, by,
    )  # fmt: skip
    here.done.cancelled = [place for place in places if place.registration_id not in present]
    return here


def held_in(round_: Round) -> dict[int, list[WorkshopBooking]]:
    found: dict[int, list[WorkshopBooking]] = {}
    rows = WorkshopBooking.objects.active().filter(workshop__in_round__round=round_)
    for booking in rows.select_related("workshop", "registration__user").order_by("pk"):
        found.setdefault(booking.registration_id, []).append(booking)
    return found


def close_workshops(here: Setting) -> set[int]:
    """Those with too few people are cancelled in public; their pages say so."""
    rows = {str(row.pk): row.workshop_id for row in here.round.choices.all()}  # type: ignore[attr-defined]
    closed = {rows[name] for name in here.allocation.report["closed"] if name in rows}
    for session in Session.objects.filter(pk__in=closed, status=Session.Status.PUBLISHED):
        publishing.cancel(session=session)
    for pk in closed:
        here.workshops[pk].status = Session.Status.CANCELLED
    return closed


def book(here: Setting, closed: set[int]) -> None:
    """Everyone's place, unless they hold it already or took another one at that time."""
    numbers = {pk: next_queue_number(workshop) for pk, workshop in here.workshops.items()}
    running = {row.workshop_id for row in running_choices(here.round)}
    new = []
    for place in here.places:
        workshop = place.choice.workshop_id if place.choice else None
        if workshop is None or workshop not in running or workshop in closed:
            continue
        if holds(here, place, workshop):
            continue
        if here.busy.is_in(place.registration_id, workshop):
            here.done.clashing.append(place)
            continue
        new.append(new_booking(here, place.registration, workshop, numbers, Status.CONFIRMED))
    write(here, new)
    here.done.booked = len(new)


def holds(here: Setting, place: AllocatedPlace, workshop: int) -> bool:
    """Whether there is a place already; a waiting one in the round makes room for what was allocated."""
    held = here.held.get(place.registration_id, [])
    if any(booking.is_confirmed for booking in held):
        return True
    for booking in held:
        end(booking, here.workshops[booking.workshop_id], here.at, by=here.by, reason=Reason.ALLOCATED)
    return False


def new_booking(
    here: Setting, registration: Registration, workshop: int, numbers: dict[int, int], status: str
) -> WorkshopBooking:
    booking = WorkshopBooking(
        registration=registration,
        workshop=here.workshops[workshop],
        status=status,
        queue_number=numbers[workshop],
        confirmed_at=here.at if status == Status.CONFIRMED else None,
    )
    numbers[workshop] += 1
    return booking


def write(here: Setting, bookings: list[WorkshopBooking]) -> None:
    WorkshopBooking.objects.bulk_create(bookings, batch_size=500)
    note_bookings(bookings, Reason.ALLOCATED, here.at, by=here.by)


def queue(here: Setting, closed: set[int]) -> None:
    """The waiting lists: by the rank of the wish, equals by the lot of the seed."""
    choices = {
        row.pk: row.workshop_id for row in running_choices(here.round) if row.workshop_id not in closed
    }
    wishes = wishes_of(here.round)
    waiting = []
    for place in here.places:
        wanted = wishes.get(place.registration_id, [])
        better = wanted[: place.rank - 1] if place.rank else wanted
        if place.reason == AllocatedPlace.Reason.FIXED or place in here.done.clashing:
            continue
        for rank, choice in enumerate(better, start=1):
            workshop = choices.get(choice)
            if workshop and not here.busy.is_in(place.registration_id, workshop):
                draw = lot(here.round.seed, person_id(here.round, place.registration), str(choice))
                waiting.append((rank, draw, place.registration_id, place.registration, workshop))
    waiting.sort(key=lambda one: one[:3])
    numbers = {pk: next_queue_number(workshop) for pk, workshop in here.workshops.items()}
    new = [
        new_booking(here, registration, workshop, numbers, Status.WAITING)
        for _rank, _draw, _pk, registration, workshop in waiting
    ]
    write(here, new)
    here.done.waiting = len(new)


@one_batch()
def tell_everyone(here: Setting, closed: set[int]) -> None:
    """One mail each, of how it stands after everything."""
    wishes = wishes_of(here.round)
    of_choice = {row.pk: row.workshop_id for row in here.round.choices.all()}  # type: ignore[attr-defined]
    held, positions = held_in(here.round), positions_in(here)
    for place in here.places:
        wanted = wishes.get(place.registration_id, [])
        news = News(place.registration)
        news.closed = [here.workshops[of_choice[w]] for w in wanted if of_choice.get(w) in closed]
        for booking in held.get(place.registration_id, []):
            workshop = here.workshops[booking.workshop_id]
            if booking.is_confirmed:
                news.workshop = workshop
                ranks = {of_choice.get(w): rank for rank, w in enumerate(wanted, start=1)}
                news.rank = ranks.get(workshop.pk)
            else:
                news.waits.append((workshop, positions[booking.pk]))
        if news.workshop is None and place.choice:
            news.clashes = here.busy.in_the_way(place.registration_id, place.choice.workshop_id)
        tell(news, here.round)
    here.done.mails = len(here.places)


def fill_up(here: Setting, closed: set[int]) -> None:
    """Places of people who cancelled meanwhile; who is in the result hears of it in the one mail."""
    known = {place.registration_id for place in here.places}
    for pk, workshop in here.workshops.items():
        for booking in [] if pk in closed else fill(workshop, here.at, is_told=False):
            if isinstance(booking, WorkshopBooking) and booking.registration_id not in known:
                emails.promoted(booking)


def positions_in(here: Setting) -> dict[int, int]:
    """Of every waiting place its position in its queue."""
    found: dict[int, int] = {}
    counts: dict[int, int] = {}
    rows = WorkshopBooking.objects.filter(workshop__in=here.workshops).waiting()
    for pk, workshop in rows.values_list("pk", "workshop"):
        counts[workshop] = found[pk] = counts.get(workshop, 0) + 1
    return found
