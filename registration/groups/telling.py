"""Tells people in which group they sit: once, and of another group only when the organiser wants it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import translation

from conference.mail import absolute, queue_mail_to_each
from registration.groups.members import standing
from registration.groups.own import Circle, circles_by_group, circles_in
from registration.models import GroupPlace, GroupPlan
from sessions.models import Session

Letters = dict[
    tuple[int, str, bool], list[GroupPlace]
]  # by group, language, and whether it is another one now


def is_ahead(plan: GroupPlan, at: datetime | None = None) -> bool:
    """Whether people find the session on the site, and it is not over."""
    session = plan.session
    is_shown = session.status == Session.Status.PUBLISHED and session.edition.is_published
    return is_shown and session.edition.phase(at) != "after"


def can_be_told(plan: GroupPlan, at: datetime | None = None) -> bool:
    return plan.is_published and is_ahead(plan, at)


def readers_of(plan: GroupPlan) -> QuerySet[GroupPlace]:
    """Those in a group who can read a mail; a colleague who has not taken the registration over cannot yet."""
    return standing().filter(plan=plan, registration__user__is_active=True)


def is_moved(place: GroupPlace, circle: Circle) -> bool:
    """Whether the person was told of another group."""
    return place.told_id not in (None, circle.group.pk)


def tell(plan: GroupPlan, *, also_moved: bool, at: datetime | None = None) -> int:
    """One mail to each who was told nothing yet; the plan is locked. How many mails it were."""
    if not can_be_told(plan, at):
        return 0
    circles = circles_by_group(circles_in(plan.groups.all()))
    letters: Letters = defaultdict(list)
    for place in readers_of(plan).select_related("registration__user").order_by("pk"):
        circle = circles[place.group_id]
        moved = is_moved(place, circle)
        if place.told_id is None or (moved and also_moved):
            letters[circle.group.pk, place.registration.user.language, moved].append(place)
    return send(plan.session, letters, circles)


def send(session: Session, letters: Letters, circles: dict[int, Circle]) -> int:
    """A mail is composed once for each group and language."""
    for (group, language, moved), places in letters.items():
        circle = circles[group]
        with translation.override(language):
            link = absolute(session.get_absolute_url())
        context = {
            "session": session,
            "edition": session.edition,
            "circle": circle,
            "moved": moved,
            "link": link,
        }
        to = [place.registration.user.email for place in places]
        queue_mail_to_each(to=to, template="group", context=context, language=language)
        note(places, circle)
    return sum(map(len, letters.values()))


def note(places: Iterable[GroupPlace], circle: Circle) -> None:
    GroupPlace.objects.filter(pk__in=[place.pk for place in places]).update(told=circle.group)
