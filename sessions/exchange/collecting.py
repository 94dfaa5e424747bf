"""The timetable of an edition out of the database, as exchange formats know it.

In:  an edition and one of its releases, none for the latest; or its draft.
Out: a `Schedule` in the language of the moment. Of a release it has what the public may know and no more: published
     sessions with a time, minors by their first name; whether the edition is public is for the caller to say. The
     draft has everything with a time that is neither withdrawn nor cancelled. The same few queries, whatever the size.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, QuerySet

from conference.addresses import address
from conference.models import Edition, Room
from conference.templatetags.texts import shown
from conference.translated_columns import in_language
from sessions.exchange import schedule
from sessions.exchange.colours import color_of
from sessions.models import Appearance, Kind, Release, Session, SessionLink, Slot
from speakers.models import Speaker

Status = Session.Status
OF_SLOT = ["guid", "starts_at", "ends_at", "session", "session__guid", "session__slug", "session__kind"]
OF_SLOT += [
    "session__language",
    "session__recording_license",
    "session__do_not_record",
    "session__origin",
    "room",
]
OF_PERSON = ["session", "speaker", "speaker__guid", "speaker__slug", "speaker__name", "speaker__is_minor"]
OF_PERSON += ["speaker__biography", "speaker__portrait", "speaker__origin"]


def schedule_of(
    edition: Edition, *, release: Release | None = None, draft: bool = False
) -> schedule.Schedule:
    """The timetable of the latest release, of this one, or of the draft."""
    release = None if draft else release or edition.releases.filter(is_latest=True).first()
    rows = list(rows_of(edition, release, draft=draft))
    rooms = list(Room.objects.filter(venue__edition=edition))
    return schedule.Schedule(
        acronym=edition.slug,
        title=shown(edition, "title")[0],
        description=shown(edition, "summary")[0],
        starts_on=edition.starts_on,
        ends_on=edition.last_day,
        time_zone=edition.time_zone,
        version="draft" if draft else str(release.number if release else 0),
        base_url=settings.SITE_URL + edition.get_absolute_url(),
        url=settings.SITE_URL + edition.get_absolute_url(),
        rooms=tuple(rooms_of(rooms, rows)),
        tracks=tuple(
            schedule.Track(shown(track, "name")[0], track.slug, color_of(track.hue))
            for track in edition.tracks.all()
        ),
        events=tuple(events_of(edition, rows)),
    )


def rows_of(edition: Edition, release: Release | None, *, draft: bool) -> QuerySet[Slot, Any]:
    """What is said of each slot, in the order of time and room; columns, because models would cost thrice."""
    slots = Slot.objects.rewrite(False).filter(session__edition=edition, starts_at__isnull=False)
    if draft:
        slots = slots.planned()
    else:
        slots = slots.filter(release=release, is_cancelled=False, session__status=Status.PUBLISHED)
        slots = slots.filter(release__isnull=False)
    told = {
        "told_title": in_language("title", "session__title"),
        "told_subtitle": in_language("session__subtitle"),
        "told_abstract": in_language("session__abstract"),
        "told_description": in_language("session__description"),
        "told_track": in_language("session__track__name"),
        "told_type": in_language("session__session_type__name"),
        "told_room": in_language("room_name", "room__name", "session__venue__name"),
    }
    places = [F("room__venue__position").asc(nulls_last=True), F("room__position").asc(nulls_last=True)]
    ordered = slots.annotate(**told).order_by("starts_at", *places, "guid")
    return ordered.values_list(*OF_SLOT, *told, named=True)


def rooms_of(rooms: Iterable[Room], rows: Iterable[Any]) -> Iterator[schedule.Room]:
    """Every room by the name that the timetable knows it by."""
    names = {row.room: row.told_room for row in rows}
    for room in rooms:
        name = names.get(room.pk) or shown(room, "name")[0]
        description = shown(room, "description")[0]
        yield schedule.Room(name, str(room.guid), room.slug, description, room.capacity)


def events_of(edition: Edition, rows: list[Any]) -> Iterator[schedule.Event]:
    people, links, ids = people_of(edition), links_of(edition), ids_of(rows)
    for row, guid in zip(rows, guids_of(rows), strict=True):
        origin = row.session__origin or {}
        name = "sessions:workshop" if row.session__kind == Kind.WORKSHOP else "sessions:session"
        yield schedule.Event(
            guid=str(guid),
            id=ids[guid],
            persons=tuple(people[row.session]),
            links=tuple(typed(links[row.session, SessionLink.Kind.LINK], origin)),
            attachments=tuple(typed(links[row.session, SessionLink.Kind.ATTACHMENT], origin)),
            url=settings.SITE_URL + address(name, edition.slug, row.session__slug),
            **columns_of(row),
            **kept_of(row, guid, origin),
        )


def columns_of(row: Any) -> dict[str, Any]:
    return {
        "starts_at": row.starts_at,
        "minutes": max(1, round((row.ends_at - row.starts_at).total_seconds() / 60)),
        "room": row.told_room,
        "title": row.told_title,
        "subtitle": row.told_subtitle,
        "track": row.told_track,
        "abstract": row.told_abstract,
        "description": row.told_description,
        "language": row.session__language,
        "recording_license": row.session__recording_license,
        "do_not_record": row.session__do_not_record,
    }


def kept_of(row: Any, guid: UUID, origin: dict[str, Any]) -> dict[str, Any]:
    """What an import kept for the next export; what may occur only once, at the session's first event."""
    is_first = guid == row.session__guid
    slug = words_in(origin, "slug") or row.session__slug
    return {
        "slug": slug if is_first else f"{slug}-{guid.hex[:8]}",
        "code": words_in(origin, "code") if is_first else "",
        "type": row.told_type or words_in(origin, "type") or row.session__kind,
        "extra": origin.get("extra") or {},
        **{name: words_in(origin, name) for name in ("logo", "feedback_url", "origin_url")},
    }


