"""Run in the scratch site: many threads do whatever people and organisers do, at once and at random; prints what went wrong.

`python -m tests.race.walking THREADS STEPS EDITION`, in all so many steps.
"""

import gc
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Event

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")


import django  # noqa: E402

django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402

from conference.accounts.closing import close_account  # noqa: E402
from conference.models import Edition, Outbox, User  # noqa: E402
from registration.exceptions import Refusal  # noqa: E402
from registration.models import PlaceChange, Registration, RegistrationType  # noqa: E402
from registration.services.booking import book_workshop, cancel_booking, clashing_bookings  # noqa: E402
from registration.services.moving import change_type  # noqa: E402
from registration.services.registering import cancel_registration, register  # noqa: E402
from registration.services.waiting_list import fill_free_places  # noqa: E402
from sessions.models import Workshop  # noqa: E402
from tests.race.watching import Watch  # noqa: E402
from tests.race.witness import witness  # noqa: E402

PEOPLE = 60
TRIES = 5
FEWEST, MOST = 2, 24  # places that an organiser leaves or makes
SHARES = {
    "register": 8, "cancel": 3, "book": 7, "swap": 3, "give_back": 2, "move": 2, "move_by_organiser": 1,
    "raise_places": 1, "lower_places": 1, "delete_user": 2,
}  # fmt: skip


class Walk:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.kinds = list(edition.registration_types.all())
        self.workshops = list(Workshop.objects.filter(edition=edition))
        self.organiser, _made = User.objects.get_or_create(email="organiser@example.org", name="Olga")
        self.outcomes: Counter[str] = Counter()
        self.busy_with: Counter[str] = Counter()

    def begin(self) -> None:
        """Half of the people are registered already, so that each kind of step finds somebody."""
        for user in User.objects.filter(email__startswith="walker").order_by("pk")[: PEOPLE // 2]:
            with suppress(Refusal):  # of an earlier walk
                register(user=user, registration_type=self.kinds[0], role="teacher", country="BE")

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
            except OperationalError as error:
                self.outcomes["busy"] += 1
                self.busy_with[type(error.__cause__ or error).__name__] += 1

    def user(self, rng: random.Random) -> User:
        return User.objects.get(email=f"walker{rng.randrange(PEOPLE)}@example.org")

    def registered(self, rng: random.Random) -> Registration:
        return self.edition.registrations.active().get(user=self.user(rng))

    def register(self, rng: random.Random) -> None:
        kind = rng.choice(self.kinds)
        register(user=self.user(rng), registration_type=kind, role="teacher", country="BE")

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

    def move(self, rng: random.Random) -> None:
        change_type(registration=self.registered(rng), registration_type=rng.choice(self.kinds))

    def move_by_organiser(self, rng: random.Random) -> None:
        mine, kind = self.registered(rng), rng.choice(self.kinds)
        change_type(registration=mine, registration_type=kind, by=self.organiser)

    def raise_places(self, rng: random.Random) -> None:
        self.change_places(rng, 1 + rng.randrange(2))

    def lower_places(self, rng: random.Random) -> None:
        self.change_places(rng, -1 - rng.randrange(2))

    def change_places(self, rng: random.Random, more: int) -> None:
        """As the form of an organiser does it; after a lowering more may be confirmed than there are places."""
        owner = rng.choice([*self.kinds, *self.workshops])
        with transaction.atomic():
            row = type(owner).objects.select_for_update(no_key=True, of=("self",)).get(pk=owner.pk)
            row.capacity = min(MOST, max(FEWEST, row.capacity + more))
            row.save(update_fields=["capacity"])
            if isinstance(row, RegistrationType):
                fill_free_places(registration_type=row, by=self.organiser)
            else:
                fill_free_places(workshop=row, by=self.organiser)

    def delete_user(self, rng: random.Random) -> None:
        """Somebody else comes under the same address, so that the walk goes on."""
        user = self.user(rng)
        close_account(user=user)
        make_walkers([user.email])


def make_walkers(emails: Iterable[str]) -> None:
    new = (User(email=email, name=f"Walker {email}", country="BE") for email in emails)
    User.objects.bulk_create(new, ignore_conflicts=True)


def prepared(pk: int) -> Edition:
    """Two kinds of registration and two workshops at one time, all of them too small."""
    make_walkers(f"walker{number}@example.org" for number in range(PEOPLE))
    edition = Edition.objects.get(pk=pk)
    edition.registration_types.get_or_create(name="Guest")
    edition.registration_types.update(capacity=12)
    Workshop.objects.filter(edition=edition).update(capacity=5)
    return edition


def main(threads: int, steps: int, pk: int) -> dict:
    # SQLite waits for its lock inside a connection. If the collector of the thread that has the lock then clears away a
    # cursor of that connection, all twenty stand still until the time-out: a site has four in a process, in short turns.
    gc.disable()
    walk = Walk(prepared(pk))
    walk.begin()
    with witness():
        return walked(walk, threads, steps)


def walked(walk: Walk, threads: int, steps: int) -> dict:
    watch = Watch(walk.edition)
    seen: list[str] = []
    over = Event()

    def look() -> None:
        try:
            while not over.wait(1):
                with suppress(OperationalError):  # too busy to be looked at; the last look is at rest
                    seen.extend(watch.wrong_now())
        finally:
            connection.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads + 1) as pool:
        looking = pool.submit(look)
        walking = [pool.submit(walk.steps, seed, steps // threads) for seed in range(threads)]
        wait(walking)
        over.set()
        for one in (*walking, looking):
            if error := one.exception():
                seen.append(f"{type(error).__name__}: {error}")
    seen += watch.wrong_now()
    return {
        "wrong": sorted(set(seen)),
        "outcomes": walk.outcomes,
        "busy_with": walk.busy_with,
        "looks": watch.looks,
        "changes": PlaceChange.objects.count(),
        "mails": Outbox.objects.count(),
        "seconds": round(time.perf_counter() - begun, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
