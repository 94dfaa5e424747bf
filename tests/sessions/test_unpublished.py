"""What is not published leaks nowhere; an organiser sees it as a preview."""

from django.test import TestCase

from conference.models import Page, Theme
from sessions.models import Kind, Session
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.sessions.pages import organiser_client, text_of

Status = Session.Status


class UnpublishedTests(TestCase):
    """Everything called CANARY is hidden in one way or another."""

    def setUp(self):
        theme = Theme.objects.create(title="Open theme", slug="theme", start_year=2015, end_year=2015)
        self.edition = edition = make_edition(slug="ed", theme=theme, registration_closes_at=None)
        self.session = make_session(edition, "Seen", slug="seen", number=1)
        self.speaker = make_speaker("Ada Lovelace")
        make_appearance(self.session, self.speaker)
        self.hidden = make_edition("CANARY edition", slug="canary-ed")
        hidden = [make_session(self.hidden, "CANARY inside", slug="inside")]
        statuses = {}
        for status in (Status.DRAFT, Status.WITHDRAWN):
            session = make_session(edition, f"CANARY {status}", slug=f"canary-{status}")
            workshop = make_workshop(edition, f"CANARY w {status}", slug=f"canary-w-{status}")
            part = make_session(edition, "CANARY part", slug=f"canary-part-{status}", part_of=self.session)
            statuses |= {one.pk: status for one in (session, workshop, part)}
            hidden += [session, workshop, part]
        self.fill(hidden)
        # All of it was public and released once: only then can it leak.
        for one in (edition, self.hidden):
            release_timetable(edition=one, by=make_organiser())
        for pk, status in statuses.items():
            Session.objects.filter(pk=pk).update(status=status)
        self.hidden.theme = Theme.objects.create(
            title="CANARY theme", slug="canary", start_year=2016, end_year=2016
        )
        self.hidden.is_published = False
        self.hidden.save()
        Page.objects.create(title="CANARY page", slug="canary", is_published=False)
        Page.objects.create(title="CANARY of edition", slug="canary", edition=self.hidden)

    def fill(self, sessions):
        for session in sessions:
            make_slot(session)
            make_appearance(session, self.speaker, role="CANARY role")
            make_appearance(session, make_speaker("CANARY person"))
            make_presentation(session, "CANARY slides")

    def test_while_it_was_published_it_was_seen(self):
        Session.objects.update(status=Status.PUBLISHED)
        for url in (
            "/ed/",
            "/ed/programme/",
            "/ed/speakers/",
            self.speaker.get_absolute_url(),
            "/sitemap.xml",
        ):
            with self.subTest(url=url):
                self.assertIn("canary", text_of(self.client, url).lower())

    def test_no_public_page_shows_or_counts_it(self):
        urls = [
            "/", "/editions/", "/themes/theme/", "/ed/", "/ed/programme/", "/ed/sessions/", "/ed/workshops/",
            "/ed/speakers/", "/ed/sessions/seen/", self.speaker.get_absolute_url(), "/sitemap.xml", "/nl/ed/",
            "/ed/releases/", "/ed/releases/1/", "/ed/feed.atom",
        ]  # fmt: skip
        for url in urls:
            with self.subTest(url=url):
                self.assertNotIn("canary", text_of(self.client, url).lower())

    def test_an_organiser_finds_no_difference_on_the_public_pages(self):
        organiser = organiser_client()
        for url in ("/ed/", "/ed/programme/", "/ed/sessions/", "/ed/workshops/", "/ed/speakers/"):
            with self.subTest(url=url):
                self.assertNotIn("canary", text_of(organiser, url).lower())

    HIDDEN = [
        "/ed/sessions/canary-draft/", "/ed/sessions/canary-withdrawn/", "/ed/workshops/canary-w-draft/",
        "/ed/sessions/canary-part-draft/", "/canary-ed/", "/canary-ed/programme/", "/canary-ed/sessions/",
        "/canary-ed/workshops/", "/canary-ed/speakers/", "/canary-ed/sessions/inside/", "/themes/canary/",
        "/pages/canary/", "/canary-ed/pages/canary/",
    ]  # fmt: skip

    def test_its_addresses_answer_as_if_there_were_nothing(self):
        self.client.force_login(make_user())
        for url in self.HIDDEN:
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_an_organiser_sees_them_marked_as_a_preview(self):
        organiser = organiser_client()
        for url in self.HIDDEN:
            with self.subTest(url=url):
                self.assertIn("Preview: only organisers", text_of(organiser, url))
        self.assertNotIn("Preview: only", text_of(organiser, "/ed/sessions/seen/"))

    def test_a_speaker_of_hidden_sessions_only_has_no_page(self):
        speaker = make_speaker("CANARY only")
        make_appearance(make_session(self.edition, status=Status.DRAFT), speaker)

        self.assertEqual(self.client.get(speaker.get_absolute_url()).status_code, 404)
        self.assertIn("Preview", text_of(organiser_client(), speaker.get_absolute_url()))

    def test_a_hidden_session_of_another_kind_does_not_betray_itself_by_a_redirect(self):
        self.assertEqual(self.client.get("/ed/workshops/canary-draft/").status_code, 404)

    def test_a_part_does_not_name_the_unpublished_session_around_it(self):
        hidden = Session.objects.get(slug="canary-draft")
        make_workshop(self.edition, "Group", slug="group", part_of=hidden)

        for url in ("/ed/workshops/group/", "/ed/", "/ed/workshops/", "/ed/programme/"):
            self.assertNotIn("canary", text_of(self.client, url).lower())

    def test_numbers_on_the_front_page_count_what_is_public(self):
        make_session(self.edition, kind=Kind.BREAK)
        self.edition.is_front_page = True
        self.edition.save()

        counts = self.client.get("/").context["counts"]
        self.assertEqual(counts, {"sessions": 1, "workshops": 0, "presentations": 0})
