"""A backup is one TAR file: the copy of the database, the files, and last the manifest that vouches for both."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.crypto import salted_hmac

from conference.backup.facts import Facts
from conference.backup.folders import FOLDERS

FORMAT = 1
MANIFEST, DATABASE, KEY = "manifest.json", "database", "secret_key"
PIECE = 1024**2  # bytes


@dataclass
class KeptFile:
    """One file of the site, and the backup in which its bytes lie."""

    folder: str
    name: str
    size: int  # bytes
    sha256: str
    kept_in: str  # id of a backup

    @property
    def member(self) -> str:
        return f"{self.folder}/{self.name}"


@dataclass
class Manifest:
    id: str
    made_at: str  # ISO 8601, UTC
    vendor: str
    key: str  # of the SECRET_KEY, what recognises it and does not betray it
    tables: Facts
    database: str = ""  # sha256
    files: list[KeptFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # files that rows speak of and no disk had
    since: dict[str, str] | None = None  # id and file name of the backup that holds the older files
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(int(count) for count, _sum in self.tables.values())


def key_mark(identity: str, key: str | None = None) -> str:
    return salted_hmac(f"backup {identity}", "key", secret=key, algorithm="sha256").hexdigest()


def knows_the_key(manifest: Manifest) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return manifest.key in {key_mark(manifest.id, key) for key in keys}


class Hashing:
    """Reads through, and knows the sha256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def add_file(archive: tarfile.TarFile, path: Path, member: str) -> tuple[int, str]:
    """The bytes of the file as they are while it is read; their number and sha256."""
    with path.open("rb") as source:
        info = tarfile.TarInfo(member)
        info.size, info.mode = path.stat().st_size, 0o600
        reader = Hashing(source)
        archive.addfile(info, reader)  # type: ignore[arg-type]  # it only reads
        return info.size, reader.digest.hexdigest()


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(data), 0o600
    archive.addfile(info, io.BytesIO(data))


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """A backup to read from; one that was cut off or is none is refused in words."""
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive, read_manifest(archive)
    except FileNotFoundError as error:
        raise CommandError(f"There is no {path}.") from error
    except (tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise CommandError(f"{path} is not a whole backup of this site: {error}") from error


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    source = archive.extractfile(MANIFEST)
    if source is None:
        raise ValueError("its manifest is no file")
    data: dict[str, Any] = json.load(source)
    if data.get("format") != FORMAT:
        raise CommandError("This backup was made by a newer site: update this one first.")
    data["files"] = [KeptFile(**entry) for entry in data["files"]]
    manifest = Manifest(**data)
    if bad := [entry.member for entry in manifest.files if not is_safe(entry)]:
        raise ValueError(f"it names a file outside its folders: {bad[0]}")
    return manifest


def is_safe(entry: KeptFile) -> bool:
    path = PurePosixPath(entry.name)
    return (
        entry.folder in FOLDERS
        and not path.is_absolute()
        and ".." not in path.parts
        and "\0" not in entry.name
    )


def take_out(archive: tarfile.TarFile, member: str, path: Path, sha256: str) -> None:
    """Write one member to disk, if it is what the manifest says; else nothing of it stays."""
    source = archive.extractfile(member)
    if source is None:
        raise KeyError(member)
    reader = Hashing(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        while piece := reader.read(PIECE):
            target.write(piece)
    if reader.digest.hexdigest() != sha256:
        path.unlink()
        raise CommandError(
            f"{member} is damaged in this backup. Nothing was changed; take an earlier backup."
        )
