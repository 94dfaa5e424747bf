"""Deletes what is due by the register of personal data, as the worker does each night; or only counts it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from conference.privacy.retention import delete_all_due


class Command(BaseCommand):
    help = "Delete personal data whose time is over, and say how many, never whose."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be deleted.")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry = options["dry_run"]
        for rule, count in delete_all_due(is_dry=is_dry):
            self.stdout.write(f"{count:>6}  {rule.name}  ({rule.words})")
        self.stdout.write("Nothing was deleted." if is_dry else "Done.")
