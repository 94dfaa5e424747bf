from datetime import datetime
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import TestCase, TransactionTestCase

from sessions.exceptions import ChangedMeanwhile, ScheduleRefused
from sessions.models import Slot, SlotChange
from sessions.services.scheduling import remove_slot, undo_change, undo_last
from sessions.slot_states import state_of
from tests.factories import make_edition
from tests.sessions.scheduling import HOUR, NINE, Scheduling


class UndoTests(Scheduling, TestCase):
    def setUp(self):
        self.prepare()

    def undo(self, by=None):
        return undo_last(edition=self.edition, by=by or self.ada)

    def test_steps_are_undone_one_by_one_down_to_the_first(self):
        slot = self.place()
        placed = self.states()
        slot = self.place(slot, NINE + HOUR, room=self.two)
        moved = self.states()
        remove_slot(**self.named(slot))

        for before in (moved, placed, {}):
            self.undo()
            self.assertEqual(self.states(), before)
        with self.assertRaises(ScheduleRefused):
            self.undo()

    def test_only_steps_of_ones_own_are_undone(self):
        self.place()
        stands = self.states()

        with self.assertRaisesMessage(ScheduleRefused, "nothing of yours"):
            self.undo(by=self.ben)
        with self.assertRaises(SlotChange.DoesNotExist):
            undo_change(edition=self.edition, change=SlotChange.objects.get().pk, by=self.ben)
        self.assertEqual(self.states(), stands)

    def test_a_step_stays_when_somebody_moved_the_slot_since(self):
        slot = self.place()
        self.place(slot, NINE + HOUR, by=self.ben)
        stands = self.states()

        with self.assertRaisesMessage(ChangedMeanwhile, "Ben moved “Keynote”"):
            self.undo()

        self.assertEqual(self.states(), stands)

    def test_a_step_is_undone_once(self):
        step = self.place() and SlotChange.objects.get()
        self.undo()
        self.place()  # so that all stands again as the step left it

        with self.assertRaises(ScheduleRefused):
            undo_change(edition=self.edition, change=step.pk, by=self.ada)

    def test_a_room_that_is_no_more_takes_nothing_back(self):
        slot = self.place(self.place(), room=self.two)
        self.one.delete()

        with self.assertRaisesMessage(ScheduleRefused, "room"):
            self.undo()
        self.assertEqual(self.states(), {slot.guid: state_of(slot)})

    def test_steps_of_another_edition_are_not_there(self):
        self.place()

        with self.assertRaises(ScheduleRefused):
            undo_last(edition=make_edition(), by=self.ada)


class RaceTests(Scheduling, TransactionTestCase):
    """Two organisers let go of the same item in the same moment."""

    def move(self, slot, starts_at, by, barrier, told):
        try:
            barrier.wait(10)
            told.append(self.place(slot, starts_at, by=by, seen=state_of(slot)).starts_at)
        except ChangedMeanwhile as refusal:
            told.append(refusal)
        finally:
            connections.close_all()

    @pytest.mark.postgresql
    def test_one_of_two_at_the_same_moment_wins_and_the_other_is_told(self):
        self.prepare()
        slot = self.place()
        told, barrier = [], Barrier(2)
        people = ((self.ada, NINE + HOUR), (self.ben, NINE + 2 * HOUR))
        threads = [Thread(target=self.move, args=(slot, at, by, barrier, told)) for by, at in people]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        won = [each for each in told if isinstance(each, datetime)]
        self.assertEqual(sorted(type(each).__name__ for each in told), ["ChangedMeanwhile", "datetime"])
        self.assertEqual(Slot.objects.get().starts_at, won[0])
        self.assertEqual(SlotChange.objects.count(), 2)
