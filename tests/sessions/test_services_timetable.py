"""Releasing keeps the draft as it is at that moment, for everyone to see."""

from django.test import TestCase
from django.utils import translation

from sessions.models import Release, Session, Slot
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
)


class ReleaseTimetableTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.session = make_session(self.edition, "Talk", title_nl="Lezing")
        self.by = make_organiser()

    def release(self, **kwargs):
        return release_timetable(edition=self.edition, by=self.by, **kwargs)

    def released(self):
        return Slot.objects.released().filter(session__edition=self.edition)

    def test_a_release_keeps_time_room_title_and_names_in_every_language(self):
        room = make_room(self.edition, "Hall", name_nl="Zaal")
        draft = make_slot(self.session, room=room)
        make_appearance(self.session, make_speaker("Ada Lovelace"), position=1)
        make_appearance(self.session, make_speaker("Tom Secret", is_minor=True), position=2)
        make_appearance(self.session, make_speaker("Zoë Last"), position=3)
        self.release(note="First")
        slot = self.released().get()

        self.assertEqual((slot.starts_at, slot.ends_at, slot.room), (draft.starts_at, draft.ends_at, room))
        self.assertEqual((slot.title_en, slot.title_nl), ("Talk", "Lezing"))
        self.assertEqual((slot.room_name_en, slot.room_name_nl), ("Hall", "Zaal"))
        self.assertEqual(slot.speaker_names, "Ada Lovelace, Tom, Zoë Last")

    def test_a_release_made_on_a_dutch_page_is_the_same(self):
        make_slot(self.session)
        with translation.override("nl"):
            self.release()
        slot = self.released().get()

        self.assertEqual((slot.title, slot.title_en, slot.title_nl), ("Talk", "Talk", "Lezing"))

    def test_later_changes_wait_for_the_next_release(self):
        make_slot(self.session)
        self.release()
        self.session.title = "Another talk"
        self.session.save()
        self.session.slots.draft().delete()

        self.assertEqual([slot.title for slot in self.released()], ["Talk"])

    def test_the_draft_stays_and_the_last_release_is_the_latest(self):
        make_slot(self.session)
        first, second = self.release(), self.release()

        self.assertEqual([first.number, second.number], [1, 2])
        self.assertEqual(list(Release.objects.filter(is_latest=True)), [second])
        self.assertEqual(Slot.objects.draft().count(), 1)
        self.assertEqual([slot.release for slot in self.released()], [second])

    def test_only_published_sessions_are_released(self):
        make_slot(self.session)
        for status in (Session.Status.DRAFT, Session.Status.WITHDRAWN):
            make_slot(make_session(self.edition, status=status))
        self.release()

        self.assertEqual([slot.session for slot in self.released()], [self.session])

    def test_other_editions_are_left_alone(self):
        elsewhere = make_session()
        make_slot(elsewhere)
        theirs = release_timetable(edition=elsewhere.edition, by=self.by)
        self.release()

        theirs.refresh_from_db()
        self.assertEqual((theirs.is_latest, self.released().count()), (True, 0))

    def test_the_number_of_queries_does_not_grow(self):
        make_slot(self.session)
        with self.assertNumQueries(9):
            self.release()
        for name in ("two", "three"):
            make_slot(make_session(self.edition, name))
        with self.assertNumQueries(9):
            self.release()
