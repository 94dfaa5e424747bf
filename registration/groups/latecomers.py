"""What the worker does for groups: newcomers get one and hear of it, and whoever left loses it."""

import logging
from datetime import datetime

from django.db.models import QuerySet

from conference import clock
from registration.groups.exceptions import NoGroups
from registration.groups.members import members_of
from registration.groups.services import deal_out, tell_new
from registration.groups.telling import can_be_told, readers_of
from registration.models import GroupPlan
from sessions.models import Session

logger = logging.getLogger(__name__)


def see_to_latecomers(at: datetime | None = None) -> None:
    at = at or clock.now()
    deal_in_latecomers(at)
    tell_newcomers(at)


def deal_in_latecomers(at: datetime | None = None) -> int:
    """In every plan that was dealt out and is not over, newcomers get a group, and others leave."""
    at = at or clock.now()
    due = [plan for plan in dealt_plans() if is_behind(plan, at)]
    for plan in due:
        try:
            deal_out(plan=plan, at=at)
        except NoGroups:
            logger.info("The groups of %s are gone; nobody is dealt in.", plan)
    return len(due)


def tell_newcomers(at: datetime | None = None) -> int:
    """Whoever sits in a published group and was told of none. How many mails."""
    at = at or clock.now()
    published = dealt_plans().filter(is_published=True)
    return sum(tell_new(plan=plan, at=at) for plan in published if has_untold(plan, at))


def dealt_plans() -> QuerySet[GroupPlan]:
    plans = GroupPlan.objects.filter(dealt_at__isnull=False, session__status__in=Session.PLANNABLE)
    return plans.select_related("session__edition")


def is_behind(plan: GroupPlan, at: datetime) -> bool:
    """Whether somebody came or left since; asked without the lock."""
    if plan.session.edition.phase(at) == "after":
        return False
    members = members_of(plan.session)
    came = members.exclude(group_places__plan=plan).exists()
    return came or plan.places.exclude(registration__in=members).exists()


def has_untold(plan: GroupPlan, at: datetime) -> bool:
    """Whether there is somebody to write to; asked without the lock."""
    return can_be_told(plan, at) and readers_of(plan).filter(told=None).exists()
