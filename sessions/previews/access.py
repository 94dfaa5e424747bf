"""How many first pages of a presentation a person sees: the one place that decides, for one and for many.

Whoever may have the file sees all of it. Everybody else to whom it is listed sees the open pages, once its moment
has come: before that, its first page is as much a secret as its last.
"""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from conference.viewer import ANONYMOUS, Viewer
from sessions.models import Presentation
from sessions.models.presentation import PresentationQuerySet

OPEN_OF_PRACTICES = 3  # they have no edition that could say


def with_pages_open(
    presentations: PresentationQuerySet, viewer: Viewer, at: datetime | None = None
) -> PresentationQuerySet:
    """Those listed to the viewer, each with `pages_open`: so many first pages, or None for all of them.

    Narrow the presentations before, not after: the questions are asked about all of them.
    """
    known = presentations.order_by()
    may_have = known.downloadable_by(viewer, at).values("pk")
    is_opened = known.public().open_at(at).values("pk")
    pages = pages_open_where(may_have=Q(pk__in=may_have), is_opened=Q(pk__in=is_opened))
    return presentations.listed_to(viewer, at).annotate(pages_open=pages)


def pages_open_where(*, may_have: Q, is_opened: Q) -> Case:
    """So many first pages of what is listed, or None for all: whoever may have it, and public ones that are open."""
    some = Coalesce("open_pages", "edition__open_pages", Value(OPEN_OF_PRACTICES))
    return Case(
        When(may_have, then=Value(None)),
        When(is_opened, then=some),
        default=Value(0),
        output_field=IntegerField(null=True),
    )


def pages_open_to(presentation: Presentation, viewer: Viewer, at: datetime | None = None) -> int | None:
    """So many first pages, or None for all; 0 also for what this viewer may not know of."""
    asked = with_pages_open(Presentation.objects.filter(pk=presentation.pk), viewer, at)
    rows: list[int | None] = list(asked.order_by().values_list("pages_open", flat=True))  # type: ignore[misc]
    return rows[0] if rows else 0


def is_open(number: int, pages_open: int | None) -> bool:
    return pages_open is None or number <= pages_open


def is_open_to_everyone(presentation: Presentation, number: int, at: datetime | None = None) -> bool:
    """Whether a visitor sees this page too, so that its picture may be kept for all."""
    return is_open(number, pages_open_to(presentation, ANONYMOUS, at))
