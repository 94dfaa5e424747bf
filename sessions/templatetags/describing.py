"""How accessible a file is, in words: advice for who made it, a label for who reads it."""

from typing import Any

from django import template

from conference.viewer import ANONYMOUS
from sessions.access import access_of
from sessions.describing.advice import advice_on, label_for, was_examined
from sessions.models import Presentation, PresentationFile, Preview
from sessions.previews.pages import COVER
from sessions.previews.words import state_words
from sessions.templatetags.presentations import row_of

register = template.Library()
GOING = [Preview.State.WAITING.value, Preview.State.RUNNING.value]


@register.inclusion_tag("sessions/desk/_progress.html")
def file_progress(
    presentation: Presentation, version: PresentationFile | None, is_by_link: bool = False
) -> dict[str, Any]:
    """For its speaker: the preview, its first picture, and advice once the file was examined."""
    preview = version.preview if version else None
    return {
        "presentation": presentation,
        "version": version,
        "preview": preview,
        "words": state_words(preview) if preview else "",
        "is_going": preview is not None and preview.state in GOING,
        # Whoever came by a link has no account that could ask for the picture.
        "cover": None if is_by_link or not preview else cover_of(preview),
        "is_examined": was_examined(preview),
        "advice": advice_on(version),
    }


def cover_of(preview: Preview) -> int | None:
    """The number of the picture that stands for the whole file."""
    if preview.state != Preview.State.DONE:
        return None
    return COVER if preview.has_cover else 1 if preview.has_pictures else None


@register.inclusion_tag("sessions/_presentation_rows.html")
def row_for_others(presentation: Presentation) -> dict[str, Any]:
    """The row in lists as somebody without an account sees it."""
    access = access_of(presentation, ANONYMOUS)
    return {"rows": [row_of(presentation, access, show_session=True)]}


@register.filter
def accessibility_label(version: PresentationFile | None) -> str:
    return label_for(version.preview) if version else ""


@register.filter
def latest_version(presentation: Presentation) -> PresentationFile | None:
    """Read the versions along: asks the database nothing then."""
    return max(presentation.versions.all(), key=lambda version: version.number, default=None)
