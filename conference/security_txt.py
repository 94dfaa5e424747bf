"""Whom to tell about a weakness of the site, where people who look for weaknesses look first (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from conference import clock
from conference.models import Site

TRUE_FOR = timedelta(days=180)  # the standard asks for less than a year
WAYS = ("https://", "mailto:", "tel:")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Said anew each time, so that it never expires while the site is there; without anybody to tell there is none."""
    ways = contacts()
    if not ways:
        raise Http404
    lines = [f"Contact: {way}" for way in ways]
    lines += [
        f"Expires: {expires():%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def contacts() -> list[str]:
    """What SECURITY_CONTACT names, most wanted first; else the address that stands at the foot of every page."""
    named = settings.SECURITY_CONTACT or [
        mail for mail in Site.objects.values_list("contact_email", flat=True) if mail
    ]
    return [one if one.startswith(WAYS) else f"mailto:{one}" for one in named]


def expires(at: datetime | None = None) -> datetime:
    """The same for a whole day, so that copies of the file are equal."""
    today = (at or clock.now()).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + TRUE_FOR
