"""Who reads what people answered: organisers everything, and whoever is on stage in a session what is about it."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from conference.accounts.staff import second_factor_missing
from conference.editions import edition_of
from conference.models import Edition, User
from registration.feedback.asking import plan_of
from registration.models import FeedbackPlan
from sessions.models import Session


@dataclass(frozen=True)
class Asked:
    """What is asked about, a session or the edition as a whole, and the plan if anything is asked at all."""

    edition: Edition
    plan: FeedbackPlan | None
    session: Session | None


def asked_or_404(request: HttpRequest, edition: str, slug: str | None) -> Asked:
    where = edition_of(request, edition)
    plan = plan_of(where)
    session = get_object_or_404(Session.objects.filter(edition=where), slug=slug) if slug else None
    if plan:
        plan.edition = where
    if session:
        session.edition = where
    return Asked(where, plan, session)


def is_organiser_of_feedback(request: HttpRequest) -> bool:
    """As the admin asks: with a second factor, and now."""
    user = cast(User, request.user)
    may_read = user.is_staff and user.has_perm("registration.view_feedbackplan")
    return may_read and not second_factor_missing(request)


def may_hide(request: HttpRequest) -> bool:
    return is_organiser_of_feedback(request) and request.user.has_perm("registration.change_feedbackplan")


def may_read_results(request: HttpRequest, session: Session | None) -> bool:
    if is_organiser_of_feedback(request):
        return True
    if session is None or not session.is_public:
        return False
    return session.appearances.filter(speaker__user=request.viewer.user_id).exists()  # type: ignore[attr-defined]
