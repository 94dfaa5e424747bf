"""The sessions of a booklet, each with its people and its text, and the index of speakers."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.templatetags.texts import language_in_words, shown
from sessions import outline
from sessions.booklet.days import key_of
from sessions.booklet.prose import blocks_of, plain, shortened
from sessions.models import Session
from sessions.outline import Entry
from sessions.templatetags.programme import label_of, then


def entries_in(edition: Edition) -> list[Entry]:
    """What is published or cancelled, each session followed by its parts, with the people in it."""
    sessions = Session.objects.filter(edition=edition).known().in_order()
    entries = {}
    for session in sessions.select_related("session_type", "track"):
        session.edition = edition
        entries[session.pk] = Entry(session)
    found = outline.flat(outline.nested(entries))
    outline.add_people(found)
    return found


def session_of(entry: Entry, times: list[str], most: int) -> dict[str, Any]:
    """A session as the booklet tells it, with at most so many characters of its abstract."""
    session = entry.session
    is_cancelled = session.status == Session.Status.CANCELLED
    text, language = shown(session, "abstract")
    abstract, is_cut = shortened(text, most)
    title, title_language = shown(session, "title")
    subtitle, subtitle_language = shown(session, "subtitle")
    return {
        "key": key_of(session),
        "label": plain(label_of(session)) if session.number is not None or session.session_type else "",
        "title": {"text": plain(title) or "–", "lang": title_language},
        "subtitle": {"text": plain(subtitle), "lang": subtitle_language} if plain(subtitle) else None,
        "inside": inside(entry),
        "when": times,
        "facts": plain(", ".join(facts_of(session))),
        "people": [
            {"name": plain(one.speaker.public_name), "then": breakable_then(one)} for one in entry.people
        ],
        "abstract": blocks_of(abstract),
        "abstract_lang": language,
        "is_cut": is_cut,
        "address": settings.SITE_URL + session.get_absolute_url(),
        "is_cancelled": is_cancelled,
    }


def inside(entry: Entry) -> str | None:
    """In which session a part takes place."""
    if entry.parent is None:
        return None
    above = entry.parent.session
    name = label_of(above) if above.number is not None else shown(above, "title")[0]
    return plain(_("Part of: %(session)s") % {"session": name})


def facts_of(session: Session) -> list[str]:
    track = shown(session.track, "name")[0] if session.track else ""
    return [fact for fact in (track, language_in_words(session.language) if session.language else "") if fact]


def breakable_then(one: Any) -> str:
    """Part, role and organisation as they were then, as they follow the name."""
    words = then(one)
    space = " " if words.startswith(" ") else ""
    return space + plain(words)


def index_of(entries: list[Entry]) -> list[dict[str, Any]]:
    """Everyone who appears in what takes place, by name, with where to find them."""
    found: dict[int, dict[str, Any]] = {}
    for entry in entries:
        if entry.session.status == Session.Status.CANCELLED:
            continue
        for one in entry.people:
            row = found.setdefault(one.speaker_id, {"name": plain(one.speaker.public_name), "keys": []})
            if key_of(entry.session) not in row["keys"]:
                row["keys"].append(key_of(entry.session))
    return sorted(found.values(), key=lambda row: row["name"].casefold())
