"""Which sessions count for a person, and how many hours they make."""

from datetime import UTC, datetime
from decimal import Decimal

from django.test import TestCase

from registration.certificates.hours import attendance_of, programme_of
from registration.models import CertificateRule
from sessions.models import Kind, Session
from tests.factories import (
    make_booking,
    make_check_in,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_workshop,
)


def at(hour, minute=0):
    return datetime(2027, 3, 13, hour, minute, tzinfo=UTC)


class Programme(TestCase):
    """A morning: an opening, then two workshops to book beside a talk for all; in the afternoon parallel groups."""

    @classmethod
    def setUpTestData(cls):
        cls.edition = edition = make_edition()
        release = make_release(edition)

        def planned(make, title, begins, minutes, **fields):
            session = make(edition, title, **fields)
            make_slot(session, begins, minutes, release=release)
            return session

        cls.opening = planned(make_session, "Opening", at(9), 60)
        cls.one = planned(make_workshop, "One", at(10), 90)
        cls.two = planned(make_workshop, "Two", at(10), 90)
        cls.talk = planned(make_session, "Talk", at(10, 30), 30)
        cls.lunch = planned(make_session, "Lunch", at(12), 60, kind=Kind.BREAK)
        cls.hubs = planned(make_session, "Hubs", at(13), 120)
        for name in ("Baltic", "Benelux"):
            planned(make_workshop, name, at(13), 120, part_of=cls.hubs, takes_bookings=False)
        cls.rule = CertificateRule.objects.create(edition=edition)
        cls.ada = make_registration("Ada", edition)

    def attendance(self, *registrations):
        return attendance_of(registrations or [self.ada], self.rule, programme_of(self.edition.pk))

    def counted(self):
        found = self.attendance()[self.ada.pk]
        return [one.session.title for one in found.sessions], found.hours


class HoursTests(Programme):
    def test_presence_in_sessions_counts_and_the_door_does_not(self):
        make_check_in(self.ada)
        make_check_in(self.ada, self.hubs)
        make_check_in(self.ada, self.opening)

        self.assertEqual(self.counted(), (["Opening", "Hubs"], Decimal("3.00")))

    def test_what_ran_at_the_same_time_counts_once(self):
        for session in (self.one, self.talk):
            make_check_in(self.ada, session)

        self.assertEqual(self.counted(), (["One", "Talk"], Decimal("1.50")))

    def test_undone_presence_breaks_and_what_is_not_public_do_not_count(self):
        make_check_in(self.ada, self.opening, undone_at=at(12))
        make_check_in(self.ada, self.lunch)
        make_check_in(self.ada, self.hubs)
        Session.objects.filter(pk=self.hubs.pk).update(status="withdrawn")

        self.assertEqual(self.counted(), ([], Decimal(0)))

    def test_session_without_a_released_time_is_named_and_has_no_hours(self):
        make_check_in(self.ada, make_session(self.edition, "Untimed"))

        self.assertEqual(self.counted(), (["Untimed"], Decimal(0)))

    def test_same_number_of_queries_for_one_and_for_three(self):
        many = [self.ada, make_registration("Ben", self.edition), make_registration("Cy", self.edition)]
        for one in many:
            make_check_in(one, self.opening)
        programme = programme_of(self.edition.pk)

        with self.assertNumQueries(1):
            attendance_of(many[:1], self.rule, programme)
        with self.assertNumQueries(1):
            attendance_of(many, self.rule, programme)


class DoorTests(Programme):
    def setUp(self):
        self.rule.door_counts = True

    def test_who_did_not_come_gets_nothing_for_bookings(self):
        make_booking(self.ada, self.one)

        self.assertEqual(self.counted(), ([], Decimal(0)))

    def test_door_gives_what_was_booked_and_what_was_open_to_all(self):
        make_check_in(self.ada)
        make_booking(self.ada, self.one)

        # The talk was beside the workshop she booked; which of the groups she joined nobody noted.
        self.assertEqual(self.counted(), (["Opening", "One", "Hubs"], Decimal("4.50")))

    def test_without_a_booking_the_talk_beside_the_workshops_counts(self):
        make_check_in(self.ada)

        self.assertEqual(self.counted(), (["Opening", "Talk", "Hubs"], Decimal("3.50")))

    def test_presence_elsewhere_says_where_the_person_was(self):
        make_check_in(self.ada)
        make_check_in(self.ada, self.two)

        self.assertEqual(self.counted(), (["Opening", "Two", "Hubs"], Decimal("4.50")))
