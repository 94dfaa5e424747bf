"""The whole site into one file, while it goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conference.backup.making import make_backup


class Command(BaseCommand):
    help = "Writes database and files of this moment into one TAR file, which only its owner may read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--since", type=Path, metavar="EARLIER", help="leave out the files that this earlier backup holds"
        )

    def handle(self, *args: Any, file: Path, since: Path | None, **options: Any) -> None:
        made = make_backup(file, since)
        new = [entry for entry in made.files if entry.kept_in == made.id]
        size = file.stat().st_size / 1024**2
        self.stdout.write(
            f"{file}: {len(made.tables)} tables with {made.rows} rows, {len(made.files)} files"
            f" ({len(new)} of them in this backup), {size:.1f} MB."
        )
        if made.since:
            self.stdout.write(f"It builds on {made.since['name']}: keep both.")
        for name in made.missing:
            self.stdout.write(f"Missing on this site, and so in the backup: {name}")
