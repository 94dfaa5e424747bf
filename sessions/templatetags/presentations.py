"""Rows of presentations, each with what opens it, for every page that lists some."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext as _

from conference.viewer import ANONYMOUS
from sessions.access import access_of_all
from sessions.models import Presentation, PresentationFile

register = template.Library()


@register.inclusion_tag("sessions/_presentation_rows.html", takes_context=True)
def presentation_rows(
    context: template.Context, presentations: list[Presentation], show_session: bool = False
) -> dict[str, Any]:
    """The rows of a list from listed_to(), with current_file and session selected; one query for all."""
    presentations = list(presentations)
    request = context.get("request")
    viewer = getattr(request, "viewer", ANONYMOUS)
    access = access_of_all(presentations, viewer) if presentations else {}
    rows = [(presentation, access[presentation.pk]) for presentation in presentations]
    return {"rows": rows, "show_session": show_session}


@register.filter
def format_name(version: PresentationFile | None) -> str:
    """“PDF” for a file, the host for a link."""
    if version is None:
        return ""
    if version.link:
        return _("link to %(host)s") % {"host": urlsplit(version.link).hostname or version.link}
    return version.format.upper()
