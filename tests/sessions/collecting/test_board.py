"""The board of missing presentations in the admin: states, reminders, promises in bulk and links."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conference.models import Outbox
from sessions.collecting.links import issue_link
from sessions.models import Session, SlidesReminder, UploadLink
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_track,
    make_user,
)


@override_settings(STAFF_SECOND_FACTOR=False)
class BoardTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.edition = make_edition()
        cls.session = make_session(cls.edition, "Nothing came")
        cls.grace = make_speaker(email="grace@example.org")
        make_appearance(cls.session, cls.grace)
        cls.url = reverse("admin:conference_edition_slides", args=[cls.edition.pk])

    def setUp(self):
        self.client.force_login(self.organiser)

    def post(self, **fields):
        return self.client.post(self.url, fields)

    def test_board_shows_states_counts_and_people_and_is_narrowed(self):
        track = make_track(self.edition, "Schools")
        make_presentation(make_session(self.edition, "It came", track=track), status="submitted")

        self.assertContains(self.client.get(self.url), "Nothing came")
        for query, seen in (("?state=none", "Nothing came"), (f"?track={track.pk}", "It came")):
            page = self.client.get(self.url + query)
            other = {"Nothing came": "It came", "It came": "Nothing came"}[seen]
            self.assertContains(page, seen)
            self.assertNotContains(page, other)

    def test_as_many_queries_for_one_and_for_three_sessions(self):
        counts = []
        for number in range(3):
            session = make_session(self.edition, track=make_track(self.edition))
            speaker = make_appearance(session, make_speaker(email=f"s{number}@example.org")).speaker
            make_appearance(session, make_speaker(user=make_user()))
            make_presentation(session)
            issue_link(session=session, speaker=speaker, by=None)
            SlidesReminder.objects.create(edition=self.edition, at=timezone.now() + timedelta(days=number))
            with CaptureQueriesContext(connection) as asked:
                self.client.get(self.url)
            counts.append(len(asked))
        self.assertEqual(counts[0], counts[2])

    def test_reminder_says_first_whom_it_reaches_and_then_writes_to_them(self):
        url = reverse("admin:conference_edition_slides_remind", args=[self.edition.pk])

        page = self.client.get(url)
        self.assertContains(page, "grace@example.org")
        self.assertContains(page, "Send 1 mail")
        self.assertFalse(Outbox.objects.exists() or UploadLink.objects.exists())

        self.client.post(url)
        self.client.post(url)
        self.assertEqual(Outbox.objects.get().recipient, "grace@example.org")
        self.assertContains(self.client.get(url), "Asked within the last day")

    def test_organiser_promises_for_several_or_expects_none(self):
        other = make_session(make_edition())
        day = self.edition.today() + timedelta(days=2)
        keys = [self.session.pk, other.pk]

        self.post(form="bulk", session=keys, step="promised", day=day.isoformat())
        self.session.refresh_from_db()
        self.assertEqual(self.session.presentations_promised_for, day)
        self.assertIsNone(Session.objects.get(pk=other.pk).presentations_promised_for)

        self.post(form="bulk", session=keys, step="none")
        self.session.refresh_from_db()
        self.assertFalse(self.session.expects_presentations)

    def test_promise_without_a_day_is_refused_in_words(self):
        self.assertContains(
            self.post(form="bulk", session=[self.session.pk], step="promised"), "Give the day."
        )
        self.assertContains(self.post(form="bulk", step="none"), "Choose at least one session.")

    def test_moments_are_on_the_clock_of_the_edition_and_once_each(self):
        self.edition.time_zone = "Pacific/Auckland"
        self.edition.save()
        day = (timezone.now() + timedelta(days=9)).date()
        for _twice in range(2):
            page = self.post(form="add", at=f"{day}T09:00")

        self.assertContains(page, "There is a reminder at that moment already.")
        reminder = SlidesReminder.objects.get()
        self.assertEqual(f"{timezone.localtime(reminder.at, self.edition.zone):%H:%M}", "09:00")
        self.post(form="remove", reminder=reminder.pk)
        self.assertFalse(SlidesReminder.objects.exists())

    def test_link_is_sent_and_taken_back(self):
        url = reverse("admin:conference_edition_slides_item", args=[self.edition.pk, self.session.guid])

        self.client.post(url, {"send": self.grace.pk})
        self.assertTrue(Outbox.objects.get(recipient="grace@example.org").is_secret)
        self.assertContains(self.client.get(url), 'Take back<span class="visually-hidden">: Grace Hopper, ')
        self.client.post(url, {"revoke": UploadLink.objects.get().pk})

        self.assertIsNotNone(UploadLink.objects.get().revoked_at)
        self.assertEqual(self.client.post(url, {"send": make_speaker().pk}).status_code, 404)

    def test_link_asked_for_twice_goes_once(self):
        url = reverse("admin:conference_edition_slides_item", args=[self.edition.pk, self.session.guid])
        self.client.post(url, {"send": self.grace.pk})

        again = self.client.post(url, {"send": self.grace.pk}, follow=True)

        self.assertContains(again, "less than ten minutes ago")
        self.assertEqual((UploadLink.objects.count(), Outbox.objects.count()), (1, 1))
        self.client.post(url, {"revoke": UploadLink.objects.get().pk})
        self.client.post(url, {"send": self.grace.pk})
        self.assertEqual((UploadLink.objects.count(), Outbox.objects.count()), (2, 2))

    def test_board_is_closed_to_whoever_may_not_change_presentations(self):
        self.client.force_login(make_user("Helper", is_staff=True))

        for name in ("slides", "slides_remind"):
            url = reverse(f"admin:conference_edition_{name}", args=[self.edition.pk])
            self.assertEqual(self.client.get(url).status_code, 403)
