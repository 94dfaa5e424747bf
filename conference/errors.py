"""Plain pages for what went wrong; 500 and 503 need neither database nor context."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

MEGABYTE = 1024**2
RETRY_AFTER = 900  # seconds; the page says the same in words
DATABASE_BACK_AFTER = 60  # likewise


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what is longer than any form of the site takes: it gets the page that the proxy has for large files."""
    if isinstance(exception, RequestDataTooBig):
        context = {"text_megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE}
        return HttpResponse(render_to_string("conference/proxy/413.html", context), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = RETRY_AFTER
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django asks while it handles the exception: a database that does not answer will soon be back."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        headers = {"Retry-After": str(DATABASE_BACK_AFTER)}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html"), status=500)
