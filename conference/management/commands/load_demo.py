"""Load the demonstration: two conferences, the eNSPIRED years, invented people. Safe to run twice."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from conference.content import touch
from conference.management.demo import (
    attendees,
    certificates,
    desk,
    enspired,
    feedback,
    groups,
    kinds,
    library,
    mechelen,
    more_languages,
    news,
    organisations,
    pages,
    questions,
    reading,
    rounds,
    second,
    slides,
)
from conference.management.demo.people import ACCOUNTS, make_accounts, make_crowd
from conference.models import Edition
from sessions.library.index import rebuild
from sessions.models import Presentation, Workshop


class Command(BaseCommand):
    help = "Loads the demonstration conferences and prints accounts and addresses to try."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what to try as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PUBLIC:
            raise CommandError("The demonstration has known passwords, so it is not loaded on a public site.")
        if not Edition.objects.filter(slug="mechelen-2024").exists():
            load()
        if options["json"]:
            accounts = [account.as_dict() for account in ACCOUNTS]
            found = {"accounts": accounts, "addresses": addresses()}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for account in ACCOUNTS:
            self.stdout.write(f"{account.part:12} {account.email:24} {account.password}")
        for name, address in addresses().items():
            self.stdout.write(f"{name:24} {address}")


@transaction.atomic
def load() -> None:
    """All of it or nothing, so that a load that was cut off can simply be repeated."""
    accounts, crowd = make_accounts(), make_crowd()
    pages.load()
    first = mechelen.load(accounts)
    following = second.load(accounts)
    pages.load_of_edition(following)
    enspired.load(accounts)
    attendees.load(accounts, crowd, first, following)
    questions.load(following)
    kinds.load(following)
    certificates.load(accounts, first, following)
    desk.load(accounts, first)
    rounds.load(following)
    organisations.load(accounts, crowd, following)
    groups.load(accounts, first, following)
    library.load(accounts)
    slides.load(following)
    news.load(first, following)
    feedback.load(first, following)
    more_languages.load()
    reading.load()
    rebuild()
    touch()


def addresses() -> dict[str, str]:
    """Sample objects to look at, as absolute addresses."""
    wyns = Workshop.objects.get(edition__slug="mechelen-2024", slug="us-versus-them")
    full = Workshop.objects.get(edition__slug="second-conference", number=1)
    members_file = Presentation.objects.get(session=wyns)
    second_slug = ["second-conference"]
    paths = {
        "home": reverse("conference:home"),
        "editions": reverse("conference:editions"),
        "overview": reverse("sessions:overview", args=["mechelen-2024"]),
        "workshop": wyns.get_absolute_url(),
        "presentation for members": members_file.get_absolute_url(),
        "download for members": reverse("registration:download", args=[members_file.guid]),
        "second overview": reverse("sessions:overview", args=second_slug),
        "programme": reverse("sessions:programme", args=second_slug),
        "register": reverse("registration:register", args=second_slug),
        "full workshop": full.get_absolute_url(),
        "my registration": reverse("registration:my_registration", args=second_slug),
        "speaker": reverse("speakers:speaker", args=["noor-ferreira"]),
        "speaker's own page": reverse("sessions:speaker_desk"),
        "library": reverse("sessions:library"),
        "publication": reverse("sessions:publication", args=["enspired"]),
        "theme": reverse("conference:theme", args=["gender"]),
        "desk": reverse("registration:desk", args=second_slug),
        "news": reverse("conference:edition_news", args=second_slug),
        "admin": reverse("admin:index"),
    }
    return {name: settings.SITE_URL + path for name, path in paths.items()}
