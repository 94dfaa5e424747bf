"""For tests that ask hundreds of pages whether they open: what is decided is not always drawn as well."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden

from conference.urls import *  # noqa: F403  the same addresses
from conference.urls import handler400, handler404, handler500  # noqa: F401

HEADER = "X-Undrawn"
SETTINGS = {"ROOT_URLCONF": __name__, "MIDDLEWARE": [*settings.MIDDLEWARE, f"{__name__}.Undrawn"]}


class Undrawn:
    """Leaves a page that its view decided to show empty, if the request says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if HEADER in request.headers:
            response.content = b""
        return response


def handler403(request, exception) -> HttpResponse:
    return HttpResponseForbidden()
