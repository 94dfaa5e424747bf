"""Public pages are built once for everybody and kept in memory until what they show has changed.

Asked without a session, a page depends on its address, which holds the language, and on the content; so that is the
key. The content's number is looked up every half second: whatever changed shows within a second everywhere. What
depends on the clock (an opening registration, a release moment) shows when the kept page is too old, half a minute
at most. An answer that sets a cookie, streams, or does not call itself public is never kept.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from cachetools import TLRUCache
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from conference.content import content_numbers, say_changed
from conference.middleware import KEPT_SECONDS, has_session

Respond = Callable[[HttpRequest], HttpResponse]

LOOK_EVERY = 0.5  # seconds
LONGEST_QUERY = 200  # characters; nobody fills the memory with queries that nobody else will ask
SMALLEST_PACKED = 200  # bytes; below, packing gains nothing
BROWSER_PACKS = re.compile(r"\bgzip\b")
HOP = {"content-length", "content-encoding"}  # said anew each time
ABOUT_US = ("/livez", "/metrics", "/readyz")  # true at this moment, also when the database does not answer


@dataclass(frozen=True)
class Kept:
    """One answer as it goes out again; the body is packed once."""

    headers: tuple[tuple[str, str], ...]
    packed: bytes
    etag: str
    last_modified: int | None
    seconds: float

    @property
    def size(self) -> int:
        return len(self.packed) + 1000  # and about as much for what is around it


class Numbers:
    """The content numbers of all editions by slug, never older than half a second."""

    def __init__(self) -> None:
        self._numbers: dict[str, tuple[int, int]] = {}
        self._looked_at = float("-inf")

    def of(self, path: str) -> int:
        """The number for a page: its edition's, or that of everything where it draws on more."""
        if time.monotonic() - self._looked_at >= LOOK_EVERY:
            begun = time.monotonic()
            self._numbers = content_numbers()
            self._looked_at = begun
        slug = edition_word(path)
        key = slug if slug in self._numbers else ""
        return self._numbers[key][1]

    def edition(self, path: str) -> int | None:
        self.of(path)
        found = self._numbers.get(edition_word(path))
        return found[0] if found else None


def kept_pages(get_response: Respond) -> Respond:
    if not settings.PAGES_KEPT_MB:
        raise MiddlewareNotUsed
    numbers, lock = Numbers(), Lock()
    pages: TLRUCache[tuple[int, str], Kept] = TLRUCache(
        maxsize=settings.PAGES_KEPT_MB * 1_000_000,
        ttu=lambda _key, page, now: now + page.seconds,
        timer=time.monotonic,
        getsizeof=lambda page: page.size,
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        if not may_be_kept(request):
            response = get_response(request)
            if changes_content(request, response):
                say_changed(request, numbers.edition(request.path_info))
            return response
        request.get_host()  # a foreign host gets no page, kept or not
        key = (numbers.of(request.path_info), request.get_full_path())
        with lock:
            page = pages.get(key)
        if page is None:
            packs = request.META.pop("HTTP_ACCEPT_ENCODING", "")  # nobody further in packs it
            response = get_response(request)
            request.META["HTTP_ACCEPT_ENCODING"] = packs
            page = kept(response)
            if page is None or request.method == "HEAD":  # whose answer may lack the body
                return response
            with lock:
                if page.size < pages.maxsize / 4:
                    pages[key] = page
        return answer(request, page)

    return middleware


def may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not has_session(request)
        and request.path_info not in ABOUT_US
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def kept(response: HttpResponse) -> Kept | None:
    """The answer as something to keep, or None if it is not for everybody."""
    control = response.get("Cache-Control", "")
    seconds = re.search(r"s-maxage=(\d+)", control)
    if response.status_code != 200 or response.streaming or response.cookies or "public" not in control:
        return None
    if "X-Accel-Redirect" in response:  # a file that the proxy sends: each time it is asked for is counted
        return None
    patch_vary_headers(response, ["Accept-Encoding"])
    body = response.content
    return Kept(
        headers=tuple((name, value) for name, value in response.items() if name.lower() not in HOP),
        packed=gzip.compress(body, compresslevel=6, mtime=0),
        etag=response.get("ETag") or f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        last_modified=parse_http_date_safe(response.get("Last-Modified", "")),
        seconds=min(KEPT_SECONDS, int(seconds[1]) if seconds else KEPT_SECONDS),
    )


def answer(request: HttpRequest, page: Kept) -> HttpResponse:
    """The kept page, packed if the visitor unpacks; or that theirs is still the same."""
    packs = BROWSER_PACKS.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    is_packed = bool(packs) and len(page.packed) > SMALLEST_PACKED
    response = HttpResponse(page.packed if is_packed else gzip.decompress(page.packed))
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    return get_conditional_response(request, page.etag, page.last_modified, response) or response


def changes_content(request: HttpRequest, response: HttpResponse) -> bool:
    """A form that was accepted leads elsewhere; those of accounts change nothing that the public sees.

    Nor does what comes by an upload link, which is approved first, or a pack that somebody asks for. Who is led to the
    log-in page was not let in, and must not be able to throw away what is kept.
    """
    return (
        request.method == "POST"
        and response.status_code in (302, 303)
        and not response["Location"].partition("?")[0].endswith("/login/")
        and first_words(request.path_info)[0] not in ("accounts", "my", "packs", "upload")
    )


def edition_word(path: str) -> str:
    return first_words(path)[0]


def first_words(path: str) -> list[str]:
    """The words of an address without its language."""
    words = path.strip("/").split("/")
    languages = {code for code, _name in settings.LANGUAGES}
    return (words[1:] or [""]) if words[0] in languages else words
