"""The persons of a file beside the speakers the site knows: by guid, house and number, address, then name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from django.conf import settings

from sessions.exchange.schedule import Person, Schedule
from sessions.services.importing.loading import Existing, of_person
from sessions.services.importing.naming import folded, free_slug
from sessions.services.importing.plan import Change, Plan
from speakers.models import Speaker


def key_of(person: Person) -> str:
    """The same for the same person in a file."""
    if person.guid or person.code or person.id:
        return f"{person.guid}/{person.code}/{person.id}"
    return person.email or f"name:{person.name.casefold()}"


class People:
    """Finds the row of each person of a file, each person once."""

    def __init__(self, plan: Plan, existing: Existing, schedule: Schedule) -> None:
        self.plan, self.existing, self.schedule = plan, existing, schedule
        self.by_guid = {speaker.guid: speaker for speaker in existing.speakers}
        self.by_email = {speaker.email.lower(): speaker for speaker in existing.speakers if speaker.email}
        self.by_name: dict[str, list[Speaker]] = defaultdict(list)
        for speaker in existing.speakers:
            if speaker.pk in existing.in_edition:
                self.by_name[speaker.name.casefold()].append(speaker)
        self.slugs = folded(existing.speaker_slugs)
        self.claimed: set[int] = set()
        self.rows: dict[str, Speaker] = {}

    def plan_all(self) -> None:
        persons = joined(person for event in self.schedule.events for person in event.persons)
        self.names: dict[str, list[str]] = defaultdict(list)
        for key, person in persons.items():
            self.names[person.name.casefold()].append(key)
        # Those with a guid or number first: who has only a name may be one of them.
        for key, person in sorted(persons.items(), key=lambda pair: pair[0].startswith("name:")):
            self.rows[key] = self.named_alike(person, key) or self.plan_one(person)

    def row_of(self, person: Person) -> Speaker:
        return self.rows[key_of(person)]

    def named_alike(self, person: Person, key: str) -> Speaker | None:
        others = [other for other in self.names[person.name.casefold()] if other != key]
        return self.rows.get(others[0]) if key.startswith("name:") and len(others) == 1 else None

    def plan_one(self, person: Person) -> Speaker:
        guids = of_person(person, self.schedule, self.existing.edition)
        by_guid = next((self.by_guid[guid] for guid in guids if guid in self.by_guid), None)
        row = by_guid or self.known(person)
        if row and row.pk in self.claimed:
            row = None
        if row:
            self.claimed.add(row.pk)
            change = Change(row)
            if by_guid:
                give(change, "name", person.name)
        else:
            slug = free_slug("", person.name, "speaker", 120, self.slugs)
            free = next((guid for guid in guids if guid not in self.by_guid), None)
            new = Speaker(name=person.name, slug=slug, **({"guid": free} if free else {}))
            self.by_guid[new.guid] = new
            change = Change(new, True)
        give(change, "biography", person.biography)
        give(change, "email", person.email)
        if not row or row.origin or not by_guid:
            change.give("origin", {**change.row.origin, **kept_of(person, is_new=change.is_new)})
        self.plan.speakers.append(change)
        return change.row

    def known(self, person: Person) -> Speaker | None:
        """By address, else by a name that only one has in the file and in the edition."""
        if person.email in self.by_email:
            return self.by_email[person.email]
        name = person.name.casefold()
        alike = self.by_name.get(name, [])
        if len(alike) != 1 or len(self.names[name]) != 1:
            return None
        numbers = [(alike[0].origin.get("code"), person.code), (alike[0].origin.get("id"), person.id)]
        is_another = any(known and given and known != given for known, given in numbers)
        return None if is_another else alike[0]


def give(change: Change[Speaker], column: str, value: str) -> None:
    """Who has an account keeps the own profile; a file only fills what is empty there."""
    if not (change.row.user_id and getattr(change.row, column)):
        change.give(column, value)


def kept_of(person: Person, *, is_new: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {"id": person.id, "code": person.code, "avatar": person.avatar}
    kept["url"] = "" if person.url.startswith(f"{settings.SITE_URL}/") else person.url
    kept["guid_given"] = is_new and bool(person.guid)
    return {name: value for name, value in kept.items() if value}


def joined(persons: Iterable[Person]) -> dict[str, Person]:
    """Each person once, with what any mention says; the first mention wins."""
    found: dict[str, Person] = {}
    for person in persons:
        key = key_of(person)
        known = found.get(key)
        if known is None:
            found[key] = person
        elif known != person:
            empty = [part.name for part in fields(Person) if not getattr(known, part.name)]
            found[key] = replace(known, **{name: getattr(person, name) for name in empty})
    return found
