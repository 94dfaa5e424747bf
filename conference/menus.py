"""The menus of a page: the edition's own parts, organiser-written pages, and the visitor's account."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.middleware import has_session
from conference.models import Edition, Page


def menus_of(request: HttpRequest) -> SimpleNamespace:
    edition = getattr(request, "edition", None)
    pages = list(Page.objects.for_menus(edition))
    for one in pages:
        if one.edition_id:
            one.edition = edition
    return SimpleNamespace(
        main=main_menu(request, edition),
        header_pages=[entry(p) for p in pages if p.place == Page.Place.HEADER],
        footer_pages=[entry(p) for p in pages if p.place == Page.Place.FOOTER],
        account=account_menu(request) if has_session(request) else [],
        privacy_url=next((p.get_absolute_url() for p in pages if p.slug == "privacy"), ""),
    )


def entry(page: Page) -> dict[str, Any]:
    return {"title": page.title, "url": page.get_absolute_url()}


def main_menu(request: HttpRequest, edition: Edition | None) -> list[dict[str, Any]]:
    links = []
    if edition:
        names = [
            (_("Overview"), "sessions:overview"),
            (_("Programme"), "sessions:programme"),
            (_("Speakers"), "sessions:speakers"),
            (_("Presentations"), "sessions:presentations"),
        ]
        links = [(label, reverse(name, args=[edition.slug])) for label, name in names]
        if edition.registration_is_open():
            links.append((_("Register"), reverse("registration:register", args=[edition.slug])))
    links.append((_("All editions"), reverse("conference:editions")))
    return [{"label": label, "url": url, "is_current": url == request.path} for label, url in links]


def account_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """For a person who is logged in; asks one question about the speaker's page."""
    user = request.user
    if not user.is_authenticated:
        return []
    links = [(_("My registrations"), reverse("registration:my_registrations"))]
    if hasattr(user, "speaker"):
        links.append((_("My presentations"), reverse("sessions:speaker_desk")))
    if user.is_staff:
        links.append((_("Admin"), reverse("admin:index")))
    links.append((_("Account"), reverse("account_email")))
    return [{"label": label, "url": url, "is_current": url == request.path} for label, url in links]
