"""Which pages of an edition a visitor's device keeps for when there is no network."""

from dataclasses import dataclass

from conference.addresses import address
from conference.models import Edition
from sessions.models import Kind, Release, Session
from speakers.models import Speaker

LISTS = ["sessions:programme", "sessions:now", "registration:my_programme", "sessions:overview"]
LISTS += ["sessions:sessions", "sessions:workshops", "sessions:speakers"]
MOST_PAGES = 300  # some megabytes for the visitor, and no more than some minutes of a telephone's network


@dataclass(frozen=True)
class KeptPages:
    """The addresses a device fetches, and how many more there would be."""

    pages: list[str]
    left_out: int


def kept_pages_of(edition: Edition, *, most: int = MOST_PAGES) -> KeptPages:
    """As many of its public pages as a device is asked to keep; two queries."""
    pages = public_pages(edition)
    return KeptPages(pages[:most], max(0, len(pages) - most))


def release_number(edition: Edition) -> int:
    """The number of the latest release, 0 before the first; one query."""
    latest = Release.objects.filter(edition=edition, is_latest=True).values_list("number", flat=True)
    return latest.first() or 0


def public_pages(edition: Edition) -> list[str]:
    """The addresses of an edition's public pages, the most needed first, in the active language; two queries."""
    pages = [address(name, edition.slug) for name in LISTS]
    sessions = Session.objects.filter(edition=edition).exclude(kind=Kind.BREAK).in_order()
    for session in sessions.known().only("kind", "slug"):
        session.edition = edition
        pages.append(session.get_absolute_url())
    people = Speaker.objects.filter(appearances__session__in=sessions.published().order_by()).order_by(
        "name", "pk"
    )
    return pages + [
        address("speakers:speaker", slug) for slug in people.distinct().values_list("slug", flat=True)
    ]
