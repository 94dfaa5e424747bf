"""An uploaded timetable between its preview and its confirmation: private, short-lived, for one person and edition."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile

from conference import clock
from conference.models import Edition, User
from sessions.models.presentation_file import private_storage

FOLDER = "imports"
SALT = "sessions.import"
KEPT = timedelta(hours=2)


@dataclass(frozen=True)
class Waiting:
    """What is known of an import that waits for its confirmation; sent along signed, never trusted otherwise."""

    file: str
    name: str
    edition: int
    user: int
    publish: bool = True
    mapping: tuple[tuple[int, str], ...] = ()
    seen: str = ""
    size: int = 0  # lines or sessions, as they were shown

    def token(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def read(self) -> bytes:
        """The file's bytes; raises FileNotFoundError when it is gone."""
        with private_storage().open(self.file) as file:
            return bytes(file.read())

    def forget(self) -> None:
        private_storage().delete(self.file)

    def with_(self, **changes: Any) -> "Waiting":
        return replace(self, **changes)


def keep(data: bytes, *, name: str, edition: Edition, user: User) -> Waiting:
    """Store the file under a generated name; older ones that nobody confirmed go."""
    forget_old()
    stored = private_storage().save(f"{FOLDER}/{uuid.uuid4().hex}", ContentFile(data))
    return Waiting(file=stored, name=name[:200], edition=edition.pk, user=user.pk)


def waiting(token: str, *, edition: Edition, user: User) -> Waiting | None:
    """The import this token stands for, if it is this person's, of this edition, and not too old."""
    try:
        values = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    found = waiting_again(values)
    return found if (found.edition, found.user) == (edition.pk, user.pk) else None


def waiting_again(values: dict[str, Any]) -> Waiting:
    """From what was sent along or written down."""
    mapping = tuple((int(place), str(meaning)) for place, meaning in values["mapping"])
    return Waiting(**{**values, "mapping": mapping})


def forget_old(at: datetime | None = None) -> int:
    """Delete files that nobody confirmed in time."""
    old = old_files(at)
    for name in old:
        private_storage().delete(name)
    return len(old)


def old_files(at: datetime | None = None) -> list[str]:
    storage, limit = private_storage(), (at or clock.now()) - KEPT
    try:
        _folders, files = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    names = [f"{FOLDER}/{name}" for name in files]
    return [name for name in names if storage.get_modified_time(name) < limit]
