"""The menus of a page: the edition's own parts, organiser-written pages, and the visitor's account."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.accessibility import PAGE
from conference.addresses import address
from conference.middleware import has_session
from conference.models import Edition, Page
from conference.templatetags.texts import text


def menus_of(request: HttpRequest) -> SimpleNamespace:
    edition = getattr(request, "edition", None)
    pages = list(Page.objects.for_menus(edition))
    for one in pages:
        if one.edition_id:
            one.edition = edition
    return SimpleNamespace(
        main=main_menu(request, edition),
        place=own_place(request, edition),
        header_pages=[entry(p) for p in pages if p.place == Page.Place.HEADER],
        footer_pages=footer_pages(pages),
        account=account_menu(request) if has_session(request) else [],
        has_contact_page=any(p.slug == "contact" for p in pages),
        search_url=search_address(request),
        privacy_url=address("conference:privacy"),
    )


def is_of_statement(page: Page) -> bool:
    """What organisers write about accessibility stands inside the statement, to which every footer leads."""
    return page.slug == PAGE and page.edition_id is None


def entry(page: Page) -> dict[str, Any]:
    return {"title": text(page, "title"), "url": page.get_absolute_url()}


def footer_pages(pages: list[Page]) -> list[dict[str, Any]]:
    """The page about privacy is always there, whether organisers add words of their own or not."""
    found = [entry(page) for page in pages if page.place == Page.Place.FOOTER and not is_of_statement(page)]
    privacy = {"title": _("Privacy"), "url": address("conference:privacy")}
    return found if privacy["url"] in {one["url"] for one in found} else [*found, privacy]


def main_menu(request: HttpRequest, edition: Edition | None) -> list[dict[str, Any]]:
    links = []
    if edition:
        names = [
            (_("Overview"), "sessions:overview"),
            (_("Programme"), "sessions:programme"),
            (_("Speakers"), "sessions:speakers"),
            (_("Presentations"), "sessions:presentations"),
        ]
        links = [(label, address(name, edition.slug)) for label, name in names]
        if own := place_menu(request, edition):
            links.append(own)
    links.append((_("Library"), address("sessions:library")))
    links.append((_("All editions"), address("conference:editions")))
    return [{"label": label, "url": url, "is_current": url == request.path} for label, url in links]


def search_address(request: HttpRequest) -> str:
    """Where the search box of every page leads; the library has a larger one of its own."""
    url = address("sessions:library")
    return "" if url == request.path else url


def place_menu(request: HttpRequest, edition: Edition) -> tuple[str, str] | None:
    """To their own place for those who have one, to registering for the others while it is open."""
    if has_session(request) and edition.pk in request.viewer.editions_confirmed:  # type: ignore[attr-defined]
        return _("My registration"), address("registration:my_registration", edition.slug)
    if edition.registration_is_open():
        return _("Register"), address("registration:register", edition.slug)
    return None


def own_place(request: HttpRequest, edition: Edition | None) -> dict[str, str] | None:
    """The same as a button, for the top of the front page and the overview."""
    place = place_menu(request, edition) if edition else None
    return {"label": place[0], "url": place[1]} if place else None


def account_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """For a person who is logged in; asks one question about the speaker's page."""
    user = request.user
    if not user.is_authenticated:
        return []
    edition = getattr(request, "edition", None)
    links = [(_("My programme"), address("registration:my_programme", edition.slug))] if edition else []
    # Whoever has a place finds it in the edition's menu, and the others from there: the header stays short.
    if not edition or edition.pk not in request.viewer.editions_confirmed:  # type: ignore[attr-defined]
        links.append((_("My page"), reverse("registration:my_registrations")))
    if hasattr(user, "speaker"):
        links.append((_("My presentations"), reverse("sessions:speaker_desk")))
    if edition and user.is_staff and user.has_perm("registration.add_checkin"):
        links.append((_("Desk"), address("registration:desk", edition.slug)))
    if user.is_staff:
        links.append((_("Admin"), reverse("admin:index")))
    links.append((_("Account"), reverse("account_email")))
    return [{"label": label, "url": url, "is_current": url == request.path} for label, url in links]
