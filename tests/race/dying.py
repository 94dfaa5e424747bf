"""Run in the scratch site: an edition with much to do for the worker, and the tasks that ask for it; prints what the tests need."""

import json
import os
from datetime import timedelta
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from conference.models import Edition, Outbox  # noqa: E402
from conference.tasks import ask_for  # noqa: E402
from registration.badges.people import Choice  # noqa: E402
from registration.badges.printing import KIND as BADGES  # noqa: E402
from registration.certificates.tasks import ISSUE  # noqa: E402
from registration.groups.services import deal_out  # noqa: E402
from registration.groups.services import publish as publish_groups  # noqa: E402
from registration.models import CertificateRule, Group, GroupPlan  # noqa: E402
from registration.rounds.tasks import PUBLISH  # noqa: E402
from registration.services.allocating import compute  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import (  # noqa: E402
    make_check_in,
    make_ranking,
    make_release,
    make_round,
    make_session,
    make_slot,
    make_workshop,
)
from tests.race.people import kind, registered  # noqa: E402

EARLY, LATE = 30, 30  # the one who leaves is among the early ones


@transaction.atomic
def load() -> dict:
    factories.counter = count(1000 * (1 + Edition.objects.count()))
    anyone = kind()
    edition = anyone.edition
    people = [registered(anyone, f"Person {number}", queue_number=number) for number in range(EARLY)]
    plan = deal_some(edition)
    leaves = people.pop()
    leaves.status = "cancelled"
    leaves.save()
    people += [registered(anyone, f"Late {number}", queue_number=EARLY + number) for number in range(LATE)]
    attend(edition, people)
    tasks = [
        ask_for(PUBLISH, by=None, edition=edition, allocation=ranked(edition, people).pk, waits=True),
        ask_for(ISSUE, by=None, edition=edition),
        ask_for(BADGES, by=None, edition=edition, choice=Choice("a6").as_options()),
    ]
    last = Outbox.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {
        "edition": edition.pk, "plan": plan.pk, "people": len(people), "late": LATE, "last_mail": last,
        "tasks": [task.pk for task in tasks], "guids": [str(task.guid) for task in tasks],
    }  # fmt: skip


def deal_some(edition: Edition) -> GroupPlan:
    """A group, published; whoever registers later is dealt in by the worker."""
    plan = GroupPlan.objects.create(session=make_session(edition, "Groups"))
    Group.objects.create(plan=plan, name="Everybody", home=Group.Home.OTHERS)
    deal_out(plan=plan)
    publish_groups(plan=plan)
    return plan


def attend(edition: Edition, people: list) -> None:
    session = make_session(edition, "Opening")
    make_slot(session, release=make_release(edition))
    CertificateRule.objects.create(edition=edition)
    for one in people:
        make_check_in(one, session)


def ranked(edition: Edition, people: list) -> object:
    """A result in which everybody has a place and half of them wait for a better one."""
    workshops = [
        make_workshop(edition, title, capacity=len(people) // 2 + 1) for title in ("First", "Second")
    ]
    made = make_round(edition, workshops, closes_at=timezone.now() - timedelta(hours=1))
    for one in people:
        make_ranking(one, made, *workshops)
    return compute(round_=made, by=None)


if __name__ == "__main__":
    print(json.dumps(load()))
