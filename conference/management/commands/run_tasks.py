"""Do the tasks that wait, in a process of their own, so that their memory goes back when it ends."""

from typing import Any

from django.core.management.base import BaseCommand

from conference.tasks import run_due


class Command(BaseCommand):
    help = "Do the tasks that wait, then end. The worker starts this when there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        run_due()
