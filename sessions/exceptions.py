"""What the programme refuses, in words that can be shown to the person who asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class PresentationRefused(ValueError):  # noqa: N818
    """A change to a presentation that is not made; its text says why."""


class NoRoom(PresentationRefused):
    """The disk is full: nothing wrong with the file."""


class LinkRefused(ValueError):  # noqa: N818
    """An upload link that is not sent; its text says why."""


class PromiseRefused(ValueError):  # noqa: N818
    """A day by which nobody can bring a presentation; its text says why."""


class PublicationRefused(ValueError):  # noqa: N818
    """A publication that cannot be published; its text says why."""


class PublicationChanged(PublicationRefused):
    """Somebody else changed the parts after they were shown; its text says so."""


class ScheduleRefused(ValueError):  # noqa: N818
    """A change of the schedule that is not made; its text says why."""


class ChangedMeanwhile(ScheduleRefused):
    """Somebody moved the slot since this person saw it; nothing was saved."""


class ReleaseRefused(ValueError):  # noqa: N818
    """A release that is not made; its text says why."""

    words: Any = ""

    def __init__(self) -> None:
        super().__init__(self.words)


class DraftChanged(ReleaseRefused):
    words = _("The draft changed while you were looking. Read below what a release would change now.")


class ReleasedMeanwhile(ReleaseRefused):
    words = _(
        "There is a newer release already, made while you were looking. Read below what another would change."
    )


class ReleaseForbidden(ReleaseRefused):
    words = _("The draft has conflicts that forbid a release. Solve them first.")
