"""Tells the page of a session, within its own query, whether there are groups or outcomes to show."""

from django.db.models import Exists, QuerySet

from registration.groups.outcomes import public_outcomes
from registration.models import GroupPlan
from sessions.models import Session
from sessions.surroundings import marked

GROUPS, OUTCOMES = "groups", "outcomes"


def groups(session: Session) -> QuerySet:
    return marked(session, GROUPS, Exists(GroupPlan.objects.filter(session=session.pk, is_published=True)))


def outcomes(session: Session) -> QuerySet:
    return marked(session, OUTCOMES, Exists(public_outcomes(session).order_by()))
