"""The places that the text of a letter may have, and what stands in them for one reader, in the active language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.dates import dates_of, day_name, moment_range
from conference.mail import absolute
from conference.mail.unsubscribing import link_for
from conference.templatetags.texts import shown
from registration.letters.audience import Reader
from registration.letters.facts import Facts
from registration.moments import moment_words

UNSUBSCRIBE = "unsubscribe"  # of news: no organiser writes it, every such letter has it
NOTHING = "–"


@dataclass(frozen=True)
class Place:
    name: str
    words: Any
    fill: Callable[[Facts, Reader], str]
    is_address: bool = False


def edition_title(facts: Facts, reader: Reader) -> str:
    return " ".join(shown(facts.edition, "title")[0].split())


def venue(facts: Facts, reader: Reader) -> str:
    """Each with its address in a line; without one, the city."""
    lines = []
    for one in facts.venues:
        said = (shown(one, "name")[0], shown(one, "address")[0], shown(one, "city")[0])
        lines.append(", ".join(dict.fromkeys(filter(None, (" ".join(part.split()) for part in said)))))
    return "\n".join(filter(None, lines)) or shown(facts.edition, "city")[0] or NOTHING


def begins(facts: Facts, reader: Reader) -> str:
    """The first item of the released timetable, else the first day."""
    slot, edition = facts.first_slot, facts.edition
    if slot and slot.starts_at and slot.ends_at:
        day, _comma, clock = moment_range(slot.starts_at, slot.ends_at, edition.zone).rpartition(", ")
        return f"{day}, {clock.split('–')[0].strip()}"
    return day_name(edition.starts_on) if edition.starts_on else NOTHING


def closes(facts: Facts, reader: Reader) -> str:
    at = facts.edition.registration_closes_at
    return moment_words(at, facts.edition) if at else NOTHING


def reference(facts: Facts, reader: Reader) -> str:
    row = facts.registrations.get(reader.user.pk) if reader.user else None
    return row.reference if row else NOTHING


def workshops(facts: Facts, reader: Reader) -> str:
    own = facts.workshops.get(reader.user.pk, []) if reader.user else []
    return "\n".join(map(facts.line_of, own)) or NOTHING


def sessions(facts: Facts, reader: Reader) -> str:
    return "\n".join(map(facts.line_of, facts.sessions_of(reader))) or NOTHING


def page(name: str, facts: Facts, reader: Reader) -> str:
    return absolute(reverse(name, args=[facts.edition.slug]))


def own_page(name: str, facts: Facts, reader: Reader) -> str:
    return absolute(reverse(name))


def unsubscribe(facts: Facts, reader: Reader) -> str:
    return link_for(reader.user) if reader.user else ""


def text(name: str, words: Any, fill: Callable[[Facts, Reader], str]) -> Place:
    return Place(name, words, fill)


def link(name: str, words: Any, target: str, of: Callable[..., str] = page) -> Place:
    return Place(name, words, partial(of, target), is_address=True)


ALL = [
    text("name", _("the person's name"), lambda facts, reader: " ".join(reader.name.split())),
    text("edition", _("the title of the edition"), edition_title),
    text("dates", _("the days of the edition"), lambda facts, reader: dates_of(facts.edition) or NOTHING),
    text("begins", _("day and time at which the programme begins"), begins),
    text("venue", _("venues with their addresses"), venue),
    text("contact", _("the contact address"), lambda facts, reader: facts.edition.contact_email or NOTHING),
    text("closes", _("when registration closes"), closes),
    text("reference", _("reference of the person's registration"), reference),
    text("workshops", _("the person's own workshops, with time and room"), workshops),
    text("session", _("the sessions in which the person is on stage, with time and room"), sessions),
    link("link", _("the page of the edition"), "sessions:overview"),
    link("programme", _("the programme"), "sessions:programme"),
    link("presentations", _("the presentations of the edition"), "sessions:presentations"),
    link("register", _("the page for registering"), "registration:register"),
    link("my_registration", _("the person's own registration"), "registration:my_registration"),
    link("my_programme", _("the person's own programme"), "registration:my_programme"),
    link("ticket", _("the person's ticket"), "registration:ticket"),
    link("certificate", _("the person's certificates"), "registration:my_registrations", own_page),
    link("upload", _("where speakers give their presentations"), "sessions:speaker_desk", own_page),
]
BY_NAME = {one.name: one for one in ALL}
ADDRESSES = {one.name for one in ALL if one.is_address} | {UNSUBSCRIBE}


def values_for(names: Iterable[str], facts: Facts, reader: Reader) -> dict[str, str]:
    found = {name: BY_NAME[name].fill(facts, reader) for name in names if name in BY_NAME}
    return found | {UNSUBSCRIBE: unsubscribe(facts, reader)}
