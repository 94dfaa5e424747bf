"""The library: one search box over all editions, with facets as plain links, and a feed of what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from conference import clock, errors
from conference.content import content_state
from conference.feeds import ATOM
from conference.limits import is_too_often
from sessions.library import feed
from sessions.library.asking import Asked
from sessions.library.moved import with_present_addresses
from sessions.library.search import search
from sessions.views.exchange import answer, published

LAST_PAGE = 10_000  # nobody has typed a greater number to read on


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What was asked for stands in the address alone, so that every answer can be shared and kept."""
    viewer = request.viewer  # type: ignore[attr-defined]
    asked = Asked.from_query(request.GET)
    if not asked.is_empty and searches_too_often(request):
        return errors.too_many_requests(request)
    if (moved := with_present_addresses(asked)) != asked:
        return redirect(f"{reverse('sessions:library')}?{moved.query()}", permanent=True)
    page = number(request.GET.get("page", ""))
    found = search(asked, viewer, page=page)
    if page > found.page_count:
        return redirect(f"{reverse('sessions:library')}?{asked.query(found.page_count)}")
    context = {"asked": asked, "found": found, "pages": pages_around(found.page, found.page_count)}
    return render(request, "sessions/library.html", context)


def searches_too_often(request: HttpRequest) -> bool:
    """Each search counts for the person, or for a visitor's address; looking around counts for nobody."""
    is_visitor = request.viewer.user_id is None  # type: ignore[attr-defined]
    return is_too_often(request, "library" if is_visitor else "library_of_member")


def number(said: str) -> int:
    """The page that an address asks for; whatever is no number is the first."""
    return min(max(int(said), 1), LAST_PAGE) if said.isdecimal() and len(said) < 9 else 1


def pages_around(page: int, last: int) -> list[int]:
    """The numbers to offer: the first, those around this one, and the last; 0 stands for a gap."""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    gaps = [(here, 0) if there - here > 1 else (here,) for here, there in zip(near, near[1:], strict=False)]
    return [one for some in gaps for one in some] + near[-1:]


@require_safe
def library_feed(request: HttpRequest) -> HttpResponse:
    state = content_state()

    def build() -> bytes:
        return feed.write(feed.newest(), get_language() or "en", state.changed_at or clock.now())

    return answer(request, state, ATOM, "library.atom", build)


@require_safe
def presentation_feed(request: HttpRequest, edition: str) -> HttpResponse:
    found = published(edition)

    def build() -> bytes:
        return feed.write(feed.newest(found), get_language() or "en", found.created_at, found)

    return answer(request, content_state(found), ATOM, f"{edition}-presentations.atom", build)
