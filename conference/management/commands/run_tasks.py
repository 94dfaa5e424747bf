"""Do the tasks and make the previews that wait, in a process of their own, so that their memory goes back when it ends."""

from typing import Any

from django.core.management.base import BaseCommand

from conference.management.long_work import do_long_work


class Command(BaseCommand):
    help = (
        "Do the tasks and make the previews that wait, then end. The worker starts this when there are any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        do_long_work()
