"""What search engines and assistants read of a page: schema.org data, from what the page has read already.

In:  rows that a view has read; nothing here asks the database. Out: dicts for JSON-LD without empty values.
Source of the words: https://schema.org/Event and https://developers.google.com/search/docs/appearance/structured-data/event
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from conference.dates import machine_date
from conference.linked_data import CONTEXT, without_empty
from conference.models import Edition, EditionOrganisation, Organisation
from conference.templatetags.texts import shown
from sessions.exchange.calendar import short
from sessions.models import Appearance, Kind, Session
from sessions.outline import Entry, Time
from speakers.models import Speaker

MOST_EVENTS, MOST_PEOPLE = 60, 30  # of an edition; a large one has pages that say the rest
AVAILABILITY = {"open": "InStock", "few": "LimitedAvailability", "full": "SoldOut"}  # by the state of places
Part = EditionOrganisation.Part


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def edition_data(
    edition: Edition, entries: Iterable[Entry], parts: Iterable[EditionOrganisation]
) -> dict[str, Any]:
    """An edition with its place, its organisers, who is on stage and the first of its sessions."""
    everything = [each for entry in entries for each in (entry, *entry.parts)]
    timed = [entry for entry in everything if entry.times]
    parts = list(parts)
    return {"@context": CONTEXT} | without_empty(
        {
            **edition_in_short(edition),
            "description": shown(edition, "summary")[0],
            "isAccessibleForFree": True,
            "organizer": [organisation_of(one.organisation) for one in parts if one.part == Part.ORGANISER],
            "funder": [organisation_of(one.organisation) for one in parts if one.part == Part.FUNDER],
            "performer": people_of(everything)[:MOST_PEOPLE],
            "offers": registration_offer(edition),
            "subEvent": [event_in_short(entry, edition) for entry in timed[:MOST_EVENTS]],
        }
    )


def edition_in_short(edition: Edition) -> dict[str, Any]:
    last = edition.ends_on or edition.starts_on
    return {
        "@type": "Event",
        "name": shown(edition, "title")[0],
        "url": absolute(edition.get_absolute_url()),
        "startDate": machine_date(edition),
        "endDate": str(last) if last and edition.date_precision == Edition.Precision.DAY else "",
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "location": place_of(edition),
    }


def event_in_short(entry: Entry, edition: Edition) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": shown(entry.session, "title")[0],
        "url": absolute(entry.session.get_absolute_url()),
        "startDate": moment(entry.times[0].starts_at, edition),
    }


def place_of(edition: Edition, time: Time | None = None, session: Session | None = None) -> dict[str, Any]:
    """The room or the venue in its city; nothing where not even the city is known."""
    venue = session.venue if session else None
    city = shown(edition, "city")[0]
    name = (time.room if time else "") or (shown(venue, "name")[0] if venue else "") or city
    address = without_empty(
        {
            "streetAddress": venue.address if venue else "",
            "addressLocality": (venue.city if venue else "") or city,
            "addressCountry": str(edition.country or ""),
        }
    )
    if not name:
        return {}
    return {
        "@type": "Place",
        "name": name,
        "address": {"@type": "PostalAddress", **address} if address else name,
    }


def organisation_of(organisation: Organisation) -> dict[str, Any]:
    return without_empty({"@type": "Organization", "name": organisation.name, "url": organisation.website})


def people_of(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Everyone on stage once; a minor without an address."""
    found = {one.speaker_id: person_in_short(one) for entry in entries for one in entry.people}
    return list(found.values())


def person_in_short(appearance: Appearance) -> dict[str, Any]:
    speaker = appearance.speaker
    url = "" if speaker.is_minor else absolute(speaker.get_absolute_url())
    return without_empty({"@type": "Person", "name": speaker.public_name, "url": url})


