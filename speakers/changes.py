"""What the apps above do in the same transaction when somebody on stage is entered or changed."""

from collections.abc import Callable

from speakers.models import Speaker

AFTER_CHANGE: list[Callable[[Speaker], object]] = []
BEFORE_DELETING: list[Callable[[Speaker], object]] = []


def tell_changed(speaker: Speaker) -> None:
    for step in AFTER_CHANGE:
        step(speaker)


def tell_deleting(speaker: Speaker) -> None:
    for step in BEFORE_DELETING:
        step(speaker)
