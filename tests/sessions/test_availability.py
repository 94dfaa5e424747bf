"""A speaker says when they can come; the organisers see where the draft does not fit."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.conflicts import find_conflicts
from sessions.models import Session
from speakers.models import Availability
from speakers.services.availability import MOST
from tests.admin_forms import make_staff, read_form
from tests.factories import make_appearance, make_edition, make_session, make_slot, make_speaker, make_user

MORNING = {"starts_at": "2027-03-13T09:00", "ends_at": "2027-03-13T12:00"}


class AvailabilityPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(
            slug="ed", time_zone="America/New_York", starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 13)
        )
        cls.speaker = make_speaker("Sam", user=make_user("Sam"))
        cls.session = make_session(cls.edition, "Talk", status="draft")
        make_appearance(cls.session, cls.speaker)
        cls.url = "/speaker/availability/ed/"

    def setUp(self):
        self.client.force_login(self.speaker.user)

    def times(self):
        return list(Availability.objects.values_list("speaker", "edition", "starts_at", "ends_at"))

    def test_a_time_is_read_on_the_clock_of_the_edition_and_shown_on_the_desk(self):
        self.assertRedirects(self.client.post(self.url, MORNING), self.url)
        start, end = datetime(2027, 3, 13, 14, tzinfo=UTC), datetime(2027, 3, 13, 17, tzinfo=UTC)
        self.assertEqual(self.times(), [(self.speaker.pk, self.edition.pk, start, end)])
        for url in (self.url, "/speaker/"):
            self.assertContains(self.client.get(url), "Saturday 13 March 2027, 09:00–12:00")

    def test_what_does_not_fit_is_found_by_the_organisers(self):
        make_slot(self.session, datetime(2027, 3, 13, 16, 30, tzinfo=UTC))
        self.assertNotIn("not_available", {one.rule for one in find_conflicts(self.edition)})
        self.client.post(self.url, MORNING)

        self.assertIn("not_available", {one.rule for one in find_conflicts(self.edition)})

    def test_a_time_is_removed_by_its_button(self):
        self.client.post(self.url, MORNING)
        self.client.post(self.url, {"remove": Availability.objects.get().pk})

        self.assertEqual(self.times(), [])

    def test_the_same_time_twice_is_one_and_there_is_a_most(self):
        for _twice in range(2):
            self.client.post(self.url, MORNING)
        self.assertEqual(len(self.times()), 1)
        for minute in range(1, MOST):
            self.client.post(self.url, {**MORNING, "starts_at": f"2027-03-13T09:{minute:02}"})
        page = self.client.post(self.url, {**MORNING, "starts_at": "2027-03-13T08:00"})

        self.assertContains(page, "More than 30 times are not kept.", status_code=422)
        self.assertEqual(len(self.times()), MOST)

    def test_bad_times_are_refused_beside_the_field_and_kept_as_typed(self):
        backwards = {"starts_at": "2027-03-13T12:00", "ends_at": "2027-03-13T12:00"}
        page = self.client.post(self.url, backwards)
        self.assertContains(page, "The end comes after the start.", status_code=422)
        self.assertContains(page, 'value="2027-03-13T12:00"', status_code=422)
        skipped = {"starts_at": "2027-03-14T02:30", "ends_at": "2027-03-14T09:00"}  # the clock goes forward
        ends_of_time = {
            "starts_at": "0001-01-01T00:00",
            "ends_at": "9999-12-31T23:59",
        }  # no clock elsewhere has them
        for data in ({}, {"starts_at": "x", "ends_at": "y"}, skipped, ends_of_time):
            self.assertEqual(self.client.post(self.url, data).status_code, 422, data)
        self.assertEqual(self.times(), [])

    def test_nobody_removes_the_time_of_another_and_odd_keys_are_nothing(self):
        other = make_speaker("Other", user=make_user("Other"))
        make_appearance(self.session, other)
        self.client.post(self.url, MORNING)
        kept = Availability.objects.get()
        self.client.force_login(other.user)
        for key in (kept.pk, "x", "-1", "", "9" * 19, "9" * 400, "١"):
            self.assertEqual(self.client.post(self.url, {"remove": key}).status_code, 302, key)

        self.assertEqual(len(self.times()), 1)

    def test_only_speakers_of_the_edition_have_the_page(self):
        make_edition(slug="elsewhere")
        self.assertEqual(self.client.get("/speaker/availability/elsewhere/").status_code, 404)
        self.client.force_login(make_user())
        self.assertEqual(self.client.post(self.url, MORNING).status_code, 404)
        self.client.logout()
        self.assertRedirects(
            self.client.post(self.url, MORNING),
            f"/accounts/login/?next={self.url}",
            fetch_redirect_response=False,
        )
        self.assertEqual(self.times(), [])

    def test_whose_only_session_is_cancelled_or_withdrawn_is_not_asked_any_more(self):
        self.assertContains(self.client.get("/speaker/"), self.url)
        for status in ("cancelled", "withdrawn"):
            Session.objects.update(status=status)

            self.assertEqual(self.client.get(self.url).status_code, 404, status)
            self.assertEqual(self.client.post(self.url, MORNING).status_code, 404, status)
            self.assertNotContains(self.client.get("/speaker/"), self.url)
        self.assertEqual(self.times(), [])

    def test_the_number_of_queries_does_not_grow(self):
        self.client.post(self.url, MORNING)
        self.client.get(self.url)
        counts = []
        for _moment in range(2):
            with self.assertNumQueries(counts[0]) if counts else CaptureQueriesContext(connection) as found:
                self.client.get(self.url)
            counts.append(len(found))
            for minute in (1, 2):
                self.client.post(self.url, {**MORNING, "starts_at": f"2027-03-13T09:0{minute}"})


@override_settings(STAFF_SECOND_FACTOR=False)
class AvailabilityInAdminTests(TestCase):
    def test_an_organiser_enters_times_on_the_clock_of_the_edition_and_reads_them_so(self):
        self.client.force_login(make_staff("organiser"))
        speaker, edition = make_speaker("Sam"), make_edition(time_zone="America/New_York")
        address = reverse("admin:speakers_speaker_change", args=[speaker.pk])
        data = read_form(self.client, address) | {
            "availabilities-TOTAL_FORMS": "1", "availabilities-0-edition": str(edition.pk),
            "availabilities-0-starts_at_0": "2027-03-13", "availabilities-0-starts_at_1": "09:00",
            "availabilities-0-ends_at_0": "2027-03-13", "availabilities-0-ends_at_1": "12:00",
        }  # fmt: skip
        self.client.post(address, data)
        start = Availability.objects.get().starts_at
        self.assertEqual(start, datetime(2027, 3, 13, 14, tzinfo=UTC))
        again = read_form(self.client, address)
        self.assertEqual(again["availabilities-0-starts_at_1"], "09:00:00")
        self.client.post(address, again)
        self.assertEqual(Availability.objects.get().starts_at, start)
