"""Rows of presentations, each with what opens it, for every page that lists some."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.templatetags.texts import file_size, language_in_words, text
from conference.viewer import ANONYMOUS
from sessions.access import Access, access_of_all
from sessions.models import Presentation, PresentationFile
from sessions.previews.covers import covers_of

register = template.Library()


@register.inclusion_tag("sessions/_presentation_rows.html", takes_context=True)
def presentation_rows(
    context: template.Context,
    presentations: list[Presentation],
    show_session: bool = False,
    show_cover: bool = False,
) -> dict[str, Any]:
    """The rows of a list from listed_to(), with current_file and session selected; one query for all, one for covers."""
    presentations = list(presentations)
    request = context.get("request")
    viewer = getattr(request, "viewer", ANONYMOUS)
    access = access_of_all(presentations, viewer) if presentations else {}
    covers = covers_of(presentations, viewer) if show_cover else {}
    rows = [row_of(one, access[one.pk], show_session=show_session) for one in presentations]
    for one, row in zip(presentations, rows, strict=True):
        row["cover"] = covers.get(one.pk, "")
    return {"rows": rows}


def row_of(presentation: Presentation, access: Access, *, show_session: bool) -> dict[str, Any]:
    """What a row writes down, ready: templates look up a word faster than they follow a path."""
    file, session = presentation.current_file, presentation.session
    facts = [capfirst(str(Presentation.Kind(presentation.kind).label)), format_name(file)]
    facts += [language_in_words(presentation.language), file_size(file.size) if file and file.size else ""]
    return {
        "url": presentation.get_absolute_url(),
        "language": presentation.language,
        "title": presentation.title,
        "facts": ", ".join(filter(None, facts)),
        "state": access.state,
        "words": access.words,
        "session": text(session, "title") if show_session and session else "",
    }


@register.filter
def format_name(version: PresentationFile | None) -> str:
    """“PDF” for a file, the host for a link."""
    if version is None:
        return ""
    if version.link:
        return _("link to %(host)s") % {"host": urlsplit(version.link).hostname or version.link}
    return version.format.upper()
