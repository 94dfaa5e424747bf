"""What people see of published groups: their own, and on the session's page all of them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from conference.models import Edition, Room
from registration.groups.members import standing
from registration.groups.merging import homes_of
from registration.models import Group, GroupPlace, GroupPlan
from sessions.models import Session
from speakers.models import Speaker


@dataclass
class Circle:
    """A group as people meet it: with those merged into it, and everyone who facilitates them."""

    group: Group
    parts: list[Group] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        return [self.group, *self.parts]

    @property
    def room(self) -> Room | None:
        return self.group.room

    @property
    def facilitators(self) -> list[Speaker]:
        people = {one.pk: one for group in self.groups for one in group.facilitators.all()}
        return list(people.values())


@dataclass(frozen=True)
class OwnGroup:
    """A person's own group of a session."""

    session: Session
    circle: Circle


def circles_in(groups: QuerySet[Group]) -> list[Circle]:
    """The groups in which people sit, in the organiser's order, from those of one or more plans; two queries."""
    rows = {group.pk: group for group in groups.select_related("room").prefetch_related("facilitators")}
    homes = homes_of(rows.values())
    circles = {pk: Circle(group) for pk, group in rows.items() if homes[pk] == pk}
    for pk, group in rows.items():
        if homes[pk] != pk:
            circles[homes[pk]].parts.append(group)
    return list(circles.values())


def circles_by_group(circles: list[Circle]) -> dict[int, Circle]:
    return {group.pk: circle for circle in circles for group in circle.groups}


def published_plan(session: Session) -> GroupPlan | None:
    return GroupPlan.objects.filter(session=session, is_published=True).first()


def own_places(user_id: int, **which: object) -> QuerySet[GroupPlace]:
    """Where a person sits, in groups that are published of sessions that take place."""
    places = standing().filter(
        registration__user=user_id,
        plan__is_published=True,
        plan__session__status=Session.Status.PUBLISHED,
        **which,
    )
    return places.select_related("plan__session").order_by("plan")


def own_groups(user_id: int, edition: Edition) -> dict[int, OwnGroup]:
    """A person's groups of an edition by session; one small query if there are none, else four."""
    if not GroupPlan.objects.filter(is_published=True, session__edition=edition).exists():
        return {}
    places = list(own_places(user_id, plan__session__edition=edition))
    if not places:
        return {}
    circles = circles_by_group(circles_in(Group.objects.filter(plan__in=[place.plan_id for place in places])))
    found = {}
    for place in places:
        session = place.plan.session
        session.edition = edition
        found[session.pk] = OwnGroup(session, circles[place.group_id])
    return found


def sessions_with_own_groups(user_id: int) -> list[int]:
    """The pks of sessions in which a person has a group, over all editions, for a calendar; one query."""
    return list(own_places(user_id).order_by().values_list("plan__session", flat=True))


def counts_of(plans: list[int]) -> dict[int, int]:
    """How many people sit in each group, by the group to which they were dealt; one query."""
    counts: dict[int, int] = defaultdict(int)
    for group_id in standing().filter(plan__in=plans).values_list("group", flat=True):
        counts[group_id] += 1
    return counts
