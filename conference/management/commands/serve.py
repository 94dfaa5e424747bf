"""Make the database ready and run the site: the web server and the worker, until Ctrl-C."""

import json
import os
import sys
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from conference.management.processes import address_is_free, run_together, wait_until_listening
from conference.management.web_server import make_ready, web_server
from conference.models import User


class Command(BaseCommand):
    help = "Start the site on this machine."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_what_cannot_work()
        self.say("Preparing the database and the static files…")
        make_ready()
        accounts = load_demonstration() if settings.DEMO else []
        notes = demonstration_notes(accounts) if settings.DEMO else empty_site_notes()

        def welcome() -> None:
            if wait_until_listening(settings.BIND):
                self.say(*address_notes(), *notes, "Ctrl-C stops everything.")

        ended = run_together(commands(), environment(), welcome)
        if ended:
            raise CommandError(
                f"The {ended} ended by itself, so everything was stopped. Its last lines say why."
            )
        self.say("Stopped.")

    def say(self, *lines: str) -> None:
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def refuse_what_cannot_work() -> None:
    if settings.IS_PUBLIC and settings.DEMO:
        raise CommandError("DEMO=yes has accounts whose passwords everyone knows: not for a public site.")
    if not address_is_free(settings.BIND):
        port = settings.BIND.rsplit(":", 1)[1]
        raise CommandError(f"Port {port} is in use. Choose another one: make run PORT={int(port) + 1}")


def commands() -> dict[str, list[str]]:
    manage = str(settings.BASE_DIR / "manage.py")
    return {"web server": web_server(), "worker": [sys.executable, manage, "worker"]}


def environment() -> dict[str, str]:
    """The demonstration's staff accounts are invented: without a phone they need no second factor."""
    relaxed = {"STAFF_SECOND_FACTOR": "no"} if second_factor_is_off() else {}
    return {**os.environ, **relaxed}


def second_factor_is_off() -> bool:
    return settings.DEMO and not settings.IS_PUBLIC and "STAFF_SECOND_FACTOR" not in os.environ


def load_demonstration() -> list[dict[str, str]]:
    """The demonstration conference, loaded once; its accounts."""
    if "load_demo" not in get_commands():
        return []
    out = StringIO()
    call_command("load_demo", "--json", stdout=out)
    return list(json.loads(out.getvalue())["accounts"])


def address_notes() -> list[str]:
    lines = ["", f"The site runs at {settings.SITE_URL}/"]
    if not settings.EMAIL_URL:
        lines.append(
            f"No mail server is configured: mail is written as files into {settings.EMAIL_FILE_PATH}/"
        )
    return lines


def demonstration_notes(accounts: list[dict[str, str]]) -> list[str]:
    lines = ["The demonstration conference is loaded. Log in as:"]
    lines += [f"  {a['part']:<12} {a['email']:<26} {a['password']}" for a in accounts]
    if second_factor_is_off():
        lines.append(
            "STAFF_SECOND_FACTOR is off for these invented accounts: organisers log in by password alone."
        )
    return lines


def empty_site_notes() -> list[str]:
    if settings.ORGANISER_EMAIL:
        out = StringIO()
        call_command("first_organiser", email=settings.ORGANISER_EMAIL, stdout=out)
        return out.getvalue().splitlines()
    if User.objects.filter(is_superuser=True, is_active=True).exists():
        return []
    return [
        "This site has no organiser yet. Stop it, and start it with the address of the first one:",
        "  make run DEMO=no ORGANISER_EMAIL=you@example.org",
    ]
