"""What is cancelled keeps its page, which says so, and leaves every list; it can come back."""

from django.test import TestCase, override_settings
from django.urls import reverse

from sessions.models import Session
from sessions.services.publishing import cancel, publish
from sessions.services.timetable import release_timetable
from tests.admin_forms import make_staff, read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.pages import text_of

LISTS = ["/ed/", "/ed/sessions/", "/ed/workshops/", "/ed/speakers/", "/sitemap.xml"]


class CancelledPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed")
        cls.talk = make_session(cls.edition, "CANARY talk", slug="canary-talk", number=1)
        cls.workshop = make_workshop(cls.edition, "CANARY clay", slug="canary-clay", number=1)
        for one in (cls.talk, cls.workshop):
            make_slot(one)
            make_appearance(one, make_speaker("CANARY person"))
        cls.by = make_organiser()
        cls.pages = [cls.talk.get_absolute_url(), cls.workshop.get_absolute_url()]
        release_timetable(edition=cls.edition, by=cls.by)

    def cancel_both(self):
        for one in (self.talk, self.workshop):
            cancel(session=one)

    def test_before_it_stood_in_the_lists(self):
        for url in LISTS:
            self.assertIn("canary", text_of(self.client, url).lower(), url)

    def test_its_page_says_so_and_when_it_was_planned_before_and_after_the_release(self):
        self.cancel_both()
        for _moment in ("before", "after"):
            for url, kind in zip(self.pages, ("session", "workshop"), strict=True):
                page = text_of(self.client, url)
                self.assertIn(f"This {kind} is cancelled.", page)
                self.assertNotIn("to be announced", page)
                self.assertIn("10:30–11:30", page)
            release_timetable(edition=self.edition, by=self.by)

    def test_no_list_has_it_and_the_programme_says_it_is_cancelled(self):
        self.cancel_both()
        release_timetable(edition=self.edition, by=self.by)
        for url in LISTS:
            self.assertNotIn("canary", text_of(self.client, url).lower(), url)
        before, _heading, after = text_of(self.client, "/ed/programme/").partition('id="cancelled"')

        self.assertEqual(("canary" in before.lower(), "canary-talk" in after), (False, True))

    def test_a_preview_of_the_edition_does_not_list_it_either(self):
        self.cancel_both()
        self.edition.is_published = False
        self.edition.save()
        self.client.force_login(self.by)

        self.assertNotIn("canary", text_of(self.client, "/ed/sessions/").lower())

    def test_published_again_it_is_back(self):
        self.cancel_both()
        publish(session=self.talk)

        self.assertIn("CANARY talk", text_of(self.client, "/ed/sessions/"))
        self.assertNotIn("is cancelled", text_of(self.client, self.pages[0]))


@override_settings(STAFF_SECOND_FACTOR=False)
class CancelInAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        self.session = make_session(make_edition(), "Talk")

    def status(self):
        return Session.objects.get(pk=self.session.pk).status

    def test_the_form_saves_and_cancels_in_one_step(self):
        address = reverse("admin:conference_sessions_session_change", args=[self.session.pk])
        data = read_form(self.client, address) | {"title_en": "Speech", "_cancel": "1"}
        self.client.post(address, data)
        self.session.refresh_from_db()

        self.assertEqual((self.session.title_en, self.session.status), ("Speech", "cancelled"))
        self.assertContains(self.client.get(address), 'name="_publish"')
        self.assertNotContains(self.client.get(address), 'name="_cancel"')

    def test_the_list_cancels_what_is_selected(self):
        address = reverse("admin:conference_sessions_session_changelist")
        data = {"action": "cancel_selected", "_selected_action": [self.session.pk]}
        self.assertContains(self.client.post(address, data, follow=True), "1 cancelled.")
        self.assertEqual(self.status(), "cancelled")
