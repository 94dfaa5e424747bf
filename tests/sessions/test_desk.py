"""The speaker's desk: own sessions only, a new version beside the public one, a refusal that keeps what was typed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from sessions.files.documents import make_odt, make_pdf
from sessions.models import Presentation, PresentationFile, Session
from sessions.models.presentation_file import private_storage
from sessions.services.storing import stored_files
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)

DETAILS = {
    "title": "My slides", "kind": "slides", "language": "en", "licence": "cc-by", "audience": "members",
    "opens": "now", "description": "",
}  # fmt: skip


def a_file(name="talk.odt", content=None):
    return SimpleUploadedFile(name, content or make_odt("Talk", ["one"]), content_type="text/html")


def files_on_disk():
    return set(stored_files(private_storage(), "presentations"))


class DeskCase(TestCase):
    def setUp(self):
        self.session = make_session(make_edition(), "My session")
        self.speaker = make_speaker("Sam", user=make_user("Sam"))
        make_appearance(self.session, self.speaker)
        self.client.force_login(self.speaker.user)
        self.add_url = f"/speaker/sessions/{self.session.guid}/presentations/new/"

    def manage_url(self, presentation):
        return f"/speaker/presentations/{presentation.guid}/"


class DeskPageTests(DeskCase):
    def test_speaker_sees_own_sessions_of_all_editions_and_no_others(self):
        make_appearance(make_session(make_edition(), "Earlier session"), self.speaker)
        make_appearance(make_session(self.session.edition, "Not mine"))

        response = self.client.get("/speaker/")

        for title, count in (("My session", 1), ("Earlier session", 1), ("Not mine", 0)):
            with self.subTest(title):
                self.assertEqual(response.content.decode().count(f">{title}</a>"), count)

    def test_each_presentation_shows_its_state_and_the_next_step(self):
        for status in ("draft", "submitted", "approved", "refused"):
            make_presentation(self.session, status=status) if status != "refused" else self.refused()

        response = self.client.get("/speaker/")

        for words in ("Draft", "Submitted", "Approved", "Refused"):
            self.assertContains(response, f">{words}</span>")
        self.assertContains(response, "Read the reason and send a new version.")

    def refused(self):
        presentation = make_presentation(self.session, status="draft")
        presentation.versions.update(status="refused", refusal_reason="Too dark")

    def test_account_without_sessions_reads_what_to_do(self):
        self.client.force_login(make_user("Nobody"))

        self.assertContains(self.client.get("/speaker/"), "No sessions yet")

    def test_desk_takes_the_same_queries_for_one_and_for_three_presentations(self):
        counts = []
        for _round in range(3):
            make_presentation(self.session)
            with CaptureQueriesContext(connection) as queries:
                self.client.get("/speaker/")
            counts.append(len(queries))
        self.assertEqual(counts, counts[:1] * 3)

    def test_visitor_is_asked_to_log_in(self):
        self.client.logout()

        self.assertRedirects(
            self.client.get("/speaker/"), "/accounts/login/?next=/speaker/", fetch_redirect_response=False
        )


class AddTests(DeskCase):
    def add(self, file=None, **fields):
        return self.client.post(self.add_url, {**DETAILS, "file": file or a_file(), **fields})

    def test_limits_stand_beside_the_field(self):
        response = self.client.get(self.add_url)

        self.assertContains(response, "PDF, PPTX, ODP, KEY, DOCX, ODT, at most 50 MB.")
        self.assertContains(response, 'enctype="multipart/form-data" data-upload')

    def test_file_becomes_a_submitted_presentation_that_is_not_public(self):
        content = make_odt("Talk", ["one"])

        response = self.add(a_file(content=content))

        self.assertRedirects(response, self.manage_url(Presentation.objects.get()))
        presentation = Presentation.objects.get()
        version = presentation.versions.get()
        self.assertEqual((version.status, version.number, version.format), ("submitted", 1, "odt"))
        self.assertEqual(version.content_type, "application/vnd.oasis.opendocument.text")
        self.assertEqual(version.file.read(), content)
        self.assertNotIn("talk", version.file.name)
        self.assertIsNone(presentation.current_file)
        self.assertEqual(presentation.uploaded_by, self.speaker.user)
        self.assertEqual([credit.name for credit in presentation.credits.all()], ["Sam"])

    def test_link_may_stand_in_for_a_file(self):
        self.client.post(self.add_url, {**DETAILS, "link": "films.example.org/7"})

        self.assertEqual(PresentationFile.objects.get().link, "https://films.example.org/7")

    def test_strange_links_are_refused(self):
        for link in ("javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "https://"):
            with self.subTest(link):
                self.assertEqual(self.client.post(self.add_url, {**DETAILS, "link": link}).status_code, 422)
        self.assertFalse(Presentation.objects.exists())

    def test_draft_is_kept_as_a_draft(self):
        self.add(status="draft")

        self.assertEqual(PresentationFile.objects.get().status, "draft")

    def test_nobody_submits_as_approved(self):
        self.add(status="approved", current_file="1", uploaded_by="1", withdrawn_at="2020-01-01")

        self.assertEqual(PresentationFile.objects.get().status, "submitted")

    def test_refused_file_says_why_beside_the_field_and_keeps_what_was_typed(self):
        before = files_on_disk()

        response = self.add(a_file("talk.pdf", b"<html>"), title="A long title typed once")

        self.assertEqual(response.status_code, 422)
        self.assertContains(response, 'id="id_file_error"', status_code=422)
        self.assertContains(response, 'value="A long title typed once"', status_code=422)
        self.assertContains(response, "Save it as PDF, PPTX, ODP, KEY, DOCX or ODT", status_code=422)
        self.assertFalse(Presentation.objects.exists())
        self.assertEqual(files_on_disk(), before)

    def test_empty_file_says_that_it_is_empty(self):
        response = self.client.post(self.add_url, {**DETAILS, "file": SimpleUploadedFile("talk.pdf", b"")})

        self.assertContains(response, "This file is empty.", status_code=422)

    def test_two_files_in_one_field_are_refused(self):
        response = self.client.post(self.add_url, {**DETAILS, "file": [a_file("a.pdf", b"bad"), a_file()]})

        self.assertContains(response, "Choose one file", status_code=422)
        self.assertFalse(Presentation.objects.exists())

    def test_file_and_link_together_and_neither_are_refused(self):
        self.assertEqual(self.add(link="https://example.org").status_code, 422)
        self.assertContains(
            self.client.post(self.add_url, DETAILS), "Choose a file, or give a link.", status_code=422
        )

    def test_moment_is_read_in_the_time_zone_of_the_edition(self):
        self.session.edition.time_zone = "Europe/Tallinn"
        self.session.edition.save()

        self.add(opens="moment", opens_at="2027-07-01T09:00")

        self.assertEqual(Presentation.objects.get().opens_at, datetime(2027, 7, 1, 6, 0, tzinfo=UTC))

    def test_moment_that_the_clock_skips_is_refused(self):
        response = self.add(opens="moment", opens_at="2027-03-28T02:30")

        self.assertContains(response, 'id="id_opens_at_error"', status_code=422)

    def test_moment_is_needed_when_it_is_chosen(self):
        self.assertContains(self.add(opens="moment"), "Give the day and the time.", status_code=422)

    def test_after_the_session_forgets_a_moment(self):
        self.add(opens="after", opens_at="2027-07-01T09:00")

        presentation = Presentation.objects.get()
        self.assertEqual((presentation.opens_after_session, presentation.opens_at), (True, None))

    def test_speaker_cannot_choose_organisers_only(self):
        self.assertEqual(self.add(audience="organisers").status_code, 422)

    def test_session_of_another_speaker_does_not_exist(self):
        other = make_session(self.session.edition)
        make_appearance(other)
        url = f"/speaker/sessions/{other.guid}/presentations/new/"

        self.assertEqual(self.client.get(url).status_code, 404)
        self.assertEqual(self.client.post(url, {**DETAILS, "file": a_file()}).status_code, 404)
        self.assertFalse(Presentation.objects.exists())

    def test_withdrawn_session_takes_no_presentation(self):
        Session.objects.update(status="withdrawn")
        before = files_on_disk()

        response = self.add()

        self.assertContains(response, "This session was withdrawn", status_code=422)
        self.assertFalse(Presentation.objects.exists())
        self.assertEqual(files_on_disk(), before)

    def test_visitor_stores_nothing(self):
        self.client.logout()

        self.assertEqual(self.add().status_code, 302)
        self.assertFalse(Presentation.objects.exists())

    @override_settings(ACCOUNT_RATE_LIMITS={"upload": "2/h/user"})
    def test_uploads_are_limited_for_each_person(self):
        cache.clear()
        for _round in range(2):
            self.assertEqual(self.add().status_code, 302)

        response = self.add(title="Once more")

        self.assertEqual((response.status_code, response["Retry-After"]), (429, "3600"))
        self.assertContains(response, 'value="Once more"', status_code=429)
        self.assertEqual(Presentation.objects.count(), 2)

    def test_limit_is_exact_to_the_byte(self):
        content = make_pdf("Talk", ["one"])
        megabytes = len(content) / 1024**2
        for limit, status in ((megabytes, 302), (megabytes - 1 / 1024**2, 422)):
            with override_settings(PRESENTATION_MAX_MB=limit):
                self.assertEqual(self.add(a_file("talk.pdf", content)).status_code, status)


@pytest.mark.parametrize(
    "name", ["../../evil.odt", "a\r\nSet-Cookie: x.odt", "\u202etdo.odt", "x" * 300 + ".odt", "ünï.odt"]
)
def test_hostile_names_never_reach_the_disk(db, client, name):
    speaker = make_speaker(user=make_user())
    session = make_session()
    make_appearance(session, speaker)
    client.force_login(speaker.user)
    upload = BytesIO(make_odt("Talk", ["one"]))
    upload.name = name

    client.post(f"/speaker/sessions/{session.guid}/presentations/new/", {**DETAILS, "file": upload})

    for version in PresentationFile.objects.all():
        folder, guid, generated = version.file.name.split("/")
        assert (folder, guid) == ("presentations", str(version.presentation.guid))
        assert generated.removesuffix(".odt").isalnum()
