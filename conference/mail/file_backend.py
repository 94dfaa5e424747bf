"""Mail as files in the data folder, for a site without a mail server."""

import os
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """One .eml per mail, named by its Message-ID: the same mail sent again is still one file."""

    def __init__(self, *args: Any, file_path: str | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # codes lie in it
        for message in email_messages:
            self.write(message)
        return len(email_messages)

    def write(self, message: EmailMessage) -> None:
        """Whole or not at all: written beside its place, then moved there."""
        name = (
            re.sub(r"[^A-Za-z0-9._@-]", "", message.extra_headers.get("Message-ID", "")) or uuid.uuid4().hex
        )
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.write_bytes(message.message().as_bytes())
        draft.replace(self.folder / f"{name}.eml")
