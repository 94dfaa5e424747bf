"""Run in the scratch site: a large conference on the day itself; prints who is there and what they ask for."""

import json
import os
import sys
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from allauth.account.internal.flows.login import record_authentication  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.conf import settings  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from conference.models import User  # noqa: E402
from registration.models import Registration  # noqa: E402
from sessions.models import Presentation  # noqa: E402
from tests.admin_forms import make_staff  # noqa: E402
from tests.bench.big_edition import FILES, SESSIONS, make_big_edition  # noqa: E402
from tests.bench.load import addresses  # noqa: E402
from tests.factories import make_edition, make_registration_type  # noqa: E402
from tests.race.load import session_of  # noqa: E402

TICKETS = 400
FILE = 1_000_000


def load(
    newcomers: int, tickets: int = TICKETS, sessions: int = SESSIONS, files: int = FILES, file: int = FILE
) -> dict:
    large = make_big_edition(file, sessions=sessions, files=files)
    pages = addresses(large)
    pages.pop("download")
    slides = Presentation.objects.filter(edition=large).values_list("guid", flat=True)
    edition = make_edition(slug="door")
    kind = make_registration_type(edition)
    return {
        "pages": list(pages.values()),
        "files": [f"/presentations/{guid}/download/" for guid in slides],
        "newcomers": [session_of(user) for user in people("newcomer", newcomers)],
        "register": f"/{edition.slug}/register/",
        "type": kind.pk,
        "helper": helper(),
        "scans": f"/desk/{edition.slug}/scans/new/",
        "tickets": people_with_tickets(edition, kind, tickets),
    }


def people(name: str, count: int) -> list[User]:
    User.objects.bulk_create(
        User(email=f"{name}{n}@example.org", name=f"{name} {n}", country="BE", password=f"!{n}")
        for n in range(count)
    )
    return list(User.objects.filter(email__startswith=name).order_by("pk"))


def people_with_tickets(edition, kind, count: int) -> list[str]:
    for number, user in enumerate(people("attendee", count), start=1):
        Registration.objects.create(
            edition=edition, user=user, registration_type=kind, role="teacher", country="BE",
            status="confirmed", queue_number=number,
        )  # fmt: skip
    return list(edition.registrations.values_list("ticket_code", flat=True))


def helper() -> str:
    """Somebody at the desk who has shown both factors."""
    user = make_staff("helper")
    TOTP.activate(user, generate_totp_secret())
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_of(user))
    record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    print(json.dumps(load(**json.loads(sys.argv[1]))))
