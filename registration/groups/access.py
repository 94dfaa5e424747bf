"""Who leads a session or some of its groups: they see who comes, may write to them, and record the outcome.

Asked anew with every request, so that whoever is no longer a facilitator is out at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from conference.accounts.staff import second_factor_missing
from conference.editions import edition_of
from conference.models import User
from registration.groups.merging import homes_of
from registration.models import Group
from registration.services.needs import needs_deleted_on
from sessions.models import Appearance, Session

LEADING_PARTS = (Appearance.Part.FACILITATOR, Appearance.Part.CHAIR, Appearance.Part.SPEAKER)


@dataclass(frozen=True)
class Leading:
    """One session and how much of it a person leads: all of it, or only the people of these groups."""

    session: Session
    is_organiser: bool = False
    group_ids: frozenset[int] | None = None  # groups in which people sit; None: everybody

    def includes(self, group_id: int | None) -> bool:
        return self.group_ids is None or group_id in self.group_ids

    def may_see_people(self, at: datetime | None = None) -> bool:
        """Facilitators until the needs of the edition are deleted; organisers as in the admin."""
        edition = self.session.edition
        day = needs_deleted_on(edition)
        return self.is_organiser or day is None or edition.today(at) < day


def led_or_404(request: HttpRequest, edition: str, slug: str) -> Leading:
    """What this person leads of the session at this address; for everybody else nothing is there."""
    where = edition_of(request, edition)
    session = get_object_or_404(Session.objects.filter(edition=where), slug=slug)
    session.edition = where
    leading = leading_of(request, session)
    if leading is None:
        raise Http404
    return leading


def leading_of(request: HttpRequest, session: Session) -> Leading | None:
    """Organisers lead everything; others what takes place and has them as facilitator, chair or speaker."""
    if request.viewer.user_id is None:  # type: ignore[attr-defined]
        return None
    if is_organiser_of_groups(request):
        return Leading(session, is_organiser=True)
    if not session.is_public:
        return None
    user = request.viewer.user_id  # type: ignore[attr-defined]
    if session.appearances.filter(speaker__user=user, part__in=LEADING_PARTS).exists():
        return Leading(session)
    groups = groups_led(user, session)
    return Leading(session, group_ids=groups) if groups else None


def is_organiser_of_groups(request: HttpRequest) -> bool:
    """Staff who may move people between groups, and have proved themselves as the admin asks."""
    user = cast(User, request.user)
    may_move = user.is_staff and user.has_perm("registration.change_groupplace")
    return may_move and not second_factor_missing(request)


def groups_led(user_id: int, session: Session) -> frozenset[int]:
    """Those in which the people of this facilitator sit, once the groups are published."""
    groups = Group.objects.filter(plan__session=session, plan__is_published=True)
    led = set(groups.filter(facilitators__user=user_id).values_list("pk", flat=True))
    homes = homes_of(groups) if led else {}
    return frozenset(homes[pk] for pk in led)
