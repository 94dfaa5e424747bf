"""Which pages of an edition a visitor's device keeps for when there is no network."""

from conference.addresses import address
from conference.models import Edition
from sessions.models import Kind, Release, Session
from speakers.models import Speaker

LISTS = ["sessions:programme", "sessions:now", "registration:my_programme", "sessions:overview"]
LISTS += ["sessions:sessions", "sessions:workshops", "sessions:speakers"]
MOST_PAGES = 300  # some megabytes for the visitor, and no more than some minutes of a telephone's network


def release_number(edition: Edition) -> int:
    """The number of the latest release, 0 before the first; one query."""
    latest = Release.objects.filter(edition=edition, is_latest=True).values_list("number", flat=True)
    return latest.first() or 0


def public_pages(edition: Edition) -> list[str]:
    """The addresses of an edition's public pages, the most needed first, in the active language; two queries."""
    pages = [address(name, edition.slug) for name in LISTS]
    sessions = Session.objects.published().filter(edition=edition).exclude(kind=Kind.BREAK).in_order()
    for session in sessions.only("kind", "slug"):
        session.edition = edition
        pages.append(session.get_absolute_url())
    people = Speaker.objects.filter(appearances__session__in=sessions.order_by()).order_by("name", "pk")
    return pages + [
        address("speakers:speaker", slug) for slug in people.distinct().values_list("slug", flat=True)
    ]
