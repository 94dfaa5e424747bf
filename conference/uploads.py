"""What arrives is written to disk only up to the size that any form accepts; the rest is read and dropped."""

import logging
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MEGABYTE = 1024**2
log = logging.getLogger(__name__)


class CutOff(SimpleUploadedFile):
    """In place of a file that did not fit on the disk: its name, and nothing that anybody could take for it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, b"")


def is_cut_off(upload: File) -> bool:
    return isinstance(upload, CutOff)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """All files of a sending together end one byte after the limit of one: the form sees that it is too large,
    and however many somebody sends, the disk does not fill. Full already, it is the form's turn to say so.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = int(settings.PRESENTATION_MAX_MB * MEGABYTE) + 1
        self.is_full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.is_full = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.is_full:
            return
        kept = raw_data[: self.room]
        self.room -= len(kept)
        try:
            super().receive_data_chunk(kept, start)
        except OSError:
            self.give_up()
            self.file.close()  # and with it what was written goes

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return CutOff(self.file_name or "file") if self.is_full else super().file_complete(file_size)

    def give_up(self) -> None:
        log.exception("An upload could not be written to disk.")
        self.is_full = True
