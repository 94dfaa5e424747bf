"""Places in workshops, in words: for lists in one query, and the panel on a workshop's own page."""

from collections.abc import Iterable
from typing import Any

from django import template

from registration.panels import panel_of
from registration.places import NO_PLACES, Places, places_in
from sessions.models import Session

register = template.Library()


@register.simple_tag
def load_places(workshops: Iterable[Session]) -> dict[int, Places]:
    """Places of all these workshops in one query."""
    return places_in(workshops)


@register.simple_tag
def place_of(places: dict[int, Places], workshop: Session) -> Places:
    """The places of one workshop: .state (open, few, full, none) and .words."""
    return places.get(workshop.pk, NO_PLACES)


@register.simple_tag
def places_now(workshop: Session) -> Places:
    """Places of one workshop by itself; one query."""
    return places_in([workshop]).get(workshop.pk, NO_PLACES)


@register.inclusion_tag("registration/attendee/_booking_panel.html", takes_context=True)
def booking_panel(context: dict[str, Any], workshop: Session) -> dict[str, Any]:
    """What the visitor can do about a place in this workshop."""
    return panel_of(context["request"], workshop)
