"""Links to packs where there is something to take, with how much it is."""

from collections.abc import Iterable
from typing import Any

from django import template

from conference.models import Edition
from conference.viewer import ANONYMOUS, Viewer
from registration.packs.offering import Offer, offer_of, offer_of_search, offer_of_session, offers_of_tracks
from sessions.library.found import Found
from sessions.models import Session

register = template.Library()


def viewer_in(context: template.Context) -> Viewer:
    viewer: Viewer = getattr(context.get("request"), "viewer", ANONYMOUS)
    return viewer


@register.inclusion_tag("registration/packs/_link.html", takes_context=True)
def pack_link(context: template.Context, kind: str, key: object, words: str) -> dict[str, Any]:
    """Nothing at all where this viewer could take nothing."""
    return {"offer": offer_of(kind, key, viewer_in(context)), "words": words}


@register.inclusion_tag("registration/packs/_link.html")
def pack_link_of_session(session: Session, presentations: Iterable[Any], words: str) -> dict[str, Any]:
    """The same, of presentations with those of the parts, as their page has them."""
    return {"offer": offer_of_session(session, presentations), "words": words}


@register.inclusion_tag("registration/packs/_link.html", takes_context=True)
def pack_link_of_search(context: template.Context, found: Found, words: str) -> dict[str, Any]:
    offer = offer_of_search(found.asked, found.presentations, viewer_in(context))
    return {"offer": offer, "words": words}


@register.simple_tag(takes_context=True)
def load_packs_of_tracks(context: template.Context, edition: Edition) -> list[Offer]:
    return offers_of_tracks(edition, viewer_in(context))
