"""The pages that the proxy shows for what never reaches the site, written as files in every language."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

# The status a visitor gets, with its page, and what else of nginx's own ends the same.
PAGES = {
    400: ("400.html", "400 405 408 414 431 494 495 496 497"),
    413: ("conference/proxy/413.html", "413"),
    429: ("conference/proxy/429.html", "429"),
    503: ("503.html", "500 502 503 504"),
}


def errors_dir() -> Path:
    return Path(settings.DATA_DIR) / "errors"


def write_error_pages() -> None:
    """They name static files by their hashes, so they are written after those are built."""
    for code, _name in settings.LANGUAGES:
        folder = errors_dir() / code
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override(code):
            for status, (template, _statuses) in PAGES.items():
                page = render_to_string(template, {"megabytes": settings.PRESENTATION_MAX_MB})
                (folder / f"{status}.html").write_text(page, encoding="utf-8")
