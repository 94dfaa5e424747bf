"""What a device needs to install an edition and to keep its public pages for when there is no network."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conference.addresses import address
from conference.colours import accent, paper
from conference.content import content_state
from conference.editions import edition_of
from conference.templatetags.texts import shown
from sessions.offline import kept_pages_of, release_number

ICONS = [
    {"name": "icons/app-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"name": "icons/app-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"name": "icons/app-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    {"name": "icons/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
]


@require_safe
def manifest(request: HttpRequest, edition: str) -> JsonResponse:
    """The edition as an app on the home screen; it opens with what is on now."""
    found = edition_of(request, edition)
    programme, now = address("sessions:programme", found.slug), address("sessions:now", found.slug)
    content: dict[str, Any] = {
        "id": f"/{found.slug}/",
        "name": shown(found, "title")[0],
        "short_name": shown(found, "short_title")[0],
        "description": shown(found, "summary")[0],
        "lang": get_language(),
        "dir": "ltr",
        "start_url": now,
        "scope": "/",  # speakers and accounts have addresses outside of the edition
        "display": "minimal-ui",
        "theme_color": accent(found.accent_hue),
        "background_color": paper(),
        "icons": [{"src": static(icon["name"]), **without_name(icon)} for icon in ICONS],
        "shortcuts": [
            {"name": _("Programme"), "url": programme},
            {"name": _("My programme"), "url": address("registration:my_programme", found.slug)},
        ],
    }
    filled = {name: value for name, value in content.items() if value}
    return JsonResponse(filled, content_type="application/manifest+json")


def without_name(icon: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in icon.items() if key != "name"}


@require_safe
def kept_offline(request: HttpRequest, edition: str) -> JsonResponse:
    """What to fetch, and the numbers by which a device knows whether what it keeps is still the same."""
    found = edition_of(request, edition)
    kept = kept_pages_of(found)
    return JsonResponse(
        {
            "title": shown(found, "short_title")[0],
            "home": address("sessions:overview", found.slug),
            "programme": address("sessions:programme", found.slug),
            "now": address("sessions:now", found.slug),
            "mine": address("registration:my_programme", found.slug),
            "ticket": address("registration:ticket", found.slug),
            "offline": address("conference:offline"),
            "release": release_number(found),
            "content": content_state(found).number,
            "pages": kept.pages,
            "left_out": kept.left_out,
        }
    )
