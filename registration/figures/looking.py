"""Counts who looks at a presentation, also when the page is a kept one: people, not programmes; never who.

Its own page counts, and any of its pages in the viewer, once for whoever comes from elsewhere: turning the pages of a
presentation, or going on from it to the viewer, is the same look. The browser says where it comes from; a browser
that does not is counted each time.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from conference.kept_pages import first_words
from registration.services.downloads import country_of
from registration.services.views import count_view

Respond = Callable[[HttpRequest], HttpResponse]
# What fetches pages for search engines, previews of links, scanners of mail, feeds and archives says so, mostly.
PROGRAMMES = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|fetch|scrap|scanner|archiv|monitor|headless|facebookexternalhit|whatsapp|"
    r"curl|wget|python|java/|okhttp|go-http|libwww|httpclient|node|ruby|perl|lighthouse",
    re.IGNORECASE,
)
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
SEEN = (200, 304)  # whoever has the page already is told that it is still the same


def count_views(get_response: Respond) -> Respond:
    """Outside the kept pages. The count is written when the answer is out, so nobody waits for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        guid = presentation_of(request.path_info)
        if guid and response.status_code in SEEN and is_person(request) and not is_going_on(request, guid):
            # As Django closes what an answer held.
            response._resource_closers.append(lambda: note(request, guid))  # type: ignore[attr-defined]
        return response

    return middleware


def presentation_of(path: str) -> UUID | None:
    """Of its own page, or of one of its pages in the viewer."""
    words = first_words(path)
    is_page = len(words) == 2 or len(words) == 4 and words[2] == "pages" and words[3].isdecimal()
    if words[0] != "presentations" or not is_page or not path.endswith("/"):
        return None
    try:
        return UUID(words[1])
    except ValueError:
        return None


def is_going_on(request: HttpRequest, guid: UUID) -> bool:
    """From one page of this presentation to another."""
    try:
        path = urlsplit(request.headers.get("Referer", "")).path
    except ValueError:  # no address at all
        return False
    return presentation_of(path) == guid


def is_person(request: HttpRequest) -> bool:
    """Somebody who reads now: no programme, and no browser that fetches what may be read later."""
    agent = request.headers.get("User-Agent", "")
    purpose = " ".join(request.headers.get(name, "") for name in AHEAD).lower()
    is_ahead = "prefetch" in purpose or "preview" in purpose or "prerender" in purpose
    return request.method == "GET" and bool(agent) and not PROGRAMMES.search(agent) and not is_ahead


def note(request: HttpRequest, guid: UUID) -> None:
    """A kept page comes without a session, so nobody's country is asked for it; organisers at work do not count."""
    user = getattr(request, "user", None)
    if user and user.is_staff:
        return
    count_view(guid, day=timezone.localdate(), country=country_of(user) if user else "")
