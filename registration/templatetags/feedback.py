"""On a person's own page: what they can still give feedback on. On pages of who leads a session: the way to what people said."""

from typing import Any

from django import template

from registration.feedback.asking import to_answer
from registration.models import Registration

register = template.Library()


@register.inclusion_tag("registration/feedback/_mine.html")
def feedback_to_give(registration: Registration) -> dict[str, Any]:
    return {"asked": to_answer(registration)}
