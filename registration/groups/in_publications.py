"""What groups and workshops decided, for publications that collect it."""

from collections.abc import Collection

from django.db.models import Q

from conference.templatetags.texts import shown
from registration.groups.outcomes import approved_in
from registration.models import Outcome
from sessions.publications.outcomes import Decision


def decisions(sessions: Collection[int]) -> dict[int, list[Decision]]:
    """Public outcomes of these sessions and of the parts that take place in them; one query."""
    found: dict[int, list[Decision]] = {}
    for outcome in approved_in(Q(session__in=sessions) | Q(session__part_of__in=sessions)):
        for key in {outcome.session_id, outcome.session.part_of_id} & set(sessions):
            found.setdefault(key, []).append(decision(outcome))  # type: ignore[arg-type]
    return found


def decision(outcome: Outcome) -> Decision:
    circle = shown(outcome.group, "name")[0] if outcome.group else shown(outcome.session, "title")[0]
    return Decision(circle, outcome.problem, outcome.action, outcome.who, outcome.deadline, outcome.contact)
