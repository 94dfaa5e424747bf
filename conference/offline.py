"""The script that keeps pages for when there is no network, and the page it shows in the place of others."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

PARTS = ["answers.js", "keeping.js", "editions.js"]
MARKER_LENGTH = 32


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it serves every page; asked for anew each time, so that no device keeps an old one."""
    response = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@cache
def script() -> bytes:
    folder = settings.BASE_DIR / "static" / "js" / "service-worker"
    return b"\n".join((folder / name).read_bytes() for name in PARTS)


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    return render(request, "conference/offline.html")


def account_marker(user_id: int) -> str:
    """Tells a device whose page it keeps without telling anybody whose that is."""
    return salted_hmac("conference.offline", str(user_id)).hexdigest()[:MARKER_LENGTH]
