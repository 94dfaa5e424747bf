"""The pages of a presentation in small, and how far its preview is."""

from typing import Any

from django import template

from conference.viewer import ANONYMOUS
from sessions.models import Presentation
from sessions.previews.access import pages_open_to
from sessions.previews.pages import COVER
from sessions.previews.viewing import made_preview, steps_of

register = template.Library()
SHOWN = 6  # small pictures on the page of a presentation


@register.inclusion_tag("sessions/previews/_look_inside.html", takes_context=True)
def look_inside(context: template.Context, presentation: Presentation) -> dict[str, Any]:
    """The first pages, each leading to the viewer; nothing without a preview."""
    preview = made_preview(presentation)
    if not preview:
        return {"presentation": presentation, "steps": ()}
    viewer = getattr(context.get("request"), "viewer", ANONYMOUS)
    pages_open = pages_open_to(presentation, viewer)
    return {
        "presentation": presentation,
        "preview": preview,
        "pages_open": pages_open,
        "steps": steps_of(preview, 1, SHOWN, pages_open),
        "cover": COVER if preview.has_cover and not preview.has_pictures and pages_open != 0 else None,
        "more": max(0, preview.page_count - SHOWN),
    }
