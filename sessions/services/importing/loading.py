"""What the database knows of the things in a file: the same few queries, whatever the size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from conference.models import Edition, Room, Venue
from sessions.exchange.schedule import Person, Schedule
from sessions.models import Appearance, Session, SessionLink, SessionType, Slot, Track
from speakers.models import Speaker

AT_ONCE = 10_000  # values in one query, which every database takes


@dataclass
class Existing:
    edition: Edition
    venues: list[Venue]
    rooms: list[Room]
    tracks: list[Track]
    types: list[SessionType]
    sessions: list[Session]
    slots: dict[int, list[Slot]]
    appearances: dict[int, list[Appearance]]
    links: dict[int, list[SessionLink]]
    speakers: list[Speaker]  # of the edition, and all that the file's persons may be
    in_edition: set[int]  # speakers who appear in the edition
    speaker_slugs: set[str]
    elsewhere: set[UUID]  # the file's guids that sessions, slots and rooms of other editions have

    def local(self, guid: str) -> UUID | None:
        """The guid a thing of the file has in this edition: its own, or one made from it where that is taken."""
        if not guid:
            return None
        own = UUID(guid)
        return derived(self.edition, guid) if own in self.elsewhere else own


def derived(edition: Edition, words: str) -> UUID:
    """The same guid for the same words in the same edition, whenever it is asked for."""
    return uuid5(uuid5(NAMESPACE_URL, f"edition:{edition.slug}"), words)


def of_person(person: Person, schedule: Schedule, edition: Edition) -> list[UUID]:
    """The guids this person may have: the given one, then those made from house and number, or from the name."""
    house = schedule.base_url or f"{edition.slug}/{schedule.acronym}"
    numbers = [number for number in (person.code, person.id) if number]
    made = [uuid5(NAMESPACE_URL, f"{house}#person:{number}") for number in numbers]
    given = [UUID(person.guid)] if person.guid else []
    return [*given, *made] or [derived(edition, f"person:{person.email or person.name.casefold()}")]


def load(edition: Edition, schedule: Schedule, *, lock: bool = False) -> Existing:
    """Read everything once; with `lock` the times of the draft stay as they are until the import is done."""
    slots = Slot.objects.draft().filter(session__edition=edition).order_by("starts_at", "pk")
    if lock:
        slots = slots.select_for_update(no_key=True, of=("self",))
    appearances = list(Appearance.objects.filter(session__edition=edition))
    in_edition = {row.speaker_id for row in appearances}
    return Existing(
        edition=edition,
        venues=list(edition.venues.all()),
        rooms=list(Room.objects.filter(venue__edition=edition)),
        tracks=list(edition.tracks.all()),
        types=list(SessionType.objects.all()),
        sessions=list(edition.sessions.all()),
        slots=by_session(slots),
        appearances=by_session(appearances),
        links=by_session(SessionLink.objects.filter(session__edition=edition)),
        speakers=list(speakers_of(edition, schedule, in_edition)),
        in_edition=in_edition,
        speaker_slugs=set(Speaker.objects.values_list("slug", flat=True)),
        elsewhere=taken_elsewhere(edition, schedule),
    )


def by_session(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def speakers_of(edition: Edition, schedule: Schedule, in_edition: set[int]) -> Iterable[Speaker]:
    persons = [person for event in schedule.events for person in event.persons]
    guids = {guid for person in persons for guid in of_person(person, schedule, edition)}
    emails = {person.email for person in persons if person.email}
    found: dict[int, Speaker] = {}
    wanted = (("guid__in", guids), ("email__in", emails), ("pk__in", in_edition))
    for name, values in wanted:
        for some in portions(values):
            found |= {speaker.pk: speaker for speaker in Speaker.objects.filter(**{name: some})}
    return [found[pk] for pk in sorted(found)]


def taken_elsewhere(edition: Edition, schedule: Schedule) -> set[UUID]:
    given = [*(event.guid for event in schedule.events), *(room.guid for room in schedule.rooms)]
    guids = {UUID(guid) for guid in given if guid}
    others: tuple[Any, ...] = (
        Session.objects.exclude(edition=edition),
        Slot.objects.draft().exclude(session__edition=edition),
        Room.objects.exclude(venue__edition=edition),
    )
    return {
        guid
        for rows in others
        for some in portions(guids)
        for guid in rows.order_by().filter(guid__in=some).values_list("guid", flat=True)
    }


def portions(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
