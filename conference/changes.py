"""What the apps above do in the same transaction when organisers rename or move a theme."""

from collections.abc import Callable

from conference.models import Theme

AFTER_CHANGE: list[Callable[[Theme], object]] = []


def tell_changed(theme: Theme) -> None:
    for step in AFTER_CHANGE:
        step(theme)
