"""What a person can still give feedback on: on their own page, and on that of a session they were in."""

from typing import Any

from django import template

from registration.feedback.asking import can_answer, to_answer
from registration.models import Registration
from sessions.models import Session

register = template.Library()


@register.inclusion_tag("registration/feedback/_mine.html")
def feedback_to_give(registration: Registration) -> dict[str, Any]:
    return {"asked": to_answer(registration)}


@register.inclusion_tag("registration/feedback/_of_session.html", takes_context=True)
def session_feedback(context: dict[str, Any], session: Session) -> dict[str, Any]:
    """Nothing is asked for a visitor, and nothing of the database for who has no place at the edition."""
    viewer = context["request"].viewer
    if viewer.user_id is None or session.edition_id not in viewer.editions_confirmed:
        return {"session": None}
    mine = Registration.objects.confirmed().filter(user=viewer.user_id, edition=session.edition_id).first()
    if mine:
        mine.edition = session.edition
    return {"session": session if mine and can_answer(mine, session) else None}
