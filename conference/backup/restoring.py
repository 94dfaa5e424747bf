"""Put a backup back on an empty machine: compared, its mail held, and whoever was erased since erased again."""

import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from conference.backup.archive import (
    DATABASE,
    KEY,
    Manifest,
    knows_the_key,
    opened,
    take_out,
)
from conference.backup.databases import is_empty, load_from
from conference.backup.facts import differences
from conference.backup.folders import put_back
from conference.services.outbox import hold_waiting

Sources = dict[str, tarfile.TarFile]  # the backups of a chain, by id


@dataclass
class Restored:
    manifest: Manifest
    held: int  # mails
    has_key: bool


def restore_backup(path: Path) -> Restored:
    """Everything is taken out and checked first; only then does the site get its files, and last its database."""
    if not is_empty() and not is_unfinished():
        raise CommandError(
            "This site has accounts already. A backup goes on an empty one: name another DATA_DIR and another "
            "database, or move these away."
        )
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack, staged() as stage:
        archive, manifest = stack.enter_context(opened(path))
        refuse_another_database(manifest)
        sources = chain(stack, path, archive, manifest)
        take_out(archive, DATABASE, stage / DATABASE, manifest.database)
        for entry in manifest.files:
            take_out(sources[entry.kept_in], entry.member, stage / entry.member, entry.sha256)
        for entry in manifest.files:
            put_back(entry.folder, entry.name, stage / entry.member)
        mark_of_begun().touch()
        found = differences(manifest.tables, load_from(stage / DATABASE))
        if found:
            raise CommandError("The database is not what the backup says: " + "; ".join(found))
        has_key = put_key_back(archive) or knows_the_key(manifest)
    call_command("migrate", interactive=False, verbosity=0)
    held = hold_waiting()
    mark_of_begun().unlink()
    return Restored(manifest, held, has_key)


def mark_of_begun() -> Path:
    """There from before the database comes until its mail is held; a restore that was cut off is begun again."""
    return Path(settings.DATA_DIR, ".restore-begun")


def is_unfinished() -> bool:
    return mark_of_begun().exists()


def refuse_another_database(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise CommandError(
            f"This is a backup of {names[manifest.vendor]}, and this site is set to {names[connection.vendor]}: "
            "set DATABASE_URL as it was."
        )


@contextmanager
def staged() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as folder:
        yield Path(folder)


def chain(stack: ExitStack, path: Path, archive: tarfile.TarFile, manifest: Manifest) -> Sources:
    """The backups that hold the older files; each lies beside the one that names it."""
    sources, since = {manifest.id: archive}, manifest.since
    needed = {entry.kept_in for entry in manifest.files}
    while since and needed - set(sources):
        earlier = path.with_name(since["name"])
        if not earlier.exists():
            raise CommandError(f"This backup needs {since['name']} beside it: older files lie there.")
        archive, older = stack.enter_context(opened(earlier))
        if older.id != since["id"]:
            raise CommandError(f"{earlier} is not the backup on which this one builds.")
        sources[older.id], since = archive, older.since
    return sources


def put_key_back(archive: tarfile.TarFile) -> bool:
    """The key that the former machine made itself, over the one that this one made a moment ago."""
    if settings.IS_PUBLIC or "SECRET_KEY" in os.environ or KEY not in archive.getnames():
        return False
    source = archive.extractfile(KEY)
    if source is None:
        return False
    path = Path(settings.DATA_DIR, KEY)
    draft = path.with_name(f"{KEY}.restored")
    draft.touch(mode=0o600)
    draft.write_bytes(source.read())
    draft.replace(path)
    return True
