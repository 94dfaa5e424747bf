from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from sessions.exceptions import ScheduleRefused
from sessions.schedule_grid import Block, arrange, clock_of, hours_of, moment_of

BRUSSELS = ZoneInfo("Europe/Brussels")


def lanes(*blocks):
    arrange(blocks)
    return [(block.lane, block.lanes) for block in blocks]


class ArrangeTests(SimpleTestCase):
    def test_what_only_touches_has_the_whole_column(self):
        self.assertEqual(lanes(Block(540, 60, "A"), Block(600, 60, "A")), [(0, 1), (0, 1)])

    def test_what_shares_a_moment_in_a_room_stands_side_by_side(self):
        blocks = Block(540, 60, "A"), Block(570, 60, "A"), Block(600, 60, "A"), Block(540, 60, "B")

        self.assertEqual(lanes(*blocks), [(0, 2), (1, 2), (0, 2), (0, 1)])

    def test_a_part_in_the_room_of_its_session_is_drawn_upon_it(self):
        session = Block(540, 180, "A", session=1)
        parts = [Block(550, 60, "A", session=n, part_of=1) for n in (2, 3)]

        self.assertEqual(lanes(session, *parts), [(0, 1), (0, 2), (1, 2)])
        self.assertEqual([block.nested for block in (session, *parts)], [False, True, True])

    def test_a_part_that_sticks_out_or_stands_elsewhere_is_drawn_beside(self):
        session = Block(540, 60, "A", session=1)
        out, elsewhere = Block(550, 90, "A", part_of=1), Block(550, 20, "B", part_of=1)

        self.assertEqual(lanes(session, out, elsewhere), [(0, 2), (1, 2), (0, 1)])
        self.assertFalse(out.nested or elsewhere.nested)


class HoursTests(SimpleTestCase):
    def test_there_is_an_hour_to_grow_on_both_sides(self):
        self.assertEqual(hours_of([Block(485, 60, "A"), Block(1100, 25, "A")]), (420, 1200))

    def test_a_day_begins_at_midnight_and_may_end_after_it(self):
        self.assertEqual(hours_of([Block(10, 5, "A"), Block(1410, 120, "A")]), (0, 1620))

    def test_an_empty_schedule_shows_a_usual_day(self):
        self.assertEqual(hours_of([]), (480, 1140))


class ClockTests(SimpleTestCase):
    def test_the_clock_of_the_edition_counts(self):
        self.assertEqual(
            clock_of(datetime(2027, 3, 12, 23, 30, tzinfo=UTC), BRUSSELS), (date(2027, 3, 13), 30)
        )
        self.assertEqual(
            moment_of(date(2027, 7, 1), time(9, 30), BRUSSELS), datetime(2027, 7, 1, 7, 30, tzinfo=UTC)
        )

    def test_a_time_that_the_clock_leaves_out_is_refused_in_words(self):
        with self.assertRaisesMessage(ScheduleRefused, "At 02:30 the clock is put forward"):
            moment_of(date(2027, 3, 28), time(2, 30), BRUSSELS)

    def test_of_a_time_that_comes_twice_the_first_is_meant(self):
        self.assertEqual(
            moment_of(date(2027, 10, 31), time(2, 30), BRUSSELS), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
        )
