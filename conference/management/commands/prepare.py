"""Everything before the start of web server and worker, when these are services of their own."""

from typing import Any

from django.core.management.base import BaseCommand

from conference.management.web_server import make_ready


class Command(BaseCommand):
    help = "Bring the database up to date and build static files and error pages."

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready()
