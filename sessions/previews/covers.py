"""The small picture beside a presentation in lists: its first page, or the cover that its file brought along."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from conference.viewer import Viewer
from sessions.models import Presentation, Preview, PreviewPage
from sessions.models.presentation import PresentationQuerySet
from sessions.previews.access import is_open, pages_open_where, with_pages_open
from sessions.previews.pages import COVER, SMALL
from sessions.previews.pictures import picture_name

NEEDED = [
    "guid",
    "current_file__preview__state",
    "current_file__preview__has_cover",
    "current_file__preview__sha256",
]
FIRST = 1
Told = Callable[[Any, int], str]  # a row, and the number of its picture
DRAWN = Exists(
    PreviewPage.objects.filter(preview=OuterRef("current_file__preview"), number=FIRST, width__gt=0)
)


def covers_of(
    presentations: Iterable[Presentation],
    viewer: Viewer,
    at: datetime | None = None,
    told: Told | None = None,
) -> dict[int, str]:
    """By the key of each presentation whose first page this viewer sees the address of its picture.

    One query for all, or none where they were read together with it. With `name_of` to tell, names in the private store.
    """
    told = told or address_of
    rows = list(presentations)
    if not all(hasattr(row, "is_drawn") for row in rows):
        made = Presentation.objects.filter(pk__in=[row.pk for row in rows])
        asked = with_pages_open(made, viewer, at).annotate(is_drawn=DRAWN).order_by()
        rows = list(asked.select_related("current_file__preview").only(*NEEDED))
    return {row.pk: told(row, number) for row in rows if (number := cover_of(row)) is not None}


def with_cover(presentations: PresentationQuerySet) -> PresentationQuerySet:
    """What covers_of() asks, for rows that know already whether they may be had."""
    may_have, is_opened = Q(is_downloadable=True), Q(is_public=True, is_opened=True)
    pages = pages_open_where(may_have=may_have, is_opened=is_opened)
    return presentations.annotate(pages_open=pages, is_drawn=DRAWN)


def cover_of(row: Any) -> int | None:
    """The number of the picture, of a row with `pages_open` and `is_drawn`."""
    preview = row.current_file and row.current_file.preview
    if not preview or preview.state != Preview.State.DONE or not is_open(FIRST, row.pages_open):
        return None
    if not row.is_drawn and not preview.has_cover:
        return None
    return FIRST if row.is_drawn else COVER


def address_of(row: Any, number: int) -> str:
    return reverse("registration:page_picture", args=[row.guid, number, SMALL])


def name_of(row: Any, number: int) -> str:
    return picture_name(row.current_file.preview, number, SMALL)
