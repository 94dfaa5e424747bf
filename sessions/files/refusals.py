"""Why a file was not taken, in words for the person who sent it."""

from typing import Any

from django.utils.text import format_lazy


class RefusedFile(ValueError):  # noqa: N818
    """A file we do not accept; its text says what is wrong and how to fix it."""

    def __init__(self, message: Any, **values: Any) -> None:
        self.message = format_lazy(message, **values) if values else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Infected(RefusedFile):
    """The virus scanner found something; the site is told as well as the sender."""


class ScanUnavailable(Exception):  # noqa: N818
    """The virus scanner did not answer; the file is neither clean nor refused."""
