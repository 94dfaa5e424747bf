"""Run in the scratch site: many threads do whatever people and organisers do, at once and at random; prints what went wrong.

`python -m tests.race.walking THREADS STEPS EDITION`, in all so many steps.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Event

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402

from conference.models import Edition, Outbox, User  # noqa: E402
from registration.exceptions import Refusal  # noqa: E402
from registration.models import PlaceChange, Registration, RegistrationType, WorkshopBooking  # noqa: E402
from registration.place_log.queues import queues_of  # noqa: E402
from registration.services.booking import book_workshop, cancel_booking, clashing_bookings  # noqa: E402
from registration.services.registering import cancel_registration, register  # noqa: E402
from registration.services.waiting_list import fill_free_places  # noqa: E402
from sessions.models import Workshop  # noqa: E402

PEOPLE = 60
TRIES = 5
SHARES = {"register": 6, "cancel": 3, "book": 6, "swap": 3, "give_back": 2, "raise_places": 1}


class Walk:
    def __init__(self, edition: Edition, kind: RegistrationType, workshops: list[Workshop]) -> None:
        self.edition, self.kind, self.workshops = edition, kind, workshops
        self.organiser, _made = User.objects.get_or_create(email="organiser@example.org", name="Olga")
        self.outcomes: Counter[str] = Counter()

    def begin(self) -> None:
        """Half of the people are registered already, so that each kind of step finds somebody."""
        for user in User.objects.filter(email__startswith="walker").order_by("pk")[: PEOPLE // 2]:
            with suppress(Refusal):  # of an earlier walk
                register(user=user, registration_type=self.kind, role="teacher", country="BE")

    def steps(self, seed: int, count: int) -> None:
        rng = random.Random(seed)
        names, shares = list(SHARES), list(SHARES.values())
        try:
            for _step in range(count):
                self.insist(rng.choices(names, shares)[0], rng)
        finally:
            connection.close()

    def insist(self, name: str, rng: random.Random) -> None:
        """Who is told to try again does so, a few times: a slow machine leaves no step out."""
        for _try in range(TRIES):
            try:
                getattr(self, name)(rng)
                self.outcomes[name] += 1
                return
            except (Refusal, User.DoesNotExist, Registration.DoesNotExist):
                self.outcomes["refused"] += 1
                return
            except OperationalError:
                self.outcomes["busy"] += 1

    def user(self, rng: random.Random) -> User:
        return User.objects.get(email=f"walker{rng.randrange(PEOPLE)}@example.org")

    def registered(self, rng: random.Random) -> Registration:
        return self.edition.registrations.active().get(user=self.user(rng))

    def register(self, rng: random.Random) -> None:
        register(user=self.user(rng), registration_type=self.kind, role="teacher", country="BE")

    def cancel(self, rng: random.Random) -> None:
        cancel_registration(registration=self.registered(rng))

    def book(self, rng: random.Random) -> None:
        book_workshop(registration=self.registered(rng), workshop=rng.choice(self.workshops))

    def swap(self, rng: random.Random) -> None:
        mine, workshop = self.registered(rng), rng.choice(self.workshops)
        book_workshop(registration=mine, workshop=workshop, give_back=clashing_bookings(mine, workshop))

    def give_back(self, rng: random.Random) -> None:
        if booking := self.registered(rng).bookings.active().first():
            cancel_booking(booking=booking)

    def raise_places(self, rng: random.Random) -> None:
        """Only upwards: after a lowering more may be confirmed than there are places."""
        with transaction.atomic():
            kind = RegistrationType.objects.select_for_update(no_key=True).get(pk=self.kind.pk)
            kind.capacity += rng.randrange(2)
            kind.save(update_fields=["capacity"])
            fill_free_places(registration_type=kind, by=self.organiser)


def wrong_now(edition: Edition) -> list[str]:
    """What must never be seen, in one view of the whole database."""
    found = []
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        owners = [*edition.registration_types.all(), *Workshop.objects.filter(edition=edition)]
        for owner in owners:
            places = owner.registrations if isinstance(owner, RegistrationType) else owner.bookings
            confirmed, waiting = places.confirmed().count(), places.waiting().count()
            if confirmed > owner.capacity:
                found.append(f"{owner}: {confirmed} in {owner.capacity} places")
            if waiting and confirmed < owner.capacity:
                found.append(f"{owner}: {waiting} wait beside a free place")
        live = Counter(edition.registrations.active().values_list("user", flat=True))
        found += [f"user {user} is registered {count} times" for user, count in live.items() if count > 1]
        both = WorkshopBooking.objects.active().filter(registration__edition=edition)
        held = Counter(both.values_list("registration", flat=True))
        found += [f"registration {pk} is in both workshops" for pk, count in held.items() if count > 1]
        found += [
            f"{queue.name}: {words}"
            for queue in queues_of(edition)
            for words in [*queue.wrong, *(["differs from its log"] if queue.differing else [])]
        ]
    return found


def main(threads: int, steps: int, pk: int) -> dict:
    new = (User(email=f"walker{n}@example.org", name=f"Walker {n}", country="BE") for n in range(PEOPLE))
    User.objects.bulk_create(new, ignore_conflicts=True)
    edition = Edition.objects.get(pk=pk)
    edition.registration_types.update(capacity=20)
    kind = edition.registration_types.get()
    Workshop.objects.filter(edition=edition).update(capacity=5)
    walk = Walk(edition, kind, list(Workshop.objects.filter(edition=edition)))
    walk.begin()
    seen: list[str] = []
    over = Event()

    def watch() -> None:
        while not over.wait(1):
            seen.extend(wrong_now(edition))
        connection.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads + 1) as pool:
        watching = pool.submit(watch)
        walking = [pool.submit(walk.steps, seed, steps // threads) for seed in range(threads)]
        wait(walking)
        over.set()
        for one in (*walking, watching):
            if error := one.exception():
                seen.append(f"{type(error).__name__}: {error}")
    seen += wrong_now(edition)
    return {
        "wrong": sorted(set(seen)),
        "outcomes": walk.outcomes,
        "changes": PlaceChange.objects.count(),
        "mails": Outbox.objects.count(),
        "seconds": round(time.perf_counter() - begun, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
