"""What every page knows: the site, its menus, its address in each language."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from conference.accounts.welcome import address_to_confirm
from conference.languages import offered, own_name
from conference.menus import menus_of
from conference.middleware import has_session
from conference.models import Edition, Site
from conference.offline import account_marker


def page(request: HttpRequest) -> dict[str, Any]:
    site = SimpleLazyObject(
        lambda: getattr(request, "site", None) or Site.objects.filter(pk=1).first() or Site(pk=1)
    )
    return {
        "site": site,
        "page": SimpleLazyObject(lambda: page_address(request, site, getattr(request, "edition", None))),
        "nav": SimpleLazyObject(lambda: menus_of(request)),
        "edition": getattr(request, "edition", None),
        "user_has_session": has_session(request),
        "account_marker": lambda: account_marker(request.user.pk),  # asked only for somebody who is logged in
        "address_to_confirm": SimpleLazyObject(lambda: address_to_confirm(request)),
        "open_staff_login": not settings.STAFF_SECOND_FACTOR,
    }


def page_address(request: HttpRequest, site: Site, edition: Edition | None) -> SimpleNamespace:
    """The page's own absolute address, and the same page in every language that is offered."""
    alternates = [
        {"code": code, "name": own_name(code), "url": settings.SITE_URL + translated(request.path, code)}
        for code in offered((edition or site).languages)
    ]
    language = get_language() or settings.LANGUAGE_CODE
    query = "?" + request.META["QUERY_STRING"] if request.META.get("QUERY_STRING") else ""
    return SimpleNamespace(
        site=site,  # some pages of allauth put a host in the place of our site
        canonical=settings.SITE_URL + request.path,
        alternates=alternates,
        language=language,
        other_languages=[
            a | {"url": translated(request.path, a["code"]) + query}
            for a in alternates
            if a["code"] != language
        ],
    )


def translated(path: str, language: str) -> str:
    try:
        resolve(path)
    except Resolver404:
        return f"/{language}/" if language != settings.LANGUAGE_CODE else "/"
    return translate_url(path, language)
