"""After a backup was restored: close the accounts once more that were closed since."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from conference.accounts.closing import closed_accounts, erase_again, listed


class Command(BaseCommand):
    help = (
        "Closes accounts again that were closed since a backup was made. Keep the list beside the backups with "
        "--save FILE; after restoring, give it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a list that --save wrote")
        parser.add_argument("--save", type=Path, help="write the list of closed accounts to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save"]:
            options["save"].write_text(json.dumps(closed_accounts(), indent=1))
            return
        count = erase_again(listed(options["file"]) if options["file"] else ())
        self.stdout.write(f"{count} accounts closed again.")
