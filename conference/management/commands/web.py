"""Become the web server alone: systemd hands its socket to this process, and asks this process to stop."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from conference.management.web_server import web_server


class Command(BaseCommand):
    help = "Run the web server alone, in this process; `prepare` comes before, `worker` beside it."

    def handle(self, *args: Any, **options: Any) -> None:
        os.chdir(settings.BASE_DIR)
        command = web_server()
        os.execv(command[0], command)  # noqa: S606
