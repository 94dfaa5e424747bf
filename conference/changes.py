"""What the apps above do in the same transaction when organisers change a theme or an edition."""

from collections.abc import Callable

from conference.models import Edition, Theme

AFTER_THEME_CHANGE: list[Callable[[Theme], object]] = []
AFTER_EDITION_CHANGE: list[Callable[[Edition], object]] = []


def tell_theme_changed(theme: Theme) -> None:
    for step in AFTER_THEME_CHANGE:
        step(theme)


def tell_edition_changed(edition: Edition) -> None:
    for step in AFTER_EDITION_CHANGE:
        step(edition)
