"""Build the static files only when one of their sources changed, so that a second start is quick."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def build_static_files() -> bool:
    """Collect, name by content and compress; whether there was anything to do."""
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    fingerprint = fingerprint_of_sources()
    if Path(settings.STATIC_ROOT).is_dir() and stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def fingerprint_of_sources() -> str:
    """One value for the paths, sizes and moments of all static files of the site and its packages."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
