"""The small picture beside a presentation in lists: its first page, or the cover that its file brought along."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from conference.viewer import Viewer
from sessions.models import Presentation, Preview, PreviewPage
from sessions.previews.access import is_open, with_pages_open
from sessions.previews.pages import COVER, SMALL

FIRST = 1


def covers_of(
    presentations: Iterable[Presentation], viewer: Viewer, at: datetime | None = None
) -> dict[int, str]:
    """By the key of each presentation whose first page this viewer sees the address of its picture; one query for all."""
    keys = [one.pk for one in presentations]
    if not keys:
        return {}
    drawn = PreviewPage.objects.filter(preview=OuterRef("current_file__preview"), number=FIRST, width__gt=0)
    made = Presentation.objects.filter(pk__in=keys, current_file__preview__state=Preview.State.DONE)
    rows = with_pages_open(made, viewer, at).annotate(is_drawn=Exists(drawn)).order_by()
    found = rows.values_list("pk", "guid", "pages_open", "is_drawn", "current_file__preview__has_cover")  # type: ignore[misc]
    return {
        key: reverse("registration:page_picture", args=[guid, FIRST if is_drawn else COVER, SMALL])
        for key, guid, pages_open, is_drawn, has_cover in found
        if (is_drawn or has_cover) and is_open(FIRST, pages_open)
    }
