"""An upload link opens one session to whoever holds it, without an account, and nothing once it is over."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.models import Edition, Site, User
from sessions.collecting.links import digest_of, issue_link, revoke_link, usable_links
from sessions.collecting.mails import send_link
from sessions.exceptions import LinkRefused, PresentationRefused
from sessions.files.documents import make_pdf
from sessions.models import Presentation, PresentationFile, Session, UploadLink
from sessions.services.presentations import add_presentation, add_version, withdraw_presentation
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)

PDF = make_pdf("Polarisation", ["A page"])


class LinkCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(presentations_due_at=timezone.now() + timedelta(days=7))
        cls.session = make_session(cls.edition, "Polarisation in class")
        cls.grace = make_speaker(email="Grace@example.org")
        make_appearance(cls.session, cls.grace)
        cls.link, address = issue_link(session=cls.session, speaker=cls.grace, by=None)
        cls.url = address.removeprefix("http://localhost:8000")

    def send(self, **fields):
        given = {"title": "My slides", "kind": "slides", "language": "en", "licence": "cc-by"}
        given |= {"audience": "members", "opens": "now", "status": "submitted"}
        return self.client.post(self.url, given | {"file": SimpleUploadedFile("a.pdf", PDF)} | fields)


class PageTests(LinkCase):
    def test_page_says_whose_it_is_for_which_session_and_until_when(self):
        response = self.client.get(self.url)

        self.assertContains(response, "Grace Hopper")
        self.assertContains(response, "Polarisation in class")
        self.assertContains(response, f"{timezone.localtime(self.link.expires_at, self.edition.zone):%H:%M}")
        self.assertEqual(response["Referrer-Policy"], "strict-origin")
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertIn("no-store", response["Cache-Control"])

    def test_link_makes_neither_account_nor_session(self):
        users = User.objects.count()

        self.send()

        self.assertEqual(User.objects.count(), users)
        self.assertNotIn("sessionid", self.client.cookies)

    def test_file_comes_into_this_session_with_the_speaker_as_author(self):
        response = self.send()

        self.assertRedirects(response, self.url)
        presentation = Presentation.objects.get()
        version = presentation.versions.get()
        self.assertEqual((presentation.session, presentation.uploaded_by), (self.session, None))
        self.assertEqual((version.upload_link, version.status), (self.link, "submitted"))
        self.assertEqual([credit.speaker for credit in presentation.credits.all()], [self.grace])
        self.assertIsNotNone(UploadLink.objects.get().used_at)
        self.assertContains(self.client.get(self.url), "My slides")

    def test_refused_file_leaves_what_was_typed_and_stores_nothing(self):
        response = self.send(file=SimpleUploadedFile("a.pdf", b"no"), title="Typed")

        self.assertContains(response, "Typed", status_code=422)
        self.assertFalse(Presentation.objects.exists())

    def test_next_version_goes_to_what_came_by_the_link_and_to_nothing_else(self):
        self.send()
        own, other = Presentation.objects.get(), make_presentation(self.session, "By somebody else")

        for presentation in (own, other):
            page = f"{self.url}?presentation={presentation.guid}"
            self.client.post(page, {"form": "version", "file": SimpleUploadedFile("b.pdf", PDF)})

        self.assertEqual([own.versions.count(), other.versions.count()], [2, 1])
        self.assertNotContains(self.client.get(self.url), "By somebody else")

    def test_version_of_what_was_withdrawn_meanwhile_is_not_taken_and_the_page_says_why(self):
        self.send()
        withdraw_presentation(presentation=Presentation.objects.get())
        fields = {"form": "version", "presentation": str(Presentation.objects.get().guid)}

        response = self.client.post(
            self.url, fields | {"file": SimpleUploadedFile("b.pdf", PDF)}, follow=True
        )

        self.assertContains(response, "This presentation is withdrawn.")
        self.assertEqual(Presentation.objects.get().versions.count(), 1)

    def test_draft_is_submitted_from_the_page(self):
        self.send(status="draft")

        self.client.post(self.url, {"form": "submit", "presentation": str(Presentation.objects.get().guid)})

        self.assertEqual(Presentation.objects.get().versions.get().status, "submitted")

    def test_speaker_promises_a_day_or_says_there_will_be_none(self):
        day = self.edition.today() + timedelta(days=3)
        self.client.post(self.url, {"form": "promise", "coming": "day", "day": day.isoformat()})
        self.session.refresh_from_db()
        self.assertEqual(self.session.presentations_promised_for, day)

        self.client.post(self.url, {"form": "promise", "coming": "none"})
        self.session.refresh_from_db()
        self.assertEqual(
            (self.session.presentations_promised_for, self.session.expects_presentations), (None, False)
        )

    def test_promise_for_yesterday_is_refused(self):
        day = self.edition.today() - timedelta(days=1)
        response = self.client.post(self.url, {"form": "promise", "coming": "day", "day": day.isoformat()})

        self.assertContains(response, "Choose a day that is still ahead.", status_code=422)

    def test_too_many_uploads_by_one_link_are_refused(self):
        with override_settings(ACCOUNT_RATE_LIMITS={"upload_by_link": "1/h/key"}):
            self.send()
            response = self.send(title="Second")

        self.assertEqual(response.status_code, 429)
        self.assertEqual(Presentation.objects.count(), 1)

    def test_links_are_not_guessed_for_long(self):
        with override_settings(ACCOUNT_RATE_LIMITS={"upload_link": "2/m/ip"}):
            statuses = [self.client.get(f"/upload/guess{number}/").status_code for number in range(3)]

        self.assertEqual(statuses, [410, 410, 429])


class SpentTests(LinkCase):
    def assert_spent(self):
        pages = {self.client.get(self.url).content, self.client.get("/upload/unknown/").content}
        self.assertEqual(len({re.sub(rb"/upload/[\w-]+/", b"", page) for page in pages}), 1)
        for response in (self.client.get(self.url), self.send()):
            self.assertContains(response, "Ask the organisers for a new one", status_code=410)
            self.assertNotContains(response, "Polarisation in class", status_code=410)
        self.assertFalse(Presentation.objects.exists())

    def test_link_that_ran_out(self):
        UploadLink.objects.update(expires_at=timezone.now())
        self.assert_spent()

    def test_link_that_was_taken_back(self):
        revoke_link(link=self.link)
        self.assert_spent()

    def test_link_that_was_taken_back_while_the_file_was_on_its_way(self):
        link = usable_links().get()  # as the page knew it when the sending began
        mine = add_presentation(
            session=self.session, by=None, link="https://example.org/1", upload_link=link, title="One"
        )
        revoke_link(link=link)
        late = {"by": None, "link": "https://example.org/2", "upload_link": link}

        with self.assertRaises(PresentationRefused):
            add_presentation(session=self.session, title="Two", **late)
        with self.assertRaises(PresentationRefused):
            add_version(presentation=mine, **late)

        self.assertEqual(PresentationFile.objects.count(), 1)

    def test_link_of_somebody_whose_account_was_deactivated(self):
        type(self.grace).objects.filter(pk=self.grace.pk).update(user=make_user(is_active=True))
        self.assertEqual(self.client.get(self.url).status_code, 200)

        User.objects.update(is_active=False)

        self.assert_spent()

    def test_link_of_a_withdrawn_session(self):
        Session.objects.filter(pk=self.session.pk).update(status="withdrawn")
        self.assert_spent()

    def test_link_to_an_address_that_is_no_longer_the_speakers(self):
        self.grace.email = "the-right-one@example.org"
        self.grace.save()
        self.assert_spent()

    def send_another(self):
        later = timezone.now() + timedelta(minutes=11)  # before that it would be pressing twice
        send_link(session=self.session, speaker=self.grace, by=None, at=later)

    def test_link_in_whose_place_another_was_sent(self):
        self.send_another()

        self.assert_spent()
        self.assertEqual(usable_links().count(), 1)

    def test_letters_and_blanks_of_an_address_make_no_difference(self):
        type(self.grace).objects.update(email=f" {self.grace.email.upper()} ")

        self.assertEqual(self.client.get(self.url).status_code, 200)

    def test_link_of_another_speaker_and_of_another_session_stays(self):
        others = [
            (self.session, make_appearance(self.session, make_speaker(email="ben@example.org")).speaker),
            (make_appearance(make_session(self.edition), self.grace).session, self.grace),
        ]
        for session, speaker in others:
            issue_link(session=session, speaker=speaker, by=None)

        self.send_another()

        self.assertEqual(usable_links().count(), 3)

    def test_link_of_somebody_who_appears_no_more(self):
        self.session.appearances.all().delete()
        self.assert_spent()

    def test_who_gave_it_out_can_be_written_to_and_strangers_learn_no_more_than_the_site_says(self):
        Site.objects.create(pk=1, name="Site", contact_email="site@example.org")
        type(self.edition).objects.update(contact_email="mobility@example.org")
        revoke_link(link=self.link)

        for address, contact in (
            (self.url, "mobility@example.org"),
            ("/upload/unknown/", "site@example.org"),
        ):
            self.assertContains(self.client.get(address), f'href="mailto:{contact}"', status_code=410)
        self.assertEqual(self.client.get(f"/upload/{'0' * 2000}/").status_code, 410)

    def test_unknown_and_changed_links_look_the_same(self):
        token = self.url.split("/")[-2]
        for wrong in (token[:-1], token + "A", token.swapcase(), "0" * 2000, digest_of(token)):
            self.assertEqual(self.client.get(f"/upload/{wrong}/").status_code, 410)


class LateTests(LinkCase):
    def setUp(self):
        super().setUp()
        Edition.objects.update(
            presentations_due_at=timezone.now() - timedelta(minutes=1), takes_late_presentations=False
        )
        self.session.refresh_from_db()

    def given(self, by, **fields):
        return add_presentation(
            session=self.session, by=by, upload=SimpleUploadedFile("a.pdf", PDF), title="Late",
            kind="slides", language="en", licence="cc-by", audience="everyone", **fields,
        )  # fmt: skip

    def test_after_the_deadline_nothing_comes_from_speakers_where_organisers_said_so(self):
        link = usable_links().get()
        for by, how in ((None, {"upload_link": link}), (make_user(), {})):
            with self.assertRaisesMessage(PresentationRefused, "Presentations could be sent until"):
                self.given(by, **how)
        self.assertFalse(PresentationFile.objects.exists())
        self.assertContains(self.client.get(self.url), "Later ones are not taken.")

    def test_organisers_still_add_what_came_by_another_way_and_speakers_no_new_version(self):
        added = self.given(make_organiser())
        with self.assertRaises(PresentationRefused):
            add_version(presentation=added, by=make_user(), link="https://example.org/film")
        self.assertEqual(added.versions.count(), 1)

    def test_where_later_ones_are_taken_too_the_deadline_is_a_wish(self):
        Edition.objects.update(takes_late_presentations=True)
        self.session.refresh_from_db()

        self.assertTrue(self.given(make_user()).pk)


class IssueTests(LinkCase):
    def test_link_goes_only_to_who_appears_has_an_address_and_no_account(self):
        for speaker in (
            make_speaker(email="stranger@example.org"),
            make_appearance(self.session, make_speaker()).speaker,
            make_appearance(self.session, make_speaker(email="x@example.org", user=make_user())).speaker,
        ):
            with self.assertRaises(LinkRefused):
                issue_link(session=self.session, speaker=speaker, by=None)
        self.assertEqual(UploadLink.objects.count(), 1)

    def test_link_outlives_the_deadline_and_half_a_year_never(self):
        at = timezone.now()
        for due, days in ((None, 30), (at + timedelta(days=60), 74), (at + timedelta(days=900), 180)):
            self.edition.presentations_due_at = due
            self.session.edition = self.edition
            link, _url = issue_link(session=self.session, speaker=self.grace, by=None, at=at)
            self.assertEqual(link.expires_at, at + timedelta(days=days))
