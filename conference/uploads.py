"""What arrives is written to disk only up to the size that any form accepts; the rest is read and dropped."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MEGABYTE = 1024**2


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """A file beyond the limit ends one byte after it: the form sees that it is too large, the disk does not fill."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.room = int(settings.PRESENTATION_MAX_MB * MEGABYTE) + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = raw_data[: self.room]
        self.room -= len(kept)
        super().receive_data_chunk(kept, start)
