"""What one page of the viewer shows: the page itself or the gate, and the way to the others."""

from dataclasses import dataclass

from sessions.models import Presentation, Preview, PreviewPage
from sessions.previews.access import is_open

BESIDE = 4  # pages before and after this one in the row of small pictures


@dataclass(frozen=True)
class Step:
    """One page among others, as a small picture that leads to it."""

    number: int
    is_open: bool
    is_current: bool = False
    has_picture: bool = False


@dataclass(frozen=True)
class Sight:
    """One page of a presentation as this viewer sees it; `page` is empty behind the gate."""

    preview: Preview
    number: int
    pages_open: int | None
    page: PreviewPage | None
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        return self.page is not None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.preview.page_count else None


def made_preview(presentation: Presentation) -> Preview | None:
    """Of the public version, when it is made; read the presentation together with `current_file__preview`."""
    preview = presentation.current_file.preview if presentation.current_file else None
    return preview if preview and preview.state == Preview.State.DONE and preview.page_count else None


def sight_of(presentation: Presentation, number: int, pages_open: int | None) -> Sight | None:
    """Nothing for a page that is not there, or without a preview."""
    preview = made_preview(presentation)
    if not preview or not 1 <= number <= preview.page_count:
        return None
    page = (
        preview.pages.filter(number=number).order_by("number").first()
        if is_open(number, pages_open)
        else None
    )
    first = max(1, min(number - BESIDE, preview.page_count - 2 * BESIDE))
    steps = steps_of(preview, first, first + 2 * BESIDE, pages_open, number)
    return Sight(preview, number, pages_open, page, steps)


def steps_of(
    preview: Preview, first: int, last: int, pages_open: int | None, current: int = 0
) -> tuple[Step, ...]:
    """From the first to the last of these pages; what is behind the gate shows nothing of itself."""
    drawn = preview.pages.order_by().filter(number__range=(first, last), width__gt=0)
    with_picture = set(drawn.values_list("number", flat=True))
    return tuple(
        Step(number, is_open(number, pages_open), number == current, number in with_picture)
        for number in range(first, min(last, preview.page_count) + 1)
    )
