"""What must hold at every moment of a walk, looked up in one view of the whole database."""

from collections import Counter

from django.db import connection, transaction

from conference.models import Edition
from registration.models import PlaceChange, RegistrationType, WorkshopBooking
from registration.place_log.queues import queues_of
from sessions.models import Workshop
from tests.race.witness import changes_seen

Reason = PlaceChange.Reason


class Watch:
    """Remembers how many were confirmed when it last looked: after a lowering they may be too many, but no more."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.most: dict[str, int] = {}
        self.looked_up_to = PlaceChange.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        self.noted_before = self.noted()
        self.looks = 0
        self.wrong_places()  # only to remember how many there are before anybody does anything

    def noted(self) -> int:
        """Entries of the log that say that a place changed."""
        return PlaceChange.objects.exclude(reason=Reason.CAPACITY).count()

    def wrong_now(self) -> list[str]:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            found = [*self.wrong_places(), *self.wrong_people(), *self.wrong_log()]
            self.looked_up_to = PlaceChange.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        self.looks += 1
        return found

    def wrong_places(self) -> list[str]:
        found = []
        owners = [*self.edition.registration_types.all(), *Workshop.objects.filter(edition=self.edition)]
        for owner in owners:
            is_type = isinstance(owner, RegistrationType)
            places = owner.registrations if is_type else owner.bookings
            confirmed, waiting = places.confirmed().count(), list(places.waiting().with_position())
            # Whatever capacity it had since the last look may have been filled before it was lowered.
            since = owner.changes.filter(pk__gt=self.looked_up_to, reason=Reason.CAPACITY)
            held = since.values_list("capacity", flat=True)
            name = f"{type(owner).__name__} {owner.pk}"
            allowed = max(owner.capacity, self.most.get(name, 0), *held, 0)
            if confirmed > allowed:
                found.append(f"{name}: {confirmed} in {owner.capacity} places, {allowed} before")
            self.most[name] = max(confirmed, owner.capacity)
            if waiting and confirmed < owner.capacity:
                found.append(f"{name}: {len(waiting)} wait beside a free place")
            if [one.position for one in waiting] != list(range(1, len(waiting) + 1)):
                found.append(f"{name}: positions are not dense")
            if len({one.queue_number for one in waiting}) != len(waiting):
                found.append(f"{name}: two wait with one number")
        return found

    def wrong_people(self) -> list[str]:
        live = Counter(self.edition.registrations.active().values_list("user", flat=True))
        found = [f"user {user} is registered {count} times" for user, count in live.items() if count > 1]
        bookings = WorkshopBooking.objects.active().filter(registration__edition=self.edition)
        booked = Counter(bookings.values_list("registration__user", "workshop"))
        found += [f"{pair} is booked {count} times" for pair, count in booked.items() if count > 1]
        held = Counter(bookings.values_list("registration", flat=True))
        found += [f"registration {pk} is in both workshops" for pk, count in held.items() if count > 1]
        lost = bookings.exclude(registration__status="confirmed").values_list("registration", flat=True)
        return found + [f"registration {pk} has no place but a booking" for pk in lost]

    def wrong_log(self) -> list[str]:
        found = []
        for queue in queues_of(self.edition):
            words = [*queue.wrong]
            words += ["differs from its log"] if queue.differing else []
            words += ["has places that the log does not know"] if queue.unlogged else []
            found += [f"{queue.name}: {one}" for one in words]
        noted, seen = self.noted() - self.noted_before, changes_seen()
        return found + ([f"{noted} entries of the log for {seen} changes"] if noted != seen else [])
