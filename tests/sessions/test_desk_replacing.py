"""Replacing a presentation at the speaker's desk: the public version stays until the next is approved."""

from django.test import override_settings
from django.utils import timezone

from sessions.models import Presentation
from tests.factories import (
    make_organiser,
    make_presentation,
    make_speaker,
    make_user,
    make_version,
)
from tests.sessions.test_desk import DETAILS, DeskCase, a_file, files_on_disk


class ReplaceTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.presentation = make_presentation(self.session, content=b"%PDF first")
        self.url = self.manage_url(self.presentation)

    def replace(self, **fields):
        return self.client.post(self.url, {"form": "version", "file": a_file(), **fields})

    def test_approved_version_stays_public_until_the_new_one_is_approved(self):
        self.assertRedirects(self.replace(), self.url)

        self.presentation.refresh_from_db()
        self.assertEqual(self.presentation.current_file.number, 1)
        self.assertEqual(
            list(self.presentation.versions.values_list("number", "status")),
            [(2, "submitted"), (1, "approved")],
        )
        self.assertContains(self.client.get(self.url), "The version before stays public until then.")

    def test_refused_file_leaves_the_former_one(self):
        response = self.replace(file=a_file("x.pdf", b"MZ"))

        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.presentation.versions.count(), 1)

    @override_settings(SPEAKER_QUOTA_MB=0)
    def test_quota_of_all_versions_is_kept(self):
        before = files_on_disk()

        self.assertContains(self.replace(), "All versions of a presentation together", status_code=422)
        self.assertEqual(files_on_disk(), before)

    def test_draft_is_submitted_by_its_button_only(self):
        self.replace(status="draft")
        url = f"{self.url}submit/"
        self.assertEqual(self.client.get(url).status_code, 405)

        self.client.post(url)

        self.assertEqual(self.presentation.versions.first().status, "submitted")
        self.assertContains(self.client.post(url, follow=True), "submitted already")

    def test_reason_of_a_refusal_is_shown_as_text(self):
        make_version(self.presentation, status="refused", refusal_reason="<b>Too</b> dark", number=2)

        self.assertContains(self.client.get(self.url), "&lt;b&gt;Too&lt;/b&gt; dark")

    def test_details_can_be_changed_and_a_refused_change_shows_what_was_typed(self):
        self.client.post(self.url, {**DETAILS, "form": "details", "title": "New title"})
        self.presentation.refresh_from_db()
        self.assertEqual((self.presentation.title, self.presentation.audience), ("New title", "members"))

        response = self.client.post(self.url, {**DETAILS, "form": "details", "title": ""})
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "<h1>New title</h1>", status_code=422)

    def test_organisers_only_is_not_lifted_by_a_speaker(self):
        Presentation.objects.update(audience="organisers")

        self.client.post(self.url, {**DETAILS, "form": "details", "audience": "everyone"})

        self.presentation.refresh_from_db()
        self.assertEqual(self.presentation.audience, "organisers")

    def test_presentation_of_another_does_not_exist(self):
        self.client.force_login(make_speaker("Other", user=make_user("Other")).user)

        for response in (self.client.get(self.url), self.replace(), self.client.post(f"{self.url}submit/")):
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.presentation.versions.count(), 1)

    def test_withdrawn_presentation_takes_no_version(self):
        Presentation.objects.update(withdrawn_at=timezone.now())

        self.assertEqual(self.replace().status_code, 422)
        self.assertContains(self.client.get(self.url), "It was withdrawn")

    def test_organiser_manages_the_presentation_of_anyone(self):
        self.client.force_login(make_organiser())

        self.assertEqual(self.replace().status_code, 302)
        self.assertEqual(self.presentation.versions.count(), 2)
