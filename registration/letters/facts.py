"""What the places of a letter are filled from: asked for many readers at once, and only if some place needs it."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from conference.dates import moment_range
from conference.models import Edition, Venue
from conference.templatetags.texts import shown
from registration.letters.audience import Reader
from registration.models import Registration, WorkshopBooking
from sessions.models import Appearance, Session, Slot


class Facts:
    """About one edition and some of the people a letter goes to."""

    def __init__(self, edition: Edition, readers: Sequence[Reader]) -> None:
        self.edition = edition
        self.users = [one.user.pk for one in readers if one.user]
        self.speakers = [one.speaker.pk for one in readers if one.speaker]

    @cached_property
    def registrations(self) -> dict[int, Registration]:
        """By account; one that stands before one that was cancelled."""
        rows = Registration.objects.filter(edition=self.edition, user__in=self.users)
        found = {}
        for row in rows.order_by("pk"):
            if row.is_active or row.user_id not in found:
                found[row.user_id] = row
        return found

    @cached_property
    def workshops(self) -> dict[int, list[Session]]:
        """By account: those in which the person has a place, by time."""
        rows = WorkshopBooking.objects.confirmed().filter(
            registration__edition=self.edition, registration__user__in=self.users
        )
        rows = rows.select_related("registration").prefetch_related(Prefetch("workshop", with_slots()))
        found = defaultdict(list)
        for row in rows.order_by("pk"):
            found[row.registration.user_id].append(row.workshop)
        return {key: sorted(some, key=begins) for key, some in found.items()}

    @cached_property
    def sessions(self) -> list[tuple[Appearance, Session]]:
        behind = Q(speaker__user__in=self.users) | Q(speaker__in=self.speakers)
        rows = Appearance.objects.filter(behind, session__edition=self.edition)
        rows = rows.exclude(session__status__in=["cancelled", "withdrawn"])
        rows = rows.select_related("speaker").prefetch_related(Prefetch("session", with_slots()))
        return [(row, row.session) for row in rows.order_by("session__position", "session__number", "pk")]

    def sessions_of(self, reader: Reader) -> list[Session]:
        """In which this person is on stage, each once."""
        user, speaker = reader.user and reader.user.pk, reader.speaker and reader.speaker.pk
        own = {
            session.pk: session
            for row, session in self.sessions
            if row.speaker_id == speaker or (user and row.speaker.user_id == user)
        }
        return list(own.values())

    @cached_property
    def venues(self) -> list[Venue]:
        return list(Venue.objects.filter(edition=self.edition))

    @cached_property
    def first_slot(self) -> Slot | None:
        slots = Slot.objects.released().filter(session__edition=self.edition, starts_at__isnull=False)
        return slots.order_by("starts_at").first()

    def line_of(self, session: Session) -> str:
        """“Title: Saturday 13 March 2027, 09:30–11:00, Room 1”, as far as it is released."""
        title = " ".join(shown(session, "title")[0].split())
        slot = next(iter(session.released), None)  # type: ignore[attr-defined]
        if not slot or not slot.starts_at or not slot.ends_at:
            return title
        when = moment_range(slot.starts_at, slot.ends_at, self.edition.zone)
        where = f", {slot.room_name}" if slot.room_name else ""
        return f"{title}: {when}{where}"


def with_slots() -> QuerySet[Session]:
    slots = Slot.objects.released().order_by("starts_at", "pk")
    return Session.objects.prefetch_related(Prefetch("slots", slots, to_attr="released"))


def begins(session: Session) -> tuple[bool, object, int]:
    slot = next((one for one in session.released if one.starts_at), None)  # type: ignore[attr-defined]
    return (slot is None, slot.starts_at if slot else 0, session.pk)
