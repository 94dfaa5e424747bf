"""What the programme refuses, in words that can be shown to the person who asked."""


class PresentationRefused(ValueError):  # noqa: N818
    """A change to a presentation that is not made; its text says why."""


class NoRoom(PresentationRefused):
    """The disk is full: nothing wrong with the file."""
