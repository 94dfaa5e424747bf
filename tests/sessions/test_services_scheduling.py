from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sessions.exceptions import ChangedMeanwhile, ScheduleRefused
from sessions.models import Kind, Session, Slot, SlotChange
from sessions.services.scheduling import copy_to_rooms, remove_slot, undo_last
from sessions.slot_states import state_of
from tests.factories import make_edition, make_room, make_session, make_slot
from tests.sessions.scheduling import HOUR, NINE, Scheduling


class PlaceSlotTests(Scheduling, TestCase):
    def setUp(self):
        self.prepare()

    def test_the_first_slot_of_a_session_is_known_by_the_guid_of_the_session(self):
        self.assertEqual(self.place().guid, self.session.guid)

    def test_another_slot_has_a_guid_of_its_own(self):
        self.place()

        self.assertNotEqual(self.place(is_another=True, starts_at=NINE + HOUR).guid, self.session.guid)
        self.assertEqual(Slot.objects.draft().count(), 2)

    def test_a_session_removed_and_placed_again_keeps_its_guid(self):
        remove_slot(**self.named(self.place()))

        self.assertEqual(self.place().guid, self.session.guid)

    def test_a_slot_that_waits_for_a_time_is_filled(self):
        waiting = Slot.objects.create(session=self.session, room=self.two)

        self.assertEqual(self.place().pk, waiting.pk)

    def test_moving_writes_a_step_and_moving_to_the_same_place_none(self):
        slot = self.place()
        before = state_of(slot)

        moved = self.place(slot, NINE + HOUR, room=None)
        self.place(moved, NINE + HOUR, room=None)

        self.assertEqual(SlotChange.objects.count(), 2)
        step = SlotChange.objects.first()
        self.assertEqual(
            (step.before, step.after), ({str(slot.guid): before}, {str(slot.guid): state_of(moved)})
        )
        self.assertEqual((step.changed_by, step.edition), (self.ada, self.edition))

    def test_the_second_of_two_organisers_is_told_who_moved_it_where_and_changes_nothing(self):
        slot = self.place()
        seen = state_of(slot)
        self.place(slot, NINE + 2 * HOUR, room=self.two, seen=seen)
        stands = self.states()

        with self.assertRaises(ChangedMeanwhile) as told:
            self.place(slot, NINE + 3 * HOUR, by=self.ben, seen=seen)

        self.assertEqual(self.states(), stands)
        for words in ("Ada", "Keynote", "11:00–12:00, Room 2", "Saturday 13 March 2027"):
            self.assertIn(words, str(told.exception))

    def test_who_saw_the_new_state_moves_it(self):
        slot = self.place()
        moved = self.place(slot, NINE + HOUR)

        self.place(moved, NINE + 2 * HOUR, by=self.ben)

        self.assertEqual(Slot.objects.get().starts_at, NINE + 2 * HOUR)

    def test_two_who_place_the_same_waiting_session_give_it_one_slot(self):
        self.place()

        with self.assertRaises(ChangedMeanwhile):
            self.place(by=self.ben, room=self.two)

        self.assertEqual(Slot.objects.count(), 1)

    def test_what_was_taken_out_meanwhile_does_not_come_back_unseen(self):
        slot = self.place()
        seen = state_of(slot)
        remove_slot(**self.named(slot))

        with self.assertRaisesMessage(ChangedMeanwhile, "Ada took “Keynote” out"):
            self.place(slot, NINE + HOUR, by=self.ben, seen=seen)
        self.assertEqual(Slot.objects.count(), 0)

    def test_what_cannot_be_is_refused(self):
        foreign = make_room(make_edition())
        cases = {
            "no length": {"ends_at": NINE},
            "ends before it starts": {"ends_at": NINE - HOUR},
            "longer than a day": {"ends_at": NINE + timedelta(hours=24, minutes=1)},
            "room of another edition": {"room": foreign},
            "too far away": {"starts_at": datetime(9999, 12, 31, 20, tzinfo=UTC)},
        }
        for name, fields in cases.items():
            with self.subTest(name), self.assertRaises(ScheduleRefused):
                self.place(**fields)
        self.assertEqual(self.states(), {})

    def test_a_whole_day_is_not_too_long(self):
        self.assertTrue(self.place(ends_at=NINE + timedelta(hours=24)).pk)

    def test_a_withdrawn_or_cancelled_session_takes_no_place(self):
        for status in (Session.Status.WITHDRAWN, Session.Status.CANCELLED):
            self.session.status = status
            self.session.save()

            with self.subTest(status), self.assertRaises(ScheduleRefused):
                self.place()

    def test_sessions_and_slots_of_another_edition_are_not_there(self):
        stranger = make_slot(make_session(make_edition()), NINE)

        with self.assertRaises(Session.DoesNotExist):
            self.place(session=stranger.session)
        with self.assertRaises(Slot.DoesNotExist):
            self.place(stranger)
        with self.assertRaises(Slot.DoesNotExist):
            remove_slot(**self.named(stranger, session=self.session))

    def test_released_slots_stay_as_they_were(self):
        release = self.edition.releases.create(number=1)
        released = make_slot(self.session, NINE, release=release, guid=self.session.guid)

        self.place(starts_at=NINE + HOUR)

        released.refresh_from_db()
        self.assertEqual(released.starts_at, NINE)

    def test_a_move_asks_as_often_among_three_slots_as_among_thirty(self):
        slot = self.place()
        counts = []
        for more in (2, 27):
            for _number in range(more):
                make_slot(make_session(self.edition), NINE, room=self.one)
            with CaptureQueriesContext(connection) as queries:
                slot = self.place(slot, slot.starts_at + HOUR)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class CopyAndRemoveTests(Scheduling, TestCase):
    def setUp(self):
        self.prepare()
        self.session.kind = Kind.BREAK
        self.session.save()
        self.slot = self.place()

    def test_a_break_is_copied_to_every_room_where_it_is_not_yet(self):
        three = make_room(self.edition, "Room 3")
        make_room(make_edition(), "Elsewhere")

        copy_to_rooms(**self.named(self.slot))

        slots = Slot.objects.draft()
        self.assertEqual({slot.room for slot in slots}, {self.one, self.two, three})
        self.assertEqual({(slot.starts_at, slot.ends_at) for slot in slots}, {(NINE, NINE + HOUR)})
        self.assertEqual(len({slot.guid for slot in slots}), 3)
        with self.assertRaisesMessage(ScheduleRefused, "every room already"):
            copy_to_rooms(**self.named(self.slot))

    def test_only_a_break_with_a_room_is_copied(self):
        session = make_session(self.edition)
        talk = make_slot(session, NINE, room=self.one)
        everywhere = self.place(self.slot, room=None)

        for slot in (talk, everywhere):
            with self.assertRaises(ScheduleRefused):
                copy_to_rooms(**self.named(slot))

    def test_copying_is_one_step_to_undo(self):
        copy_to_rooms(**self.named(self.slot))

        undo_last(edition=self.edition, by=self.ada)

        self.assertEqual(Slot.objects.get().guid, self.slot.guid)

    def test_removing_what_somebody_moved_is_refused(self):
        named = self.named(self.slot)
        self.place(self.slot, NINE + HOUR)

        with self.assertRaises(ChangedMeanwhile):
            remove_slot(**{**named, "by": self.ben})

        self.assertEqual(Slot.objects.count(), 1)
