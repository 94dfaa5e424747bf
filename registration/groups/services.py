"""Deal people out to the groups of a session, move them by hand, merge small groups, and publish.

Every change is made under the lock of the plan, so that two organisers and the worker take turns. A place keeps the group
to which its person was dealt; merging only says where that group sits, so undoing a merge brings everyone back.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from conference import clock
from conference.trail.records import note
from registration.groups.dealing import Target, deal
from registration.groups.exceptions import CannotMerge, GroupGone, NoGroups, NotDealtYet
from registration.groups.members import members_of, people_of
from registration.groups.merging import homes_of
from registration.groups.telling import tell
from registration.models import Group, GroupPlace, GroupPlan


def lock_plan(pk: int) -> GroupPlan:
    plans = GroupPlan.objects.select_for_update(no_key=True, of=("self",))
    return plans.select_related("session__edition").get(pk=pk)


@transaction.atomic
def deal_out(
    *, plan: GroupPlan, anew: bool = False, again: Collection[int] = (), at: datetime | None = None
) -> GroupPlan:
    """Give everyone who takes part a group, and take those away who left.

    Anew: all but those placed by hand are dealt again. Otherwise only whoever came later, and the registrations
    that are named.
    """
    locked = lock_plan(plan.pk)
    groups = list(locked.groups.all())
    if not groups:
        raise NoGroups
    rows = {place.registration_id: place for place in locked.places.all()}
    members = list(members_of(locked.session))
    kept = {pk: place.group_id for pk, place in rows.items() if place.is_fixed or not (anew or pk in again)}
    dealt = deal([as_target(group) for group in groups], people_of(locked, members, kept))
    write_down(locked, rows, {pk: group for pk, group in dealt.items() if group is not None})
    if anew or locked.dealt_at is None:
        locked.dealt_at = at or clock.now()
        locked.save(update_fields=["dealt_at"])
    return locked


def as_target(group: Group) -> Target:
    return Target(group.pk, group.home, frozenset(group.values), group.maximum)


def write_down(plan: GroupPlan, rows: dict[int, GroupPlace], dealt: dict[int, int]) -> None:
    """Only what differs from what is there: three statements at most."""
    gone = [place.pk for pk, place in rows.items() if pk not in dealt]
    moved = [place for pk, place in rows.items() if pk in dealt and place.group_id != dealt[pk]]
    for place in moved:
        place.group_id = dealt[place.registration_id]
    new = [
        GroupPlace(plan=plan, registration_id=pk, group_id=group)
        for pk, group in dealt.items()
        if pk not in rows
    ]
    if gone:
        GroupPlace.objects.filter(pk__in=gone).delete()
    GroupPlace.objects.bulk_update(moved, ["group"])
    GroupPlace.objects.bulk_create(new)


@transaction.atomic
def move(*, plan: GroupPlan, registrations: Collection[int], group: Group | None) -> int:
    """Put people into a group by hand, where they stay; without a group, where their answer leads. How many it was."""
    locked = lock_plan(plan.pk)
    if group and not locked.groups.filter(pk=group.pk).exists():
        raise GroupGone
    members = set(members_of(locked.session).filter(pk__in=registrations).values_list("pk", flat=True))
    if group is None:
        locked.places.filter(registration__in=members).update(is_fixed=False)
        deal_out(plan=locked, again=members)
    else:
        seat(locked, members, group)
    return len(members)


def seat(plan: GroupPlan, members: set[int], group: Group) -> None:
    """Where an organiser wants them, whether or not they had a group."""
    there = plan.places.filter(registration__in=members)
    seated = set(there.values_list("registration", flat=True))
    there.update(group=group, is_fixed=True)
    GroupPlace.objects.bulk_create(
        GroupPlace(plan=plan, registration_id=pk, group=group, is_fixed=True)
        for pk in sorted(members - seated)
    )


@transaction.atomic
def merge(*, group: Group, into: Group) -> None:
    """From now on the people of one group sit with another; nobody is moved, so it can be undone."""
    locked = lock_plan(group.plan_id)
    groups = {row.pk: row for row in locked.groups.all()}
    homes = homes_of(groups.values())
    is_whole = homes.get(group.pk) == group.pk and into.pk in groups
    if not is_whole or homes[into.pk] == group.pk:
        raise CannotMerge
    groups[group.pk].merged_into = groups[homes[into.pk]]
    groups[group.pk].save(update_fields=["merged_into"])


@transaction.atomic
def undo_merge(*, group: Group) -> None:
    lock_plan(group.plan_id)
    Group.objects.filter(pk=group.pk).update(merged_into=None)
    note(Group.objects.filter(pk=group.pk))


@transaction.atomic
def publish(*, plan: GroupPlan, at: datetime | None = None) -> int:
    """People see their group from now on, and each gets a mail; whoever came since is dealt in first. How many mails."""
    locked = lock_plan(plan.pk)
    if locked.dealt_at is None:
        raise NotDealtYet
    deal_out(plan=locked, at=at)
    locked.is_published = True
    locked.save(update_fields=["is_published"])
    return tell(locked, also_moved=True, at=at)


@transaction.atomic
def tell_moved(*, plan: GroupPlan, at: datetime | None = None) -> int:
    """Write to those who sit elsewhere than they were told. How many mails."""
    return tell(lock_plan(plan.pk), also_moved=True, at=at)


@transaction.atomic
def tell_new(*, plan: GroupPlan, at: datetime | None = None) -> int:
    """Write to those who were told nothing yet."""
    return tell(lock_plan(plan.pk), also_moved=False, at=at)


@transaction.atomic
def take_back(*, plan: GroupPlan) -> None:
    """Nobody sees the groups any more; who is where is kept."""
    lock_plan(plan.pk)
    GroupPlan.objects.filter(pk=plan.pk).update(is_published=False)
    note(GroupPlan.objects.filter(pk=plan.pk))
