"""What each release changed, read back from the releases that are kept."""

from datetime import timedelta

from django.test import TestCase

from sessions.changes import words_of
from sessions.models import Session
from sessions.releases import changes_in, changes_of, with_counts
from sessions.services.publishing import cancel
from sessions.services.timetable import release_timetable
from tests.factories import make_edition, make_organiser, make_room, make_session, make_slot


class ChangesOfReleasesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.by = make_organiser()
        cls.room = make_room(cls.edition, "Hall")
        cls.talk, cls.lunch = make_session(cls.edition, "Talk"), make_session(cls.edition, "Lunch")
        cls.slots = [make_slot(one, room=cls.room) for one in (cls.talk, cls.lunch)]
        elsewhere = make_session()
        make_slot(elsewhere)
        release_timetable(edition=elsewhere.edition, by=cls.by)
        cls.releases = [cls.release()]
        Session.objects.filter(pk=cls.talk.pk).update(title="Speech", title_en="Speech")
        cls.releases.append(cls.release())
        cls.slots[1].starts_at -= timedelta(hours=1)
        cls.slots[1].save()
        cancel(session=cls.talk)
        cls.releases += [cls.release(), cls.release()]

    @classmethod
    def release(cls):
        return release_timetable(edition=cls.edition, by=cls.by)

    def kinds(self, changes):
        return [(change.kind, change.title) for change in changes]

    def test_each_release_says_what_it_changed_against_the_one_before(self):
        expected = [
            [("added", "Lunch"), ("added", "Talk")],
            [("renamed", "Speech")],
            [("moved", "Lunch"), ("cancelled", "Speech")],
            [],
        ]

        self.assertEqual([self.kinds(changes_of(release)) for release in self.releases], expected)

    def test_many_releases_take_two_queries(self):
        with self.assertNumQueries(2):
            found = changes_in(self.releases)
        self.assertEqual([len(found[release.pk]) for release in self.releases], [2, 1, 2, 0])
        self.assertEqual(
            words_of(found[self.releases[1].pk][0], self.edition.zone), "Renamed: “Talk” is now “Speech”"
        )

    def test_the_list_counts_what_each_changed(self):
        with self.assertNumQueries(1):
            counts = [release.changes for release in with_counts(self.edition)]

        self.assertEqual(counts, [0, 2, 1, 2])
