"""Slots of the timetable as an iCalendar (RFC 5545), for anyone's calendar to take or to subscribe to.

In:  slots of releases, read by for_calendar(). Out: UTF-8 bytes with one VEVENT for each slot; the same slots give the
same bytes, since nothing in them depends on the moment of asking. Times are in UTC, which needs no time zone rules.
An entry keeps its UID over all releases; its SEQUENCE grows with each that changes it. What is cancelled says so.
Written by hand because it is thirty times as fast as building objects of a library; tests read it back with one.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.templatetags.texts import shown
from conference.translated_columns import in_languages
from sessions.exchange.words import clean
from sessions.models import Session, Slot
from sessions.models.slot import SlotQuerySet

OCTETS = 75  # the longest line, without its end
SHORT = 300  # characters of an abstract
FRESH_FOR = "PT1H"
MARKDOWN = re.compile(
    r"!?\[([^\]\[]*)\]\([^)\s]*(?:\s[^)]*)?\)|(?<!\w)[*_`]+|[*_`]+(?!\w)|^\s*[#>]+\s*", re.MULTILINE
)
LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})  # which some readers take for one


OF_SLOT = ["guid", "session", "room", "release", "starts_at", "ends_at", "speaker_names", "sequence"]
OF_SLOT += ["is_cancelled", *in_languages("title", "room_name", "session__title", "session__abstract")]
OF_SLOT += [
    f"session__{name}" for name in ("kind", "slug", "status", "updated_at", "edition", "track", "venue")
]
SHARED = ["release", "room__venue", "session__edition", "session__track", "session__venue"]


def for_calendar(slots: SlotQuerySet) -> SlotQuerySet:
    """The same slots as far as they have a time, with all that calendar() says of them, in a few queries.

    What many slots share is read once for all: a thousand copies of an edition cost more than a query.
    """
    timed = slots.exclude(starts_at=None).select_related("session").only(*OF_SLOT)
    topics = Prefetch("session__topics", to_attr="told_topics")
    return timed.prefetch_related(*SHARED, topics).order_by("starts_at", "guid")


def calendar(slots: Iterable[Slot], *, name: str, language: str, waiting_for: Collection[int] = ()) -> bytes:
    """A calendar of this name with one entry for each slot, cancelled ones marked as such.

    Sessions (by pk) in which the reader only waits for a place are tentative.
    """
    with override(language):
        return b"".join(folded(line) for line in lines(list(slots), name, waiting_for))


def lines(slots: list[Slot], name: str, waiting_for: Collection[int]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//{host()}//conference//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{escaped(name)}"
    zones = {slot.session.edition.time_zone for slot in slots}
    if len(zones) == 1:
        yield f"X-WR-TIMEZONE:{escaped(zones.pop())}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{FRESH_FOR}"
    yield f"X-PUBLISHED-TTL:{FRESH_FOR}"
    for slot in slots:
        yield from entry(slot, is_sure=slot.session_id not in waiting_for)
    yield "END:VCALENDAR"


def entry(slot: Slot, *, is_sure: bool) -> Iterator[str]:
    session = slot.session
    changed_at = slot.release.created_at if slot.release else session.updated_at
    url = settings.SITE_URL + session.get_absolute_url()
    is_off = is_cancelled(slot)
    yield "BEGIN:VEVENT"
    yield f"UID:{slot.guid}@{host()}"
    yield f"DTSTAMP:{stamp(changed_at)}"
    yield f"LAST-MODIFIED:{stamp(max(changed_at, session.updated_at))}"
    yield f"SEQUENCE:{slot.sequence + (is_off and not slot.is_cancelled)}"
    yield f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED' if is_sure else 'TENTATIVE'}"
    yield f"DTSTART:{stamp(slot.starts_at)}"
    yield f"DTEND:{stamp(slot.ends_at)}"
    yield f"SUMMARY:{escaped(shown(slot, 'title')[0] or shown(session, 'title')[0])}"
    yield from filled("LOCATION", ", ".join(place_of(slot)))
    yield f"DESCRIPTION:{escaped(description_of(slot, url))}"
    if categories := [escaped(words) for words in categories_of(session)]:
        yield f"CATEGORIES:{','.join(categories)}"
    yield f"URL:{url}"
    yield "END:VEVENT"


def is_cancelled(slot: Slot) -> bool:
    """Released as cancelled, or of a session that was cancelled since."""
    return slot.is_cancelled or slot.session.status == Session.Status.CANCELLED


def host() -> str:
    return settings.SITE_HOST.split(":")[0]


@lru_cache(maxsize=1000)
def stamp(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if at else ""


def filled(name: str, words: str) -> Iterator[str]:
    if words:
        yield f"{name}:{escaped(words)}"


def place_of(slot: Slot) -> list[str]:
    """The room and where it is; without a room the place of the session or the city, as far as known."""
    room, venue = slot.room, slot.room.venue if slot.room else slot.session.venue
    name = (shown(slot, "room_name")[0] or shown(room, "name")[0]) if room else ""
    if not venue:
        return [word for word in (shown(slot.session.edition, "city")[0],) if word]
    return [word for word in (name, shown(venue, "name")[0], venue.address, venue.city) if word]


def description_of(slot: Slot, url: str) -> str:
    names = _("With %(names)s") % {"names": slot.speaker_names} if slot.speaker_names else ""
    about = short(shown(slot.session, "abstract")[0])
    return "\n\n".join(words for words in (names, about, url) if words)


def short(markdown: str) -> str:
    """The first words of a text, without its marks."""
    words = " ".join(MARKDOWN.sub(r"\1", markdown[: 2 * SHORT]).split())
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + " …"


def categories_of(session: Session) -> list[str]:
    track = [shown(session.track, "name")[0]] if session.track else []
    return track + [shown(topic, "name")[0] for topic in session.told_topics]  # type: ignore[attr-defined]


def escaped(words: str) -> str:
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    if words.isprintable():
        return words
    return clean(words.translate(LINE_ENDS)).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets that never cut a character."""
    octets = line.encode()
    pieces, start, room = [], 0, OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, OCTETS - 1  # a piece begins with a space
    return b"\r\n ".join([*pieces, octets[start:]]) + b"\r\n"
