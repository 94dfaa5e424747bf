"""What the timer of deploy/systemd calls: tonight's backup, and the list of closed accounts beside it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conference.backup.nightly import CLOSED, make_nightly

WEEKS = 5


class Command(BaseCommand):
    help = "Adds tonight's backup to a folder: in full once a week, else with what is new since the night before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--weeks", type=int, default=WEEKS, help="how many weeks are kept")

    def handle(self, *args: Any, folder: Path, weeks: int, **options: Any) -> None:
        if weeks < 1:
            raise CommandError("At least one week is kept.")
        path, manifest = make_nightly(folder, timezone.localtime(), weeks)
        call_command("erase_again", save=folder / CLOSED)
        self.stdout.write(f"{path.name}: {len(manifest.files)} files, {path.stat().st_size} bytes.")
        if manifest.missing:
            raise CommandError(f"{len(manifest.missing)} files are missing. Ask manage.py doctor which.")
