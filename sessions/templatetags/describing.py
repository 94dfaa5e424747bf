"""How accessible a file is, in words: advice for who made it, a label for who reads it."""

from typing import Any

from django import template

from conference.viewer import ANONYMOUS
from sessions.access import access_of
from sessions.describing.advice import advice_on, label_for, was_examined
from sessions.models import Presentation, PresentationFile
from sessions.templatetags.presentations import row_of

register = template.Library()


@register.inclusion_tag("sessions/desk/_advice.html")
def accessibility_advice(version: PresentationFile | None) -> dict[str, Any]:
    """For its speaker; nothing while the file was not examined."""
    is_examined = bool(version) and was_examined(version.preview)  # type: ignore[union-attr]
    return {"is_examined": is_examined, "advice": advice_on(version)}


@register.inclusion_tag("sessions/_presentation_rows.html")
def row_for_others(presentation: Presentation) -> dict[str, Any]:
    """The row in lists as somebody without an account sees it."""
    access = access_of(presentation, ANONYMOUS)
    return {"rows": [row_of(presentation, access, show_session=True)]}


@register.filter
def accessibility_label(version: PresentationFile | None) -> str:
    return label_for(version.preview) if version else ""
