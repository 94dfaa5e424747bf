"""How timed items become rows and cells."""

from datetime import UTC, date, datetime, timedelta
from unittest import TestCase
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sessions.timetable import Item, arrange

BRUSSELS = ZoneInfo("Europe/Brussels")


def item(clock, minutes, room=None, what=None, day=13, month=3):
    hour, minute = map(int, clock.split(":"))
    starts_at = datetime(2027, month, day, hour, minute, tzinfo=BRUSSELS)
    ends_at = (starts_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(BRUSSELS)
    return Item(starts_at, ends_at, room, what or f"{clock} {room}")


def drawn(day):
    """A day as text: for each row its time and, for each cell, what, rows and columns."""
    return [
        (row.starts_at.strftime("%H:%M"), [([i.what for i in c.items], c.rows, c.columns) for c in row.cells])
        for row in day.rows
    ]


class ArrangeTests(TestCase):
    def arrange(self, *items, rooms=("A", "B", "C")):
        return arrange(items, zone=BRUSSELS, rooms=rooms)

    def test_nothing_gives_no_days(self):
        self.assertEqual(self.arrange(), [])

    def test_parallel_items_stand_side_by_side_in_the_order_of_the_rooms(self):
        [day] = self.arrange(item("09:30", 60, "B"), item("09:30", 60, "A"))

        self.assertEqual(day.columns, ["A", "B"])
        self.assertEqual(drawn(day), [("09:30", [(["09:30 A"], 1, 1), (["09:30 B"], 1, 1)])])

    def test_a_long_item_goes_on_beside_short_ones(self):
        [day] = self.arrange(item("09:00", 120, "A"), item("09:00", 60, "B"), item("10:00", 60, "B", "later"))

        self.assertEqual(
            drawn(day),
            [("09:00", [(["09:00 A"], 2, 1), (["09:00 B"], 1, 1)]), ("10:00", [(["later"], 1, 1)])],
        )

    def test_an_item_that_begins_when_another_ends_shares_no_row_with_it(self):
        [day] = self.arrange(item("09:00", 60, "A", "first"), item("10:00", 60, "A", "second"))

        self.assertEqual(drawn(day), [("09:00", [(["first"], 1, 1)]), ("10:00", [(["second"], 1, 1)])])

    def test_where_nothing_happens_is_an_empty_cell(self):
        [day] = self.arrange(item("09:00", 60, "A"), item("10:00", 60, "B"))

        self.assertEqual(
            drawn(day),
            [("09:00", [(["09:00 A"], 1, 1), ([], 1, 1)]), ("10:00", [([], 1, 1), (["10:00 B"], 1, 1)])],
        )

    def test_an_item_of_the_whole_venue_goes_across(self):
        [day] = self.arrange(
            item("09:00", 60, "A"), item("09:00", 60, "B"), item("10:00", 30, None, "coffee")
        )

        self.assertEqual(drawn(day)[1], ("10:00", [(["coffee"], 1, 2)]))

    def test_an_item_of_the_whole_venue_beside_a_room_has_a_column_of_its_own(self):
        [day] = self.arrange(item("09:00", 60, "A"), item("09:30", 60, None, "coffee"))

        self.assertEqual(day.columns, ["A", None])
        self.assertEqual(
            drawn(day),
            [("09:00", [(["09:00 A"], 2, 1), ([], 1, 1)]), ("09:30", [(["coffee"], 1, 1)])],
        )

    def test_parallel_items_without_rooms_share_one_cell(self):
        [day] = self.arrange(item("09:00", 60, None, "one"), item("09:00", 60, None, "two"))

        self.assertEqual(day.columns, [None])
        self.assertEqual(drawn(day), [("09:00", [(["one", "two"], 1, 1)])])

    def test_a_clash_in_one_room_shares_a_cell_as_long_as_both(self):
        [day] = self.arrange(
            item("09:00", 90, "A", "one"), item("10:00", 60, "A", "two"), item("11:00", 30, "A", "after")
        )

        self.assertEqual(
            drawn(day), [("09:00", [(["one", "two"], 2, 1)]), ("10:00", []), ("11:00", [(["after"], 1, 1)])]
        )

    def test_a_day_long_item_stands_beside_everything_of_its_first_day(self):
        first, second = self.arrange(
            item("08:00", 24 * 60, None, "desk"),
            item("09:00", 60, "A"),
            item("09:00", 60, "A", "next", day=14),
        )

        self.assertEqual(drawn(first)[0][1], [([], 1, 1), (["desk"], 2, 1)])
        self.assertEqual(drawn(second), [("09:00", [(["next"], 1, 1)])])

    def test_an_item_past_midnight_stands_on_the_day_it_begins(self):
        [day] = self.arrange(item("22:00", 180, "A", "party"))

        self.assertEqual((day.date, drawn(day)), (date(2027, 3, 13), [("22:00", [(["party"], 1, 1)])]))

    def test_the_day_is_that_of_the_edition_and_not_of_greenwich(self):
        late = Item(
            datetime(2027, 3, 13, 23, 30, tzinfo=UTC), datetime(2027, 3, 14, 1, tzinfo=UTC), None, "late"
        )
        [day] = self.arrange(late)

        self.assertEqual((day.date, day.rows[0].starts_at.hour), (date(2027, 3, 14), 0))

    def test_an_unknown_room_follows_the_known_ones(self):
        [day] = self.arrange(item("09:00", 60, "cellar"), item("09:00", 60, "B"))

        self.assertEqual(day.columns, ["B", "cellar"])

    def test_the_hour_that_comes_twice_gives_two_rows_with_their_zones(self):
        starts = [datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1)]
        [day] = self.arrange(*[Item(at, at + timedelta(minutes=30), "A", str(at.hour)) for at in starts])

        self.assertEqual(
            [(row.starts_at.strftime("%H:%M"), row.zone) for row in day.rows],
            [("02:30", "CEST"), ("02:30", "CET")],
        )

    def test_the_hour_that_is_left_out_does_not_tear_a_gap(self):
        [day] = self.arrange(item("01:30", 30, "A", "before", 28), item("03:00", 60, "A", "after", 28))

        self.assertEqual([cells for _time, cells in drawn(day)], [[(["before"], 1, 1)], [(["after"], 1, 1)]])


ITEMS = st.lists(
    st.builds(
        lambda start, minutes, room: Item(
            datetime(2027, 3, 27, 20, tzinfo=UTC) + timedelta(minutes=start),
            datetime(2027, 3, 27, 20, tzinfo=UTC) + timedelta(minutes=start + minutes),
            room,
            object(),
        ),
        st.integers(0, 2000).map(lambda n: n // 5 * 5),
        st.integers(5, 1500),
        st.sampled_from(["A", "B", "C", None]),
    ),
    max_size=25,
)


class AnyTimetableTests(TestCase):
    @given(ITEMS)
    def test_every_item_stands_once_and_every_table_is_a_full_rectangle(self, items):
        days = arrange(items, zone=BRUSSELS, rooms=["A", "B", "C"])

        shown = [i.what for day in days for row in day.rows for cell in row.cells for i in cell.items]
        self.assertCountEqual(shown, [i.what for i in items])
        for day in days:
            squares = sum(cell.rows * cell.columns for row in day.rows for cell in row.cells)
            self.assertEqual(squares, len(day.rows) * len(day.columns))
