"""The site's own row and its organiser-written pages, in English and Dutch; the texts lie in texts/."""

from pathlib import Path

from conference.management.demo.base import both
from conference.models import Edition, Page, Site

TEXTS = Path(__file__).with_name("texts")
FOOTER = ["about", "privacy", "accessibility", "code-of-conduct", "contact"]


def load() -> None:
    Site.objects.update_or_create(
        pk=1,
        defaults={
            "contact_email": "hello@example.org",
            **both(
                name=("Pupil Mobility Conferences", "Conferenties leerlingenmobiliteit"),
                legal_notice=(
                    "A demonstration. Its programme of 2024 is real; its people and registrations are invented.",
                    "Een voorbeeld. Het programma van 2024 is echt; de mensen en de inschrijvingen zijn verzonnen.",
                ),
            ),
        },
    )
    for position, slug in enumerate(FOOTER):
        add_page(slug, Page.Place.FOOTER, position)


def load_of_edition(edition: Edition) -> None:
    add_page("venue-and-travel", Page.Place.HEADER, 0, edition)


def add_page(slug: str, place: str, position: int, edition: Edition | None = None) -> None:
    english, dutch = (read(slug, code) for code in ("en", "nl"))
    Page.objects.create(
        edition=edition,
        slug=slug,
        place=place,
        position=position,
        **both(title=(english[0], dutch[0]), body=(english[1], dutch[1])),
    )


def read(slug: str, code: str) -> tuple[str, str]:
    """The title on the first line, and the text below it."""
    title, _blank, body = (TEXTS / f"{slug}.{code}.md").read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# ").strip(), body.strip()
