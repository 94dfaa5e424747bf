"""Whatever a browser could have starred, written down ready: a large page of which each browser shows a little."""

from typing import Any

from conference.models import Edition
from conference.templatetags.dates import clock_range
from conference.templatetags.texts import text
from registration.my_programme import Agenda, Item, agenda, items_of
from sessions.services.stars import that_take_stars
from sessions.templatetags.programme import label_of


def everything_in(edition: Edition) -> Agenda:
    """All of an edition that takes stars, by day; its items are words, because templates look these up fast."""
    found = agenda(items_of(edition, that_take_stars()), edition)
    for day in found.days:
        day.items = [shown_of(item, edition) for item in day.items]  # type: ignore[misc]
    found.untimed = [shown_of(item, edition) for item in found.untimed]  # type: ignore[misc]
    return found


def shown_of(item: Item, edition: Edition) -> dict[str, Any]:
    session, slot = item.session, item.slot
    words = {
        "guid": str(session.guid),
        "pk": session.pk,
        "part_of": session.part_of_id or "",
        "url": session.get_absolute_url(),
        "title": text(item.titled, "title"),
        "label": label_of(session),
        "is_cancelled": item.is_cancelled,
    }
    if slot and slot.starts_at and slot.ends_at:
        words |= {
            "when": clock_range(slot.starts_at, slot.ends_at, edition.zone),
            "room": text(slot, "room_name"),
            "starts": "" if item.is_cancelled else int(slot.starts_at.timestamp()),
            "ends": "" if item.is_cancelled else int(slot.ends_at.timestamp()),
        }
    return words
