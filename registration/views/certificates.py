"""Check a certificate, as anybody may who has its code; and fetch one's own."""

import logging
import re

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.limits import is_too_often
from conference.typesetting import TypesettingFailed
from registration.certificates.pdf import file_name, pdf_of
from registration.models import Certificate
from registration.views.busy import RETRY_AFTER
from registration.views.person import person

log = logging.getLogger(__name__)
LENGTH = 26
LONGEST = 100  # characters that anybody may have typed for it, with blanks and hyphens


@require_safe
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """A form that leads to the answer's own address; it asks nothing of the database."""
    typed = request.GET.get("code", "")
    if code := read(typed):
        return redirect("registration:verify", code)
    context = {"is_empty": "code" in request.GET}
    return unlisted(render(request, "registration/certificates/ask_for_code.html", context))


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Valid, revoked or unknown; whatever is no code gets the same answer as a code that nobody has."""
    if is_too_often(request, "verify"):
        return respond_429(request)
    known = Certificate.objects.select_related("edition").filter(code=read(code))
    certificate = known.first()
    context = {"certificate": certificate, "facts": certificate.facts if certificate else {}}
    template = "registration/certificates/verify.html"
    return unlisted(render(request, template, context, status=200 if certificate else 404))


def read(typed: str) -> str:
    """The code without what people put between its letters; of anything longer, enough to know that it is none."""
    return re.sub(r"[^A-Z0-9]", "", typed[:LONGEST].upper())[: LENGTH + 1]


def unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no other site learns the address one came from."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@login_required
@require_safe
def certificate(request: HttpRequest, guid: str) -> HttpResponse:
    """The PDF of a valid one of mine."""
    mine = Certificate.objects.filter(registration__user=person(request), revoked_at=None)
    found = mine.select_related("edition").filter(guid=guid).first()
    if not found:
        raise Http404
    if is_too_often(request, "certificate"):
        return respond_429(request)
    return as_file(found)


def as_file(found: Certificate) -> HttpResponse:
    try:
        content = pdf_of(found)
    except TypesettingFailed as failure:
        log.error("The certificate %s could not be made: %s", found.guid, failure)
        page = render_to_string("registration/certificates/busy.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return response