def registration_offer(edition: Edition) -> dict[str, Any]:
    """That registering is free and until when; nothing where nobody registers on the site."""
    if not edition.registration_closes_at or edition.phase() == "after":
        return {}
    opens_at, closes_at = edition.registration_opens_at, edition.registration_closes_at
    is_closed = not edition.registration_is_open() and not (opens_at and edition.phase() == "before")
    return offer(
        absolute(reverse("registration:register", args=[edition.slug])),
        availability="SoldOut" if is_closed else "InStock",
        validFrom=moment(opens_at, edition) if opens_at else "",
        validThrough=moment(closes_at, edition),
    )


def offer(url: str, *, availability: str, **more: str) -> dict[str, Any]:
    said = {"@type": "Offer", "url": url, "price": "0", "priceCurrency": "EUR"}
    return without_empty(said | {"availability": f"{CONTEXT}/{availability}" if availability else "", **more})


def moment(at: datetime, edition: Edition) -> str:
    return at.astimezone(edition.zone).isoformat(timespec="minutes")


def session_data(entry: Entry, edition: Edition, places: str = "") -> dict[str, Any]:
    """A session or workshop in its edition, or in the session that it is part of."""
    session, first = entry.session, entry.times[0] if entry.times else None
    status = "EventCancelled" if session.status == Session.Status.CANCELLED else "EventScheduled"
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": "Event",
            "name": shown(session, "title")[0],
            "url": absolute(session.get_absolute_url()),
            "description": short(shown(session, "abstract")[0] or shown(session, "subtitle")[0]),
            **(times_of(first, edition) if first else {}),
            "eventStatus": f"{CONTEXT}/{status}",
            "location": place_of(edition, first, session),
            "inLanguage": session.language,
            "isAccessibleForFree": True,
            "maximumAttendeeCapacity": session.capacity if session.takes_bookings else None,
            "performer": people_of([entry]),
            "offers": booking_offer(session, edition, places),
            "superEvent": around(entry, edition),
            "subEvent": later_times(entry, edition),
        }
    )


def times_of(time: Time, edition: Edition) -> dict[str, str]:
    return {"startDate": moment(time.starts_at, edition), "endDate": moment(time.ends_at, edition)}


def later_times(entry: Entry, edition: Edition) -> list[dict[str, Any]]:
    """A session that takes place several times says each of them."""
    if len(entry.times) < 2:
        return []
    name = shown(entry.session, "title")[0]
    return [
        {
            "@type": "Event",
            "name": name,
            **times_of(time, edition),
            "location": place_of(edition, time, entry.session),
        }
        for time in entry.times
    ]


def around(entry: Entry, edition: Edition) -> dict[str, Any]:
    if entry.parent and entry.parent.times:
        return event_in_short(entry.parent, edition)
    return without_empty(edition_in_short(edition))


def booking_offer(session: Session, edition: Edition, places: str) -> dict[str, Any]:
    """That a place is free of charge, and whether there is one, as far as whoever draws the page has counted."""
    if session.kind != Kind.WORKSHOP or not session.takes_bookings or not edition.registration_closes_at:
        return {}
    is_open = edition.registration_is_open() and session.is_public
    availability = AVAILABILITY.get(places, "") if is_open else "SoldOut"
    return offer(absolute(session.get_absolute_url()), availability=availability)


def person_data(speaker: Speaker, editions: Iterable[tuple[Edition, list[Appearance]]]) -> dict[str, Any]:
    """A person with the sessions of all editions; nothing of a minor."""
    if speaker.is_minor:
        return {}
    appearances = [one for _edition, found in editions for one in found]
    sessions = {one.session_id: one.session for one in appearances}
    organisation = next((one.organisation for one in appearances if one.organisation), None)
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": "Person",
            "name": speaker.public_name,
            "url": absolute(speaker.get_absolute_url()),
            "description": short(speaker.biography),
            "image": absolute(speaker.portrait.url) if speaker.portrait else "",
            "sameAs": speaker.website,
            "affiliation": organisation_of(organisation) if organisation else {},
            "performerIn": [
                {"@type": "Event", "name": shown(one, "title")[0], "url": absolute(one.get_absolute_url())}
                for one in list(sessions.values())[:MOST_EVENTS]
            ],
        }
    )
