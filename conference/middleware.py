"""What every answer carries and what no request may carry."""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from conference.errors import bad_request
from conference.notices import NoticeCookie

logger = logging.getLogger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]

KEPT_SECONDS = 30  # by us, and by a shared cache in front of us: together a minute at most
PROXY_KEEPS = "1"  # second: a crowd becomes one visitor, and what changed still shows at once
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "usb",
)


def permissions_policy(*allowed: str) -> str:
    """Everything is off, but for what this page of ours needs."""
    return ", ".join(f"{feature}={'(self)' if feature in allowed else '()'}" for feature in FEATURES)


PERMISSIONS_POLICY = permissions_policy()
# Wherever the administration stands, robots.txt and the script that keeps pages offline need not name the place.
OF_ADMIN = {"X-Robots-Tag": "noindex", "X-Offline": "never"}


def headers(get_response: Respond) -> Respond:
    """Outermost, so that static files, errors and redirects carry them too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if (page := request.resolver_match) and page.app_name == "admin":
            for name, value in OF_ADMIN.items():
                response[name] = value
        if response.get("Content-Encoding") == "identity":  # said within the house: do not compress this one
            del response["Content-Encoding"]
        if (
            settings.X_ACCEL_PREFIX
            and "public" in (said := response.get("Cache-Control", ""))
            and "s-maxage" in said
        ):
            response["X-Accel-Expires"] = PROXY_KEEPS  # to our own proxy only, which takes it off
        return response

    return middleware


def refuse_methods(get_response: Respond) -> Respond:
    """The site reads and sends forms; a view that does not ask never sees another method."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def refuse_nul(get_response: Respond) -> Respond:
    """A NUL byte in an address or a query is never honest, and databases choke on it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if "\x00" in request.path or b"\x00" in query:
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        return get_response(request)

    return middleware


def refuse_endless_numbers(get_response: Respond) -> Respond:
    """A key that is longer than any number of the database comes from no page of ours; SQLite stumbles over it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OverflowError):
            return None
        logger.warning("A number at %s is too large: %s", request.path, error)
        return bad_request(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def cache_rules(get_response: Respond) -> Respond:
    """What a person sees is kept by nobody; what everyone sees may be kept for a moment by a shared cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        patch_vary_headers(response, ["Cookie"])
        if (
            has_session(request)
            or request.method not in ("GET", "HEAD")
            or response.cookies
            or response.status_code >= 400
        ):
            response["Cache-Control"] = "private, no-store"
        else:
            response["Cache-Control"] = f"public, max-age=0, s-maxage={KEPT_SECONDS}"
        return response

    return middleware


def has_session(request: HttpRequest) -> bool:
    """Whether the visitor came with a session or a notice of their own; reads neither."""
    return not request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, NoticeCookie.cookie_name})
