"""What the apps above do in the same transaction when a theme, an edition or an organisation changes."""

from collections.abc import Callable

from conference.models import Edition, Organisation, Theme

AFTER_THEME_CHANGE: list[Callable[[Theme], object]] = []
AFTER_EDITION_CHANGE: list[Callable[[Edition], object]] = []
AFTER_ORGANISATION_CHANGE: list[Callable[[Organisation], object]] = []


def tell_theme_changed(theme: Theme) -> None:
    for step in AFTER_THEME_CHANGE:
        step(theme)


def tell_edition_changed(edition: Edition) -> None:
    for step in AFTER_EDITION_CHANGE:
        step(edition)


def tell_organisation_changed(organisation: Organisation) -> None:
    for step in AFTER_ORGANISATION_CHANGE:
        step(organisation)
