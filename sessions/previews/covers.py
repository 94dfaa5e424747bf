"""The small picture beside a presentation in lists: its first page, or the cover that its file brought along."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from conference.viewer import Viewer
from sessions.models import Presentation, Preview, PreviewPage
from sessions.models.presentation import PresentationQuerySet
from sessions.previews.access import is_open, pages_open_where, with_pages_open
from sessions.previews.pages import COVER, SMALL

NEEDED = ["guid", "current_file__preview__state", "current_file__preview__has_cover"]
FIRST = 1
DRAWN = Exists(
    PreviewPage.objects.filter(preview=OuterRef("current_file__preview"), number=FIRST, width__gt=0)
)


def covers_of(
    presentations: Iterable[Presentation], viewer: Viewer, at: datetime | None = None
) -> dict[int, str]:
    """By the key of each presentation whose first page this viewer sees the address of its picture.

    One query for all, or none where they were read together with it.
    """
    rows = list(presentations)
    if not all(hasattr(row, "is_drawn") for row in rows):
        made = Presentation.objects.filter(pk__in=[row.pk for row in rows])
        asked = with_pages_open(made, viewer, at).annotate(is_drawn=DRAWN).order_by()
        rows = list(asked.select_related("current_file__preview").only(*NEEDED))
    return {row.pk: address for row in rows if (address := cover_of(row))}


def with_cover(presentations: PresentationQuerySet) -> PresentationQuerySet:
    """What covers_of() asks, for rows that know already whether they may be had."""
    may_have, is_opened = Q(is_downloadable=True), Q(is_public=True, is_opened=True)
    pages = pages_open_where(may_have=may_have, is_opened=is_opened)
    return presentations.annotate(pages_open=pages, is_drawn=DRAWN)


def cover_of(row: Any) -> str:
    """The address, of a row with `pages_open` and `is_drawn`."""
    preview = row.current_file and row.current_file.preview
    if not preview or preview.state != Preview.State.DONE or not is_open(FIRST, row.pages_open):
        return ""
    if not row.is_drawn and not preview.has_cover:
        return ""
    return reverse("registration:page_picture", args=[row.guid, FIRST if row.is_drawn else COVER, SMALL])
