"""The accessibility statement: what the site promises, how that was looked at, and what is known not to be good yet.

Its facts are those of the program, so they stand here and not in a text that organisers edit; what they have to say
themselves (the venue, whom to ask on the day) they write on a page of the site with the address "accessibility".
"""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.models import Page

PAGE = "accessibility"
LOOKED_AT = date(2026, 11, 22)  # when the statement was last compared with the site


@require_safe
def accessibility_page(request: HttpRequest) -> HttpResponse:
    written = Page.objects.published().filter(edition=None, slug=PAGE).first()
    context = {"written": written, "looked_at": LOOKED_AT}
    return render(request, "conference/accessibility.html", context)
