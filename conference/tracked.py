"""Which objects of the ground floor keep their former states."""

from conference.models import (
    Edition,
    EditionOrganisation,
    MailText,
    Membership,
    NewsItem,
    Organisation,
    Page,
    PartOf,
    Room,
    Series,
    Site,
    Theme,
    User,
    Venue,
)
from conference.trail.records import track


def track_ground_floor() -> None:
    for shared in (Series, Theme, Site, Organisation):
        track(shared)
    track(Edition, edition="pk")
    for own in (EditionOrganisation, PartOf, Venue, Page, NewsItem, MailText):
        track(own, edition="edition")
    track(Room, edition="venue__edition")
    track(Membership)
    # Those who hold a place for a colleague are nobody.
    track(
        User, linked=["groups"], left_out=["password", "last_login", "user_permissions"], person="id",
        skip=lambda user: user.is_stand_in,
    )  # fmt: skip
