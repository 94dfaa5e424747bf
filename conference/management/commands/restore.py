"""A backup onto an empty machine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from conference.accounts.closing import erase_again, listed
from conference.backup.restoring import restore_backup


class Command(BaseCommand):
    help = "Puts a backup back: an empty DATA_DIR and database, one command, then start the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--closed",
            type=Path,
            metavar="LIST",
            help="accounts closed since, as erase_again --save wrote them",
        )

    def handle(self, *args: Any, file: Path, closed: Path | None, **options: Any) -> None:
        try:
            restored = restore_backup(file)
        except OperationalError as error:
            raise CommandError(
                "The database does not answer. Does DATABASE_URL name one that is there, empty, and has this"
                f" password? It says: {error}"
            ) from error
        closed_again = erase_again(listed(closed)) if closed else 0
        manifest = restored.manifest
        self.stdout.write(
            f"Restored the site of {manifest.made_at}: {len(manifest.tables)} tables with {manifest.rows} rows and"
            f" {len(manifest.files)} files, all as they were."
        )
        if restored.held:
            self.stdout.write(
                f"{restored.held} mails that waited then are held. Look at them under Mails in the administration,"
                " and release those that should still go."
            )
        if closed:
            self.stdout.write(f"{closed_again} accounts that were closed since are closed again.")
        else:
            self.stdout.write(
                "Were accounts closed since? Then run, before you start: manage.py erase_again LIST"
            )
        if not restored.has_key:
            self.stdout.write(
                "SECRET_KEY is another one than that of the backup: put the former one into SECRET_KEY or"
                " SECRET_KEY_FALLBACKS, or second factors and links in old mails will not work."
            )
        for name in manifest.missing:
            self.stdout.write(f"Missing already when the backup was made: {name}")
