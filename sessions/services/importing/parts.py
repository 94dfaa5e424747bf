"""Who is in an imported session, and where it links to; what is here and not in the file stays."""

from collections import Counter
from collections.abc import Iterable

from sessions.exchange.schedule import Event, Person
from sessions.models import Appearance, Session, SessionLink
from sessions.services.importing.loading import Existing
from sessions.services.importing.people import People
from sessions.services.importing.plan import Change, Plan

Part = Appearance.Part


def plan_appearances(
    plan: Plan, existing: Existing, people: People, session: Change[Session], persons: Iterable[Person]
) -> None:
    rows = {row.speaker_id: row for row in reversed(existing.appearances.get(session.row.pk, []))}
    speakers = list({id(row): row for row in map(people.row_of, persons)}.values())
    new: list[str] = []
    for position, speaker in enumerate(speakers):
        row = rows.pop(speaker.pk, None) if speaker.pk else None
        if row is None:
            made = Appearance(session=session.row, speaker=speaker, part=Part.SPEAKER, position=position)
            plan.appearances.append(Change(made, True))
            new.append(speaker.name)
        else:
            change = Change(row)
            if row.part == Part.SPEAKER:
                change.give("position", position)
            plan.appearances.append(change)
    if new:
        session.say("persons", "", ", ".join(new))
    plan.untouched["speakers"] = plan.untouched.get("speakers", 0) + (len(rows) if speakers else 0)


def plan_links(plan: Plan, existing: Existing, session: Change[Session], event: Event) -> None:
    """An address may stand twice with two titles; the first of the file is the first here."""
    rows: dict[tuple[str, str, int], SessionLink] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for row in existing.links.get(session.row.pk, []):
        seen[row.kind, row.url] += 1
        rows[row.kind, row.url, seen[row.kind, row.url]] = row
    seen.clear()
    new: list[str] = []
    given = [(SessionLink.Kind.LINK, link) for link in event.links]
    given += [(SessionLink.Kind.ATTACHMENT, link) for link in event.attachments]
    for position, (kind, link) in enumerate(given):
        seen[kind, link.url] += 1
        known = rows.get((kind, link.url, seen[kind, link.url]))
        change = Change(
            known or SessionLink(session=session.row, kind=kind, url=link.url), is_new=known is None
        )
        change.give("title", link.title if link.title != link.url else "")
        change.give("position", position)
        plan.links.append(change)
        new += [link.url] if known is None or "title" in change.columns else []
    if new:
        session.say("addresses", "", " ".join(new))
