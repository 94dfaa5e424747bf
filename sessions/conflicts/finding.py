"""Ask every rule about the draft of an edition."""

from collections.abc import Iterator

from django.urls import reverse

from conference.models import Edition
from sessions.conflicts.draft import Draft, load
from sessions.conflicts.registry import RULES, Conflict, Finding, Rule
from sessions.models import Session


def find_conflicts(edition: Edition) -> list[Conflict]:
    """All conflicts of the draft, those that forbid a release first; the same number of queries for any size."""
    return conflicts_in(load(edition))


def conflicts_in(draft: Draft) -> list[Conflict]:
    found = [conflict for one in RULES.values() for conflict in by_rule(one, draft)]
    return sorted(found, key=lambda conflict: not conflict.is_blocking)


def by_rule(one: Rule, draft: Draft) -> Iterator[Conflict]:
    for finding in one.find(draft):
        sessions = {slot.session_id: slot.session for slot in finding.slots}
        sessions.update({session.pk: session for session in finding.sessions})
        yield Conflict(
            rule=one.key,
            is_blocking=forbids(one, finding, sessions),
            words=finding.words,
            slot_guids=tuple(str(slot.guid) for slot in finding.slots),
            session_pks=tuple(sessions),
            cure_url=finding.cure_url or cure_of(one, sessions),
        )


def forbids(one: Rule, finding: Finding, sessions: dict[int, Session]) -> bool:
    """What is not published is not released, so it breaks nothing yet."""
    published = Session.Status.PUBLISHED
    return one.is_blocking and finding.may_block and all(one.status == published for one in sessions.values())


def cure_of(one: Rule, sessions: dict[int, Session]) -> str:
    session = list(sessions.values())[-1]
    if not one.cure:
        return reverse("admin:conference_edition_schedule_item", args=[session.edition_id, session.guid])
    return reverse("admin:conference_sessions_session_change", args=[session.pk]) + f"#{one.cure}"
