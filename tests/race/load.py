"""Run in the scratch site: people with sessions, and an edition for each race; prints what the tests need.

`python -m tests.race.load`, or with a number of people.
"""

import json
import os
import sys
from datetime import UTC, datetime
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402

from conference.models import User  # noqa: E402
from tests.admin_forms import make_staff  # noqa: E402
from tests.factories import (  # noqa: E402
    make_edition,
    make_question,
    make_registration,
    make_registration_type,
    make_release,
    make_slot,
    make_workshop,
)

PEOPLE = 200
TICKETS = 40
MORNING = datetime(2027, 3, 13, 9, 30, tzinfo=UTC)


@transaction.atomic
def load(number_of_people: int = PEOPLE) -> dict:
    # Invented password hashes: nobody logs in by password here, and hashing 200 takes long.
    User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Person {n}", country="BE", password=f"!{n}")
        for n in range(number_of_people)
    )
    people = list(User.objects.order_by("pk"))
    return {
        "sessions": [session_of(user) for user in people],
        "users": [user.pk for user in people],
        "rush": edition_with(capacity=25),
        "unlocked": [edition_with(capacity=25) for _round in range(4)],
        "locked": edition_with(capacity=25),
        "double": edition_with(capacity=25),
        "one_cancels": edition_with(capacity=25, people=people[:26]),
        "ten_cancel": edition_with(capacity=10, people=people[:25]),
        "walks": [edition_with_parallel_workshops([])["pk"] for _walk in range(4)],
        "parallel": edition_with_parallel_workshops(people[:40]),
        "lunches": edition_with_lunches(people[:40]),
        "unlocked_lunches": [edition_with_lunches(people[:40]) for _round in range(4)],
        "cut_off": [edition_with(capacity=25) for _trouble in range(4)],
        "desk": edition_with_a_desk(people[:TICKETS]),
    }


def session_of(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def edition_with(capacity: int, people: list[User] = ()) -> dict:
    """An edition whose places go to these people in order; the rest of them waits."""
    edition = make_edition()
    kind = make_registration_type(edition, capacity=capacity)
    for number, user in enumerate(people, start=1):
        status = "confirmed" if number <= capacity else "waiting"
        make_registration(user=user, edition=edition, status=status, queue_number=number)
    return {"slug": edition.slug, "pk": edition.pk, "type": kind.pk}


def edition_with_parallel_workshops(people: list[User]) -> dict:
    edition = make_edition()
    kind = make_registration_type(edition)
    release = make_release(edition)
    workshops = [make_workshop(edition, capacity=15) for _number in range(2)]
    for workshop in workshops:
        make_slot(workshop, MORNING, release=release)
    for user in people:
        make_registration(user=user, edition=edition)
    return {"slug": edition.slug, "pk": edition.pk, "type": kind.pk, "workshops": [w.slug for w in workshops]}


def edition_with_lunches(people: list[User]) -> dict:
    """An edition where everybody has a place, and ten may have fish."""
    edition = make_edition()
    kind = make_registration_type(edition)
    lunch = make_question(edition, "Lunch", [("fish", 10), ("soup", None)])
    for user in people:
        make_registration(user=user, edition=edition)
    fish = lunch.options.get(label="fish").pk
    return {"slug": edition.slug, "pk": edition.pk, "type": kind.pk, "question": lunch.pk, "fish": fish}


def edition_with_a_desk(people: list[User]) -> dict:
    """Two who may scan, and a ticket of each of these people."""
    edition = make_edition()
    tickets = [make_registration(user=user, edition=edition).ticket_code for user in people]
    helpers = [session_of(make_staff("helper")) for _number in range(2)]
    return {"slug": edition.slug, "helpers": helpers, "tickets": tickets}


if __name__ == "__main__":
    print(json.dumps(load(*map(int, sys.argv[1:]))))
