"""What a running site needs first, and the web server itself."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from conference.management.error_pages import write_error_pages
from conference.management.static_files import build_static_files
from conference.models import Edition


def make_ready() -> None:
    """The database as the code expects it, the static files, and the pages that a proxy shows when we do not answer."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    refuse_path_of_an_edition()
    build_static_files()
    write_error_pages()


def refuse_path_of_an_edition() -> None:
    """An edition that was there before the administration moved would be hidden behind it."""
    if Edition.objects.filter(slug__iexact=settings.ADMIN_PATH).exists():
        raise CommandError(
            f"ADMIN_PATH is {settings.ADMIN_PATH}: an edition has that address. Choose another word."
        )


def gunicorn() -> list[str]:
    """The command; a socket that systemd hands over takes the place of the address."""
    command = [sys.executable, "-m", "gunicorn", "conference.wsgi:application", "--no-control-socket"]
    command += ["--bind", settings.BIND, "--worker-class", "gthread", "--log-level", "warning"]
    command += ["--workers", str(settings.WEB_WORKERS), "--threads", str(settings.WEB_THREADS)]
    command += ["--preload"]  # loaded once for all workers, so that one that ended is replaced at once
    command += ["--forwarder-headers", ""]  # no header of a visitor says where the site lies
    return command
