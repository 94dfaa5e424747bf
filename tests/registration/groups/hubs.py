"""What the tests of groups share: a session that splits by country, with two facilitators who have accounts."""

from conference.models import Outbox
from registration.groups.services import deal_out, publish
from registration.models import Group, GroupPlan
from tests.factories import make_edition, make_registration, make_session, make_speaker, make_user


def make_plan(session=None, **fields):
    return GroupPlan.objects.create(session=session or make_session(make_edition()), **fields)


def make_group(plan, name="Group", values=(), **fields):
    fields.setdefault("position", plan.groups.count())
    return Group.objects.create(plan=plan, name=name, values=list(values), **fields)


def make_member(plan, name="Ada", country="BE", **fields):
    return make_registration(name, plan.session.edition, country=country, **fields)


def make_facilitator(group, name="Noor"):
    speaker = make_speaker(name, user=make_user(name))
    group.facilitators.add(speaker)
    return speaker.user


def make_hubs():
    """Published: Belgium with Ada and Ben, Italy with Gia; facilitated by Noor and by Giorgio."""
    plan = make_plan(make_session(make_edition(slug="ed"), "Country groups", slug="hubs"))
    belgium = make_group(plan, "Belgium", ["BE"])
    italy = make_group(plan, "Italy", ["IT"])
    make_group(plan, "Other countries", home="others")
    make_member(plan, "Ada")
    make_member(plan, "Ben")
    make_member(plan, "Gia", country="IT")
    make_facilitator(belgium, "Noor")
    make_facilitator(italy, "Giorgio")
    deal_out(plan=plan)
    publish(plan=plan)
    Outbox.objects.all().delete()  # that they were told is another test's
    plan.refresh_from_db()
    return plan


def seating(plan):
    """Who is dealt where, by name."""
    places = plan.places.select_related("group", "registration__user").order_by("registration__user__name")
    return {place.registration.user.name: place.group.name for place in places}
