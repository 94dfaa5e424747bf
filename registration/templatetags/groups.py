"""Groups and outcomes on the pages of other rooms: a session's, a person's own, and a speaker's desk."""

from itertools import groupby
from typing import Any

from django import template

from conference.models import Edition
from registration.groups.access import LEADING_PARTS, leading_of
from registration.groups.merging import homes_of
from registration.groups.on_session_page import GROUPS, OUTCOMES
from registration.groups.outcomes import public_outcomes
from registration.groups.own import OwnGroup, circles_in, own_groups, own_places, published_plan
from registration.models import Group, Outcome
from sessions.models import Appearance, Session

register = template.Library()


@register.inclusion_tag("registration/attendee/_session_groups.html", takes_context=True)
def session_groups(context: dict[str, Any], session: Session, above: set[str]) -> dict[str, Any]:
    """The published groups of a session, the visitor's own first; and for who leads it the way to its people."""
    request = context["request"]
    user_id = request.viewer.user_id
    shown: dict[str, Any] = {"session": session, "edition": session.edition, "leads": False}
    plan = published_plan(session) if session.is_public and GROUPS in above else None
    if plan:
        shown["circles"] = circles_in(plan.groups.all())
    if user_id is None:
        return shown
    shown["leads"] = session.kind != "break" and leading_of(request, session) is not None
    place = own_places(user_id, plan=plan).first() if plan else None
    if place:
        homes = homes_of(group for circle in shown["circles"] for group in circle.groups)
        shown["own_key"] = homes[place.group_id]
    return shown


@register.inclusion_tag("registration/attendee/_session_outcomes.html")
def session_outcomes(session: Session, above: set[str]) -> dict[str, Any]:
    """What was agreed on and approved, by group."""
    rows = list(public_outcomes(session)) if OUTCOMES in above else []

    def heading(row: Outcome) -> tuple[int, int | None]:
        return row.session_id, row.group_id

    sections = [
        (next(iter(found)), found) for _key, group in groupby(rows, heading) if (found := list(group))
    ]
    return {"session": session, "edition": session.edition, "sections": sections}


@register.simple_tag(takes_context=True)
def my_groups(context: dict[str, Any], edition: Edition) -> list[OwnGroup]:
    """The groups in which the visitor is, at this edition."""
    return list(own_groups(context["request"].viewer.user_id, edition).values())


@register.simple_tag(takes_context=True)
def led_sessions(context: dict[str, Any]) -> set[int]:
    """The sessions that the visitor leads by an appearance, for all rows of a desk at once."""
    user_id = context["request"].viewer.user_id
    leading = Appearance.objects.filter(
        speaker__user=user_id,
        part__in=LEADING_PARTS,
        session__status=Session.Status.PUBLISHED,
        session__edition__is_published=True,
    )
    return set(leading.values_list("session", flat=True))


@register.simple_tag(takes_context=True)
def led_groups(context: dict[str, Any]) -> list[Group]:
    """The published groups that the visitor facilitates, over all editions."""
    groups = Group.objects.filter(
        facilitators__user=context["request"].viewer.user_id,
        plan__is_published=True,
        plan__session__status=Session.Status.PUBLISHED,
        plan__session__edition__is_published=True,
    )
    return list(groups.select_related("plan__session__edition", "room").order_by("-plan", "position", "pk"))
