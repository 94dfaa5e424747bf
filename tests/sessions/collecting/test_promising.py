"""Speakers say on their own page when a presentation comes, or that there will be none."""

from datetime import UTC, date, datetime, timedelta

from django.test import TestCase
from django.urls import reverse

from sessions.collecting.promising import expect_again, expect_none, promise
from sessions.exceptions import PromiseRefused
from sessions.models import Session
from tests.factories import make_appearance, make_edition, make_session, make_speaker, make_user

AT = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)  # the second of March in Brussels


class PromiseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.session = make_session(cls.edition, "Polarisation")
        cls.ben = make_user("Ben")
        make_appearance(cls.session, make_speaker("Ben", user=cls.ben))
        cls.url = reverse("sessions:promise_presentations", args=[cls.session.guid])

    def setUp(self):
        self.client.force_login(self.ben)

    def kept(self):
        session = Session.objects.get(pk=self.session.pk)
        return session.expects_presentations, session.presentations_promised_for

    def test_today_is_the_day_where_the_edition_takes_place(self):
        with self.assertRaises(PromiseRefused):
            promise(sessions=[self.session], day=date(2027, 3, 1), at=AT)
        promise(sessions=[self.session], day=date(2027, 3, 2), at=AT)

        self.assertEqual(self.kept(), (True, date(2027, 3, 2)))

    def test_day_years_ahead_is_refused(self):
        with self.assertRaises(PromiseRefused):
            promise(sessions=[self.session], day=date(2029, 3, 2), at=AT)

    def test_one_bad_day_changes_none_of_several(self):
        with self.assertRaises(PromiseRefused):
            promise(sessions=[self.session, make_session(self.edition)], day=date(2020, 1, 1))

        self.assertEqual(self.kept(), (True, None))

    def test_none_takes_a_promise_back_and_expecting_again_takes_that_back(self):
        promise(sessions=[self.session], day=date(2027, 3, 2), at=AT)

        expect_none(sessions=[self.session])
        self.assertEqual(self.kept(), (False, None))
        expect_again(sessions=[self.session])
        self.assertEqual(self.kept(), (True, None))

    def test_speaker_promises_on_their_page_and_reads_it_there(self):
        day = self.edition.today() + timedelta(days=4)
        desk = self.client.get(reverse("sessions:speaker_desk"))
        self.assertContains(desk, self.url)

        answer = self.client.post(self.url, {"coming": "day", "day": day.isoformat()}, follow=True)

        self.assertEqual(self.kept(), (True, day))
        self.assertContains(answer, f"Promised for {day.day} {day:%B %Y}.")

    def test_speaker_says_there_will_be_none(self):
        answer = self.client.post(self.url, {"coming": "none"}, follow=True)

        self.assertEqual(self.kept(), (False, None))
        self.assertContains(answer, "You said that there will be none.")

    def test_day_has_to_be_given(self):
        self.assertContains(self.client.post(self.url, {"coming": "day"}), "Give the day.", status_code=422)

    def test_nobody_promises_for_a_session_of_others_or_one_that_is_called_off(self):
        self.client.force_login(make_user("Stranger"))
        self.assertEqual(self.client.post(self.url, {"coming": "none"}).status_code, 404)

        self.client.force_login(self.ben)
        Session.objects.update(status="withdrawn")
        self.assertEqual(self.client.post(self.url, {"coming": "none"}).status_code, 404)
