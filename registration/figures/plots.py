"""Where the line of a plot runs; classes and the style sheet do the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 340, 150, 6


@dataclass(frozen=True)
class Line:
    """In units of the picture, whose size is `width` by `height`."""

    points: str
    area: str
    last: tuple[float, float]
    width: int = WIDTH
    height: int = HEIGHT


def line_of(values: Sequence[int]) -> Line | None:
    """Through these values from left to right, from nought at the bottom; two are the fewest that make a line."""
    if len(values) < 2 or not max(values):
        return None
    across, up = (WIDTH - 2 * MARGIN) / (len(values) - 1), (HEIGHT - 2 * MARGIN) / max(values)
    spots = [
        (round(MARGIN + number * across, 1), round(HEIGHT - MARGIN - value * up, 1))
        for number, value in enumerate(values)
    ]
    points = " ".join(f"{x},{y}" for x, y in spots)
    floor = HEIGHT - MARGIN
    return Line(points, f"{spots[0][0]},{floor} {points} {spots[-1][0]},{floor}", spots[-1])
