"""Releasing keeps the draft as it is at that moment, for everyone to see."""

from datetime import date, timedelta

from django.test import TestCase
from django.utils import translation

from conference.content import content_state
from sessions.exceptions import DraftChanged, ReleasedMeanwhile, ReleaseForbidden
from sessions.models import Release, Session, Slot
from sessions.services.publishing import cancel, publish
from sessions.services.timetable import next_release, release_seen, release_timetable
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
        self.release()
        make_slot(make_session(self.edition, "one more"))
        with self.assertNumQueries(12):
            self.release()
        for name in ("two", "three", "four"):
            make_slot(make_session(self.edition, name))
        with self.assertNumQueries(12):
            self.release()


class SlotsThroughReleasesTests(TestCase):
    """What calendars know again: a guid that stays, a sequence that grows, a tombstone that is carried on."""

    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.session = make_session(cls.edition, "Talk")
        cls.room = make_room(cls.edition, "Hall")
        cls.draft = make_slot(cls.session, guid=cls.session.guid, room=cls.room)
        cls.by = make_organiser()
        release_timetable(edition=cls.edition, by=cls.by)

    def released(self):
        """Release, and answer sequence and whether it is cancelled, by guid."""
        release = release_timetable(edition=self.edition, by=self.by)
        return {slot.guid: (slot.sequence, slot.is_cancelled) for slot in release.slots.all()}

    def test_an_unchanged_slot_keeps_guid_and_sequence(self):
        make_appearance(self.session)

        self.assertEqual(self.released(), {self.session.guid: (0, False)})

    def test_a_new_time_room_or_title_raises_the_sequence_by_one_each_release(self):
        self.draft.starts_at += timedelta(minutes=5)
        self.draft.room = make_room(self.edition, "Attic")
        self.draft.save()
        self.assertEqual(self.released(), {self.session.guid: (1, False)})
        Session.objects.filter(pk=self.session.pk).update(title_nl="Lezing")
        self.assertEqual(self.released(), {self.session.guid: (2, False)})

    def test_what_is_gone_is_cancelled_with_its_last_time_until_it_comes_back(self):
        cancel(session=self.session)
        self.assertEqual(self.released(), {self.session.guid: (1, True)})
        self.assertEqual(self.released(), {self.session.guid: (1, True)})
        tombstone = Slot.objects.cancelled().get()
        self.assertEqual(
            (tombstone.starts_at, tombstone.title, tombstone.room), (self.draft.starts_at, "Talk", self.room)
        )
        self.assertEqual(Slot.objects.released().count(), 0)

        publish(session=self.session)
        self.assertEqual(self.released(), {self.session.guid: (2, False)})

    def test_a_time_that_was_deleted_and_entered_anew_is_the_same_slot(self):
        self.draft.delete()
        again = make_slot(self.session, self.draft.starts_at + timedelta(hours=1))

        self.assertEqual(self.released(), {self.session.guid: (1, False)})
        again.refresh_from_db()
        self.assertEqual(again.guid, self.session.guid)

    def test_a_second_time_has_a_guid_of_its_own_and_keeps_it(self):
        second = make_slot(self.session, self.draft.starts_at + timedelta(hours=3))
        expected = {self.session.guid: (0, False), second.guid: (0, False)}

        self.assertEqual((self.released(), self.released()), (expected, expected))

    def test_the_first_slot_of_a_session_carries_the_guid_of_the_session(self):
        other = make_session(self.edition)
        later = make_slot(other, self.draft.starts_at + timedelta(hours=3))
        make_slot(other, self.draft.starts_at)
        self.released()

        slots = other.slots.draft().order_by("starts_at")
        self.assertEqual([slot.guid for slot in slots], [other.guid, later.guid])

    def test_a_release_says_that_the_content_is_new(self):
        before = content_state(self.edition).number
        self.released()

        self.assertEqual(content_state(self.edition).number, before + 1)


class ReleaseSeenTests(TestCase):
    """A person releases what they looked at, and nothing that is broken."""

    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 13))
        cls.room = make_room(cls.edition)
        cls.draft = make_slot(make_session(cls.edition, abstract="About"), room=cls.room)
        cls.by = make_organiser()

    def release(self, seen):
        return release_seen(edition=self.edition, by=self.by, seen=seen, note="Now")

    def test_what_was_seen_is_released(self):
        release = self.release(next_release(self.edition).seen)

        self.assertEqual((release.number, release.note, release.slots.count()), (1, "Now", 1))
        self.assertTrue(next_release(self.edition).is_same)

    def test_a_draft_that_changed_meanwhile_is_not_released(self):
        seen = next_release(self.edition).seen
        self.draft.room = None
        self.draft.save()
        with self.assertRaises(DraftChanged):
            self.release(seen)

        self.assertEqual(self.edition.releases.count(), 0)

    def test_what_was_seen_is_released_once(self):
        seen = next_release(self.edition).seen
        self.release(seen)
        with self.assertRaises(ReleasedMeanwhile):
            self.release(seen)

        self.assertEqual(self.edition.releases.count(), 1)

    def test_a_broken_draft_is_not_released(self):
        make_slot(make_session(self.edition), room=self.room)
        with self.assertRaises(ReleaseForbidden):
            self.release(next_release(self.edition).seen)

        self.assertEqual(self.edition.releases.count(), 0)