def words_in(origin: dict[str, Any], name: str) -> str:
    return str(origin.get(name) or "")


def guids_of(rows: Iterable[Any]) -> list[UUID]:
    """The guid of each slot; the session's own for the first of a session that has given it to no slot."""
    rows = list(rows)
    lent = {row.session for row in rows if row.guid == row.session__guid}
    guids = []
    for row in rows:
        guids.append(row.guid if row.session in lent else row.session__guid)
        lent.add(row.session)
    return guids


def ids_of(rows: list[Any]) -> dict[UUID, int]:
    """A number for each event, the same in every export: the imported one, that of the session, or of the guid."""
    ids: dict[UUID, int] = {}
    taken: set[int] = set()
    firsts = [(row, guid) for row, guid in zip(rows, guids_of(rows), strict=True)]
    for row, guid in sorted(firsts, key=lambda pair: number_in(pair[0].session__origin) is None):
        own = (number_in(row.session__origin), row.session) if guid == row.session__guid else ()
        drawn = count((guid.int >> 98) + 1)  # 30 bits, which readers of old keep in an int
        ids[guid] = next(number for number in chain(own, drawn) if number and number not in taken)
        taken.add(ids[guid])
    return ids


def number_in(origin: dict[str, Any] | None) -> int | None:
    number = (origin or {}).get("id")
    return number if isinstance(number, int) and number > 0 else None


def people_of(edition: Edition) -> dict[int, list[schedule.Person]]:
    """Who appears in each session of the edition, everyone once and by the name that is shown."""
    appearances = Appearance.objects.filter(session__edition=edition).order_by("position", "pk")
    known: dict[int, schedule.Person] = {}
    found: dict[int, list[schedule.Person]] = defaultdict(list)
    for row in appearances.values_list(*OF_PERSON, named=True):
        person = known.get(row.speaker) or known.setdefault(row.speaker, person_of(row))
        if person not in found[row.session]:
            found[row.session].append(person)
    return found


def person_of(row: Any) -> schedule.Person:
    origin = row.speaker__origin or {}
    person = schedule.Person(row.speaker__name, str(row.speaker__guid), number_in(origin) or row.speaker)
    if row.speaker__is_minor:
        return replace(person, name=Speaker(name=row.speaker__name, is_minor=True).public_name)
    portrait = row.speaker__portrait
    picture = settings.SITE_URL + default_storage.url(portrait) if portrait else words_in(origin, "avatar")
    return replace(
        person,
        code=words_in(origin, "code"),
        biography=row.speaker__biography,
        avatar=picture,
        url=settings.SITE_URL + address("speakers:speaker", row.speaker__slug),
    )


def links_of(edition: Edition) -> dict[tuple[int, str], list[schedule.Link]]:
    """The addresses of each session of the edition, by their kind."""
    found = defaultdict(list)
    links = SessionLink.objects.filter(session__edition=edition).order_by("position", "pk")
    for session, kind, url, title in links.values_list("session", "kind", "url", "title"):
        found[session, kind].append(schedule.Link(url, title))
    return found


def typed(links: Iterable[schedule.Link], origin: dict[str, Any]) -> Iterator[schedule.Link]:
    types = origin.get("link_types") or {}
    return (replace(link, type=types[link.url]) if link.url in types else link for link in links)
