"""What a pack would hold for whoever looks at a page: how many files and how large, so that a link can say it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse

from conference.models import Edition
from conference.templatetags.texts import shown
from conference.viewer import Viewer
from registration.packs.wanted import MOST_FOUND, wanted
from sessions.library.asking import Asked
from sessions.models import Presentation, Session, Track
from sessions.models.presentation import PresentationQuerySet


@dataclass(frozen=True)
class Offer:
    """Where the pack is, and what is in it; there is none of nothing."""

    address: str
    files: int
    size: int
    words: str = ""


def address_of(kind: str, key: object, query: str = "") -> str:
    return reverse("registration:pack", args=[kind, key]) + (f"?{query}" if query else "")


def offer_of(kind: str, key: object, viewer: Viewer) -> Offer | None:
    """Of an edition, publication or all somebody attended; one query more than finding it."""
    found = wanted(kind, str(key), viewer)
    return counted(found.presentations, viewer, address_of(kind, key)) if found else None


def offer_of_session(session: Session, presentations: Iterable[Any]) -> Offer | None:
    """Of a session with its parts, whose presentations a page has read already; no query."""
    files = [one.current_file for one in presentations if one.is_downloadable and not one.current_file.link]
    sizes = [file.size or 0 for file in files]
    return Offer(address_of("session", session.guid), len(sizes), sum(sizes)) if sizes else None


def offer_of_search(asked: Asked, presentations: Sequence[int], viewer: Viewer) -> Offer | None:
    """Of what a search found; not of everything, nor of more than one pack takes."""
    if asked.is_empty or not 0 < len(presentations) <= MOST_FOUND:
        return None
    found = Presentation.objects.filter(pk__in=presentations)
    return counted(found, viewer, address_of("search", "found", asked.query()))


def counted(presentations: PresentationQuerySet, viewer: Viewer, address: str) -> Offer | None:
    """Only files: a contents page with nothing but links is no reason to take a ZIP."""
    files = presentations.downloadable_by(viewer).filter(current_file__link="").order_by()
    said = files.aggregate(number=Count("pk"), size=Sum("current_file__size"))
    return Offer(address, said["number"], said["size"] or 0) if said["number"] else None


def offers_of_tracks(edition: Edition, viewer: Viewer) -> list[Offer]:
    """Of each track in which there is something, in their order; two queries."""
    files = Presentation.objects.filter(edition=edition).downloadable_by(viewer).filter(current_file__link="")
    rows = files.order_by().values_list(
        "session__track", "session__part_of__track", "current_file__size"
    )  # a part is in the pack of its own track and of that which its session has
    sizes = sizes_by_track((({own, other}, size) for own, other, size in rows))
    tracks = Track.objects.filter(pk__in=sizes) if sizes else Track.objects.none()
    return [
        Offer(address_of("track", one.pk), len(sizes[one.pk]), sum(sizes[one.pk]), shown(one, "name")[0])
        for one in tracks
    ]


def sizes_by_track(rows: Iterable[tuple[set[int | None], int | None]]) -> dict[int, list[int]]:
    sizes: dict[int, list[int]] = defaultdict(list)
    for tracks, size in rows:
        for track in tracks - {None}:
            sizes[track].append(size or 0)  # type: ignore[index]
    return sizes
