"""Booklets are made once, one at a time, kept in a bounded place, and a failure ends nothing but itself."""

import fcntl
import shutil
import threading
from pathlib import Path

import pytest
from django.test import TestCase
from django.utils import translation

from conference.content import content_state, touch
from sessions.booklet import shelf
from tests.factories import make_edition, make_session


class ShelfTests(TestCase):
    def setUp(self):
        shutil.rmtree(shelf.shelf(), ignore_errors=True)
        self.addCleanup(shutil.rmtree, shelf.shelf(), ignore_errors=True)
        self.edition = make_edition()
        make_session(self.edition)

    def booklet(self):
        return shelf.booklet_of(self.edition, content_state(self.edition))

    def kept(self):
        return sorted(path.name for path in shelf.shelf().glob("*.pdf"))

    def test_same_state_is_made_once(self):
        first = self.booklet()
        made_at = first.stat().st_mtime_ns

        self.assertEqual((self.booklet(), first.stat().st_mtime_ns), (first, made_at))

    def test_new_state_takes_the_place_of_the_old_one_in_its_language(self):
        with translation.override("nl"):
            dutch = self.booklet()
        old = self.booklet()
        touch(self.edition)

        new = self.booklet()

        self.assertNotEqual(new, old)
        self.assertEqual(self.kept(), sorted([dutch.name, new.name]))

    def test_shelf_is_bounded(self):
        shelf.shelf().mkdir(parents=True)
        for number in range(shelf.KEPT + 5):
            (shelf.shelf() / f"{number + 10_000}-en-x.pdf").touch()

        self.booklet()

        self.assertEqual(len(self.kept()), shelf.KEPT)

    def test_size_is_known_once_it_was_made(self):
        self.assertIsNone(shelf.size_of(self.edition))

        self.assertEqual(self.booklet().stat().st_size, shelf.size_of(self.edition))

    def test_who_asks_while_another_is_made_is_asked_to_come_back(self):
        shelf.shelf().mkdir(parents=True)
        state = content_state(self.edition)
        with pytest.MonkeyPatch.context() as patch, (shelf.shelf() / "turn.lock").open("w") as lock:
            patch.setattr(shelf, "PATIENCE", 0.1)
            fcntl.flock(lock, fcntl.LOCK_EX)
            with self.assertRaises(shelf.ComeBackLater) as refused:
                shelf.booklet_of(self.edition, state)

        self.assertFalse(refused.exception.has_failed)
        self.assertEqual(self.kept(), [])

    def test_who_waited_takes_what_was_made_meanwhile(self):
        shelf.shelf().mkdir(parents=True)
        state = content_state(self.edition)
        place = shelf.place_of(self.edition, state)
        lock = (shelf.shelf() / "turn.lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)

        def finish():
            place.write_bytes(b"%PDF- made by another")
            lock.close()

        timer = threading.Timer(0.15, finish)
        timer.start()
        found = shelf.booklet_of(self.edition, state)
        timer.join()

        self.assertEqual(found.read_bytes(), b"%PDF- made by another")

    def test_few_wait_at_the_same_time_so_that_other_pages_are_served(self):
        with shelf.seat(), shelf.seat(), self.assertRaises(shelf.ComeBackLater) as refused:
            self.booklet()

        self.assertFalse(refused.exception.has_failed)
        self.assertTrue(self.booklet().exists())

    def test_what_takes_too_long_is_given_up_and_not_tried_again_for_a_while(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shelf, "SECONDS", 0.001)
            with self.assertLogs(shelf.logger, "ERROR"), self.assertRaises(shelf.ComeBackLater) as refused:
                self.booklet()
        self.assertTrue(refused.exception.has_failed)

        with self.assertRaises(shelf.ComeBackLater):
            self.booklet()

        touch(self.edition)
        self.assertTrue(Path(self.booklet()).exists())
