"""The parts of a session move along with it in the draft, in one step that one press takes back."""

from django.test import TestCase

from sessions.exceptions import ChangedMeanwhile
from sessions.models import SlotChange
from sessions.services.scheduling import remove_slot, undo_last
from sessions.slot_states import Places, state_of, words_of
from tests.factories import make_session, make_slot
from tests.sessions.scheduling import HOUR, NINE, Scheduling


class PartMoveTests(Scheduling, TestCase):
    """A session of two hours in room 1, with a part in the same room and another one beside it."""

    def setUp(self):
        self.prepare()
        self.outer = self.place(ends_at=NINE + 2 * HOUR)
        self.inside = self.part("Inside", NINE, self.one)
        self.beside = self.part("Beside", NINE + HOUR, self.two)

    def part(self, title, starts_at, room, **fields):
        session = make_session(self.edition, title, part_of=self.session, **fields)
        return make_slot(session, starts_at, room=room)

    def move(self, starts_at=NINE + 3 * HOUR, hours=2, **fields):
        self.outer = self.place(self.outer, starts_at, ends_at=starts_at + hours * HOUR, **fields)

    def times(self, *slots):
        for slot in slots:
            slot.refresh_from_db()
        return [(slot.starts_at, slot.ends_at - slot.starts_at) for slot in slots]

    def test_parts_move_by_as_much(self):
        self.move()

        moved = [(NINE + 3 * HOUR, HOUR), (NINE + 4 * HOUR, HOUR)]
        self.assertEqual(self.times(self.inside, self.beside), moved)

    def test_a_part_in_the_same_room_goes_along_to_another_room(self):
        third = self.two.venue.rooms.create(name="Room 3")

        self.move(NINE, room=third)

        self.times(self.inside, self.beside)
        self.assertEqual([self.inside.room, self.beside.room], [third, self.two])

    def test_longer_or_shorter_leaves_them_where_they_are(self):
        before = self.times(self.inside, self.beside)

        self.move(NINE, hours=3)
        self.move(NINE + HOUR, hours=2)
        after_move = self.times(self.inside, self.beside)
        self.assertEqual(before, [(NINE, HOUR), (NINE + HOUR, HOUR)])
        self.assertEqual(after_move, before)

    def test_parts_at_another_time_and_cancelled_ones_and_others_sessions_stay(self):
        later = self.part("Later", NINE + 5 * HOUR, self.two)
        cancelled = self.part("Cancelled", NINE, self.two, status="cancelled")
        other = make_slot(make_session(self.edition, "Other"), NINE, room=self.two)
        before = self.times(later, cancelled, other)

        self.move()

        self.assertEqual(self.times(later, cancelled, other), before)

    def test_it_is_one_step_and_undone_as_one(self):
        stands, steps = self.states(), SlotChange.objects.count()

        self.move()
        self.assertEqual(SlotChange.objects.count(), steps + 1)
        undo_last(edition=self.edition, by=self.ada)

        self.assertEqual(self.states(), stands)

    def test_the_step_says_where_the_session_went(self):
        self.move()

        words = words_of(SlotChange.objects.first(), Places.of(self.edition))

        self.assertRegex(words, r"“Keynote” moved from .*09:00–11:00, Room 1 to .*12:00–14:00, Room 1")

    def test_it_is_not_undone_over_what_somebody_did_to_a_part_since(self):
        self.move()
        self.inside.refresh_from_db()
        self.place(self.inside, NINE + 6 * HOUR, session=self.inside.session, by=self.ben)
        stands = self.states()

        with self.assertRaises(ChangedMeanwhile):
            undo_last(edition=self.edition, by=self.ada)

        self.assertEqual(self.states(), stands)

    def test_who_had_a_moved_part_before_them_is_told_who_moved_it(self):
        seen = state_of(self.inside)
        self.move()

        with self.assertRaises(ChangedMeanwhile) as told:
            remove_slot(**self.named(self.inside, seen=seen, by=self.ben))

        self.assertIn("Ada moved “Inside”", str(told.exception))
