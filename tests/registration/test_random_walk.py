"""Whatever people do in whatever order, the rules about places hold after every step."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registration.exceptions import Refusal
from registration.models import PlaceChange, Registration, WorkshopBooking
from registration.place_log.replay import replay
from registration.services.booking import book_workshop, cancel_booking, clashing_bookings
from registration.services.registering import cancel_registration, register
from registration.services.waiting_list import fill_free_places
from tests.factories import (
    make_edition,
    make_registration_type,
    make_release,
    make_slot,
    make_user,
    make_workshop,
)

PEOPLE, WORKSHOPS = 5, 3
MORNING = datetime(2027, 3, 13, 9, 30, tzinfo=UTC)

person, workshop = st.integers(0, PEOPLE - 1), st.integers(0, WORKSHOPS - 1)
step = st.one_of(
    st.tuples(st.just("register"), person),
    st.tuples(st.just("cancel"), person),
    st.tuples(st.just("book"), person, workshop),
    st.tuples(st.just("swap"), person, workshop),
    st.tuples(st.just("give_back"), person, workshop),
    st.tuples(st.just("capacity"), st.one_of(st.none(), st.integers(0, 4))),
    st.tuples(st.just("workshop_capacity"), workshop, st.one_of(st.none(), st.integers(0, 3))),
)


class RandomWalkTests(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(step, min_size=8, max_size=20))
    def test_rules_hold_after_every_step(self, steps):
        self.prepare()
        for name, *arguments in steps:
            with suppress(Refusal):
                getattr(self, name)(*arguments)
            self.check()

    def prepare(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=2)
        self.people = [make_user(f"Person {number}") for number in range(PEOPLE)]
        self.workshops = [make_workshop(self.edition, capacity=1) for _number in range(WORKSHOPS)]
        release = make_release(self.edition)
        for one in self.workshops[:2]:  # these two are parallel, the third comes later
            make_slot(one, MORNING, release=release)
        make_slot(self.workshops[2], MORNING + timedelta(hours=2), release=release)
        self.lowered = {}

    def register(self, number):
        register(user=self.people[number], registration_type=self.type, role="teacher", country="BE")

    def mine(self, number):
        return self.edition.registrations.active().filter(user=self.people[number]).first()

    def cancel(self, number):
        if mine := self.mine(number):
            cancel_registration(registration=mine)

    def book(self, number, which):
        if mine := self.mine(number):
            book_workshop(registration=mine, workshop=self.workshops[which])

    def swap(self, number, which):
        if mine := self.mine(number):
            clashing = clashing_bookings(mine, self.workshops[which])
            book_workshop(registration=mine, workshop=self.workshops[which], give_back=clashing)

    def give_back(self, number, which):
        mine = WorkshopBooking.objects.active().filter(registration__user=self.people[number])
        if booking := mine.filter(workshop=self.workshops[which]).first():
            cancel_booking(booking=booking)

    def capacity(self, places):
        type(self.type).objects.filter(pk=self.type.pk).update(capacity=places)
        fill_free_places(registration_type=self.type)

    def workshop_capacity(self, which, places):
        type(self.workshops[which]).objects.filter(pk=self.workshops[which].pk).update(capacity=places)
        fill_free_places(workshop=self.workshops[which])

    def check(self):
        self.type.refresh_from_db()
        self.check_places(
            ("registration_type", self.type.pk), self.type.capacity, self.type.registrations.all()
        )
        for one in self.workshops:
            one.refresh_from_db()
            self.check_places(("workshop", one.pk), one.capacity, one.bookings.all())
        self.check_people()

    def check_places(self, owner, capacity, places):
        confirmed, waiting = places.confirmed().count(), list(places.waiting().with_position())
        # After a lowering there may be too many, but never more than there were.
        allowed = None if capacity is None else max(capacity, self.lowered.get(owner, 0))
        self.lowered[owner] = confirmed
        if allowed is not None:
            self.assertLessEqual(confirmed, allowed)
        if waiting:
            self.assertGreaterEqual(confirmed, capacity)  # no place is free while someone waits
        self.assertEqual([place.position for place in waiting], list(range(1, len(waiting) + 1)))
        numbers = list(places.values_list("queue_number", flat=True))
        self.assertEqual(len(set(numbers)), len(numbers))

        played = replay(PlaceChange.objects.filter(**{f"{owner[0]}_id": owner[1]}).order_by("pk"))
        self.assertEqual(played.wrong, [])
        self.assertEqual(played.status, dict(places.values_list("pk", "status")))

    def check_people(self):
        live = list(self.edition.registrations.active().values_list("user", flat=True))
        self.assertEqual(len(set(live)), len(live))
        bookings = WorkshopBooking.objects.active().filter(workshop__edition=self.edition)
        for booking in bookings.select_related("registration", "workshop"):
            self.assertEqual(booking.registration.status, Registration.Status.CONFIRMED)
            self.assertEqual(clashing_bookings(booking.registration, booking.workshop), [])
