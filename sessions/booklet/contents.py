"""What stands in an edition's programme booklet, as plain data in the language of the page.

The released timetable, and the texts of what is published or cancelled; the number of queries does not grow.
"""

from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from conference.addresses import address
from conference.dates import date_format, dates_of, zone_name
from conference.models import Edition, EditionOrganisation, Venue
from conference.templatetags.texts import shown
from sessions.booklet import days
from sessions.booklet.prose import blocks_of, plain, shortened
from sessions.booklet.texts import entries_in, index_of, session_of
from sessions.models import Kind, Release

IN_ALL = 600_000  # characters of all abstracts together, about 300 pages
FOR_EACH = (600, 5_000)  # characters of an abstract: what it has in any case, and what it has at most


def book_of(edition: Edition) -> dict[str, Any]:
    """Everything that the typesetter needs; `sessions/booklet/booklet.typ` says how it looks."""
    entries = entries_in(edition)
    slots = days.slots_in(edition)
    times = days.times_of(slots, edition)
    told = [entry for entry in entries if entry.session.kind != Kind.BREAK]
    most = min(FOR_EACH[1], max(FOR_EACH[0], IN_ALL // max(1, len(told))))
    keys = {entry.session.pk for entry in told}
    # Where some times are known, those that are not are missing.
    no_times = [_("Time to be announced")] if slots else []
    release = edition.releases.filter(is_latest=True).first()  # type: ignore[attr-defined]
    return {
        **cover_of(edition),
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "words": words_of(edition),
        "lacks_glyphs": False,
        "released": released_words(release, edition) if release else "",
        "notice": notice_of(edition, has_times=bool(slots)),
        "days": days.days_of(slots, edition, keys),
        "sessions": [
            session_of(entry, times.get(entry.session.pk, no_times), most) for entry in in_order(told, slots)
        ],
        "people": index_of(told),
        "venues": [venue_of(venue) for venue in edition.venues.prefetch_related("rooms")],  # type: ignore[attr-defined]
    }


def cover_of(edition: Edition) -> dict[str, Any]:
    place = ", ".join(filter(None, (shown(edition, "city")[0], edition.country.name)))  # type: ignore[attr-defined]
    parts = edition.parts.select_related("organisation")  # type: ignore[attr-defined]
    organisers = parts.filter(part=EditionOrganisation.Part.ORGANISER)
    online = settings.SITE_URL + address("sessions:programme", edition.slug)
    return {
        "title": plain(shown(edition, "title")[0]),
        "short_title": plain(shown(edition, "short_title")[0]),
        "subtitle": translated(edition, "subtitle"),
        "series": translated(edition.series, "title"),
        "facts": [plain(fact) for fact in (dates_of(edition), place) if fact],
        "organisers": [plain(part.organisation.full_name) for part in organisers],
        "hue": edition.accent_hue,
        "address": online,
        "address_shown": plain(online),
    }


def translated(row: object, field: str) -> dict[str, str] | None:
    """A text and its language if that is not the booklet's; nothing if there is none."""
    words, language = shown(row, field)
    return {"text": plain(words), "lang": language} if plain(words) else None


def released_words(release: Release, edition: Edition) -> str:
    day = date_format(localtime(release.created_at, edition.zone).date(), "j F Y")
    return _("Release %(number)s of %(date)s") % {"number": release.number, "date": day}


def notice_of(edition: Edition, *, has_times: bool) -> str:
    if has_times:
        return _("The programme may have changed since. The latest is always on the site:")
    if edition.phase() == "after":
        return _("No times are kept of this edition; this is what took place.")
    return _("Times and rooms are not announced yet. This is what will take place.")


def words_of(edition: Edition) -> dict[str, str]:
    return {
        "programme": _("Programme"),
        "contents": _("Contents"),
        "programme_by_day": _("Programme by day"),
        "zone": _("All times are the time in %(place)s.") % {"place": zone_name(edition.zone)},
        "organisers": _("Organised by"),
        "time": _("Time"),
        "room": _("Room"),
        "what": _("Item"),
        "page": _("Page"),
        "cancelled": _("Cancelled"),
        "sessions": _("Sessions and workshops"),
        "speakers": _("Speakers"),
        "venues": _("Rooms and how to get there"),
        "more": _("Read on on the site."),
        "lacks_glyphs": _("Letters that could not be printed here stand as □. The site shows them."),
    }


def in_order(entries: list[Any], slots: list[Any]) -> list[Any]:
    """As the organisers numbered them; a programme without numbers goes by time, each part after its session."""
    if any(entry.session.number or entry.session.position for entry in entries if not entry.parent):
        return entries
    starts: dict[int, Any] = {}
    for slot in slots:
        starts.setdefault(slot.session_id, slot.starts_at)
    first = {entry.session.pk: number for number, entry in enumerate(entries)}

    def place(entry: Any) -> tuple[Any, ...]:
        top = (entry.parent or entry).session.pk
        begins = starts.get(top)
        return (begins is None, begins or 0, first[top], first[entry.session.pk])

    return sorted(entries, key=place)


def venue_of(venue: Venue) -> dict[str, Any]:
    note, language = shown(venue, "travel_note")
    rooms = [
        {
            "name": translated(room, "name"),
            "about": translated(room, "description"),
            "places": places(room.capacity) if room.capacity else "",
        }
        for room in venue.rooms.all()  # type: ignore[attr-defined]
    ]
    return {
        "name": translated(venue, "name"),
        "address": plain(", ".join(filter(None, (venue.address, venue.city)))),
        "note": blocks_of(shortened(note, FOR_EACH[1])[0]),
        "note_lang": language,
        "rooms": rooms,
    }


def places(capacity: int) -> str:
    return ngettext("%(count)s place", "%(count)s places", capacity) % {"count": capacity}
