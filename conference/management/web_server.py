"""What a running site needs first, and the web server itself."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from conference.management.error_pages import write_error_pages
from conference.management.gunicorn import gunicorn
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


def web_server() -> list[str]:
    """Its command, as the settings say."""
    return gunicorn(settings.BIND, workers=settings.WEB_WORKERS, threads=settings.WEB_THREADS)
