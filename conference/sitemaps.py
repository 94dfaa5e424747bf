"""Public addresses for search engines, in every language."""

from django.http import HttpRequest, HttpResponse

SITEMAPS: dict = {}


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\n", content_type="text/plain")
