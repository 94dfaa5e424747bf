"""Run in the scratch site: helpers with sessions, and tickets; prints what the race at the desk needs."""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402

from conference.models import User  # noqa: E402
from tests.admin_forms import make_staff  # noqa: E402
from tests.factories import make_edition, make_registration  # noqa: E402
from tests.race.load import session_of  # noqa: E402

TICKETS = 40


@transaction.atomic
def load() -> dict:
    helpers = [make_staff("helper") for _number in range(2)]
    edition = make_edition(slug="ed")
    # Invented password hashes: hashing them all takes long.
    people = User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Person {n}", password=f"!{n}") for n in range(TICKETS)
    )
    tickets = [make_registration(user=user, edition=edition).ticket_code for user in people]
    return {"sessions": [session_of(helper) for helper in helpers], "tickets": tickets}


if __name__ == "__main__":
    print(json.dumps(load()))
