"""Who gets a badge, in the order of the alphabet: registrations, and whoever speaks or helps without one."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries import countries

from conference.models import Edition, User
from registration.badges.words import breakable, cleaned, direction_of, is_within, sorted_by
from registration.models import Registration
from registration.tickets.codes import picture_of
from sessions.models import Appearance, Session

TEAM = ("organiser", "programme editor", "registration desk", "helper")  # groups of accounts
MOST_PARTS = 2
Parts = dict[int, list[str]]


@dataclass(frozen=True)
class Choice:
    """Whose badges, and in which design; without types all of them."""

    design: str
    look: str = "colour"
    types: list[int] = field(default_factory=list)
    first: str = ""
    last: str = ""
    by_last_word: bool = True
    only_new: bool = False
    with_others: bool = False

    def as_options(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Bearer:
    """One badge; registered people have a code, and can be marked as printed."""

    name: str
    key: str
    part: str = ""
    organisation: str = ""
    country: str = ""
    code: str = ""
    registration: int | None = None

    def as_data(self) -> dict[str, str]:
        return {
            "name": breakable(self.name),
            "direction": direction_of(self.name),
            "part": cleaned(self.part),
            "organisation": breakable(self.organisation),
            "country": cleaned(self.country),
            "code": picture_of(self.code).decode() if self.code else "",
        }


def bearers_of(edition: Edition, choice: Choice) -> list[Bearer]:
    """In a few queries, however many they are."""
    appearances, parts = appearances_in(edition), parts_of_team()
    for one in appearances:
        if one.speaker.user_id:
            add_part(parts, one.speaker.user_id, one)
    found = list(registered(edition, choice, parts))
    if choice.with_others:
        found += without_registration(edition, choice, appearances, parts)
    within = [one for one in found if is_within(one.key, end_of(choice.first), end_of(choice.last))]
    return sorted(within, key=lambda one: (one.key, one.registration or 0))


def end_of(letters: str) -> str:
    return sorted_by(letters, by_last_word=False)


def registered(edition: Edition, choice: Choice, parts: Parts) -> Iterator[Bearer]:
    rows: Any = (
        Registration.objects.confirmed().filter(edition=edition).select_related("user", "organisation")
    )
    if choice.types:
        rows = rows.filter(registration_type__in=choice.types)
    for row in rows:
        if choice.only_new and is_printed(row):
            continue
        yield Bearer(
            name=row.user.name,
            key=sorted_by(row.user.name, by_last_word=choice.by_last_word),
            part=joined(parts.get(row.user_id, [])),
            organisation=row.organisation_words,
            country=row.country.name,
            code=row.ticket_code,
            registration=row.pk,
        )


def without_registration(
    edition: Edition, choice: Choice, appearances: list[Appearance], parts: Parts
) -> Iterator[Bearer]:
    """Everybody once: by account, or else by speaker."""
    seen = set(Registration.objects.confirmed().filter(edition=edition).values_list("user", flat=True))
    said: dict[Any, list[Appearance]] = defaultdict(list)
    for one in appearances:
        if one.speaker.user_id not in seen:
            said[one.speaker].append(one)
    for speaker, theirs in said.items():
        seen.add(speaker.user_id)
        words = parts[speaker.user_id] if speaker.user_id else [part_in_words(one) for one in theirs]
        organisation = next((one.organisation.name for one in theirs if one.organisation), "")
        yield unregistered(choice, speaker.public_name, words, organisation, countries.name(speaker.country))
    for user in User.objects.filter(pk__in=parts.keys() - seen):
        yield unregistered(choice, user.name, parts[user.pk], "", countries.name(user.country))


def unregistered(choice: Choice, name: str, words: list[str], organisation: str, country: str) -> Bearer:
    key = sorted_by(name, by_last_word=choice.by_last_word)
    return Bearer(name=name, key=key, part=joined(words), organisation=organisation, country=country)


def appearances_in(edition: Edition) -> list[Appearance]:
    rows = Appearance.objects.filter(session__edition=edition, session__status__in=Session.PLANNABLE)
    return list(rows.select_related("speaker", "organisation").order_by("session__number", "position", "pk"))


def parts_of_team() -> Parts:
    """By account: whoever works for the conference behind the scenes."""
    words = {
        "organiser": _("organiser"),
        "programme editor": _("organiser"),
        "registration desk": _("team"),
        "helper": _("helper"),
    }
    rows = User.objects.filter(is_active=True, is_staff=True, groups__name__in=TEAM)
    found: Parts = defaultdict(list)
    for user, group in rows.values_list("pk", "groups__name").order_by("pk", "groups__name"):
        if words[group] not in found[user]:
            found[user].append(words[group])
    return found


def add_part(parts: Parts, user: int, appearance: Appearance) -> None:
    if (words := part_in_words(appearance)) not in parts[user]:
        parts[user].append(words)


def part_in_words(appearance: Appearance) -> str:
    return str(appearance.get_part_display())


def joined(words: Iterable[str]) -> str:
    return " · ".join(capfirst(word) for word in list(dict.fromkeys(words))[:MOST_PARTS])


def digest_of(code: str, name: str, organisation: str) -> str:
    """Tells later whether a badge still says what is true, without keeping the code."""
    return hashlib.sha256("\n".join([code, name, organisation]).encode()).hexdigest()[:16]


def said_now(row: Registration) -> str:
    return digest_of(row.ticket_code, row.user.name, row.organisation_words)


def is_printed(row: Registration) -> bool:
    """Whose name or organisation was corrected since then needs a new one."""
    return row.badge_printed_at is not None and row.badge_said in ("", said_now(row))
