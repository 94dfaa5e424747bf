"""The designs a badge can have: paper, labels on it, and how many of them; all lengths in millimetres."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

A4, A6, A7 = (210.0, 297.0), (105.0, 148.0), (105.0, 74.0)
PREVIEW_GAP = 4.0


@dataclass(frozen=True)
class Design:
    """A sheet of equal badges, in its middle; folded, each sheet is one badge with two sides."""

    name: Any
    paper: tuple[float, float]
    badge: tuple[float, float]
    columns: int = 1
    rows: int = 1
    gap: tuple[float, float] = (0.0, 0.0)
    is_folded: bool = False
    has_marks: bool = False

    @property
    def on_a_sheet(self) -> int:
        return 1 if self.is_folded else self.columns * self.rows

    def as_data(self) -> dict[str, Any]:
        """What badges.typ reads."""
        return {
            "width": self.paper[0],
            "height": self.paper[1],
            "columns": self.columns,
            "rows": self.rows,
            "cell": {"width": self.badge[0], "height": self.badge[1]},
            "gap": {"x": self.gap[0], "y": self.gap[1]},
            "fold": self.is_folded,
            "marks": self.has_marks,
        }

    def for_preview(self) -> "Design":
        """The first sheet; of sheets with one badge a few side by side."""
        if self.is_folded or self.on_a_sheet > 1:
            return self
        columns, rows = 3, 2
        size = [
            many * (side + PREVIEW_GAP) + PREVIEW_GAP
            for many, side in zip((columns, rows), self.badge, strict=True)
        ]
        gap = (PREVIEW_GAP, PREVIEW_GAP)
        return replace(self, paper=(size[0], size[1]), columns=columns, rows=rows, gap=gap, has_marks=True)


DESIGNS = {
    "a6": Design(_("A6 upright, one on a page"), A6, A6),
    "a6_folded": Design(
        _("A6 upright, two sides: A5 across, to be folded"), (210.0, 148.0), A6, columns=2, is_folded=True, has_marks=True
    ),
    "a7": Design(_("A7 across, one on a page"), A7, A7),
    "a7_on_a4": Design(
        _("A7 across, 2 × 4 on A4, to be cut (also labels of 105 × 74 mm)"), A4, A7, columns=2, rows=4, has_marks=True
    ),
    "labels_2x4": Design(
        _("Labels of 99.1 × 67.7 mm, 2 × 4 on A4 (Avery L7165)"), A4, (99.1, 67.7), columns=2, rows=4, gap=(2.5, 0.0)
    ),
    "labels_3x8": Design(
        _("Labels of 63.5 × 33.9 mm, 3 × 8 on A4 (Avery L7159)"), A4, (63.5, 33.9), columns=3, rows=8, gap=(2.5, 0.0)
    ),
    "labels_3x8_full": Design(
        _("Labels of 70 × 37 mm, 3 × 8 on A4 without gaps (Avery 3474)"), A4, (70.0, 37.0), columns=3, rows=8
    ),
}  # fmt: skip
LOOKS = {
    "colour": _("bands in the edition's colour"),
    "plain": _("white, with lines in the edition's colour"),
}
