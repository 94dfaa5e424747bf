"""Hours of presence: from the released timetable, each moment once."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase, TestCase

from registration.models import CheckIn
from registration.presence.counting import (
    attended_by,
    hour_counts,
    hours_in,
    hours_of,
    hours_touched,
    merged,
    session_counts,
)
from tests.factories import make_edition, make_registration, make_release, make_session, make_slot

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(hour, minute=0, day=13):
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


class PureTests(SimpleTestCase):
    def test_overlapping_and_touching_times_become_one(self):
        parts = [(at(11), at(12)), (at(9), at(10)), (at(9, 30), at(11)), (at(14), at(15))]

        self.assertEqual(merged(parts), ((at(9), at(12)), (at(14), at(15))))

    def test_a_moment_counts_once_and_hours_have_two_decimals(self):
        self.assertEqual(
            hours_in([(at(9), at(10)), (at(9), at(10)), (at(9, 30), at(10, 20))]), Decimal("1.33")
        )
        self.assertEqual(hours_in([]), Decimal("0.00"))

    def test_hours_of_the_clock_are_those_with_at_least_a_moment_each_once(self):
        parts = [(at(9, 30), at(11)), (at(11, 15), at(11, 20)), (at(11, 40), at(12, 1))]

        self.assertEqual(list(hours_touched(parts, BRUSSELS)), [at(9), at(10), at(11), at(12)])

    def test_night_in_which_the_clock_is_set_back_has_as_many_hours_as_pass(self):
        night = (datetime(2027, 10, 30, 22, tzinfo=UTC), datetime(2027, 10, 31, 4, tzinfo=UTC))

        self.assertEqual(hours_in([tuple(moment.astimezone(BRUSSELS) for moment in night)]), Decimal("6.00"))


class PresenceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.release = make_release(cls.edition)
        cls.talk, cls.streamed, cls.panel, cls.untimed = (make_session(cls.edition, name) for name in "abcd")
        make_slot(cls.talk, at(9), minutes=90, release=cls.release)
        for _room in range(2):  # in two rooms at once
            make_slot(cls.streamed, at(10), minutes=60, release=cls.release)
        make_slot(cls.panel, at(13), minutes=45, release=cls.release)
        make_slot(cls.panel, at(17), minutes=45)  # of the draft: not released
        make_slot(cls.panel, at(18), minutes=45, release=cls.release, is_cancelled=True)
        cls.ada, cls.ben, cls.cleo = (make_registration(name, cls.edition) for name in ("Ada", "Ben", "Cleo"))
        for session in (cls.talk, cls.streamed, cls.panel, cls.untimed, None):
            cls.present(cls.ada, session)
        cls.present(cls.ben, cls.panel)
        cls.present(cls.cleo, cls.panel, undone_at=at(14))

    @classmethod
    def present(cls, registration, session, **fields):
        return CheckIn.objects.create(registration=registration, session=session, at=at(9), **fields)

    def test_hours_are_those_of_released_slots_and_shared_moments_count_once(self):
        with self.assertNumQueries(2):
            hours = hours_of([self.ada, self.ben, self.cleo])

        self.assertEqual(
            hours,
            {self.ada.pk: Decimal("2.75"), self.ben.pk: Decimal("0.75"), self.cleo.pk: Decimal("0.00")},
        )

    def test_sessions_attended_stand_in_order_of_time_each_with_its_own_hours(self):
        attended = attended_by([self.ada])[self.ada.pk]

        self.assertEqual(
            [(one.session, one.hours) for one in attended],
            [
                (self.talk, Decimal("1.50")),
                (self.streamed, Decimal("1.00")),
                (self.panel, Decimal("0.75")),
                (self.untimed, Decimal("0.00")),
            ],
        )

    def test_people_are_counted_per_session(self):
        with self.assertNumQueries(2):
            counts = {count.session: count.present for count in session_counts(self.edition)}

        self.assertEqual(counts, {self.talk: 1, self.streamed: 1, self.panel: 2, self.untimed: 1})

    def test_different_people_are_counted_per_hour_of_the_clock_where_the_edition_is(self):
        counts = [
            (count.starts_at.astimezone(BRUSSELS).hour, count.present) for count in hour_counts(self.edition)
        ]

        self.assertEqual(counts, [(10, 1), (11, 1), (14, 2)])

    def test_nothing_of_another_edition_is_counted(self):
        other = make_edition()

        self.assertEqual((session_counts(other), hour_counts(other)), ([], []))
