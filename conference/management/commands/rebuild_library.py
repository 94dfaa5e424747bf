"""Write down anew what the library looks through; the site goes on meanwhile."""

from typing import Any

from django.core.management.base import BaseCommand

from sessions.library.index import rebuild


class Command(BaseCommand):
    help = "Indexes everything that the library finds anew. The worker does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} entries.")
