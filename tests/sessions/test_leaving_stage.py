"""Somebody on stage closes the account: what is public stays as they choose, what nobody decided about goes."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.mail import queue_mail
from conference.models import Bounce, Outbox
from sessions.models import Credit, Presentation, PresentationFile, Publication, UploadLink
from speakers.models import Speaker
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
    make_version,
)

STAGE = "stage@example.org"


class StageCase(TestCase):
    def setUp(self):
        make_organiser()
        self.ada = make_user("Ada Lovelace")
        self.speaker = make_speaker("Ada Lovelace", user=self.ada, email=STAGE)
        self.session = make_session(make_edition(slug="ed"), "Notes on engines", slug="engines")
        make_appearance(self.session, self.speaker)
        self.slides = make_presentation(self.session, uploaded_by=self.ada)
        Credit.objects.create(presentation=self.slides, speaker=self.speaker, name="Ada Lovelace")
        self.slides.versions.update(original_name="Lovelace_engines.pdf", uploaded_by=self.ada)

    def close(self, *, name_stays):
        with self.captureOnCommitCallbacks(execute=True):
            close_account(user=self.ada, name_stays=name_stays)


class LeavingStageTests(StageCase):
    def download(self):
        return self.client.get(f"/presentations/{self.slides.guid}/download/")

    def test_a_published_talk_stays_with_its_file_and_the_name_that_was_agreed(self):
        self.close(name_stays=True)

        self.assertContains(self.client.get("/ed/sessions/engines/"), "Ada Lovelace")
        self.assertIn("Lovelace_engines.pdf", self.download()["Content-Disposition"])

    def test_or_without_the_name_wherever_it_was_printed(self):
        self.close(name_stays=False)

        page = self.client.get("/ed/sessions/engines/")
        self.assertContains(page, "Name withdrawn")
        self.assertNotContains(page, "Lovelace")
        answer = self.download()
        self.assertEqual(answer.status_code, 200)
        self.assertIn("presentation.pdf", answer["Content-Disposition"])

    def test_names_of_others_in_files_and_among_editors_stay(self):
        theirs = make_presentation(self.session, "Slides of Grace")
        theirs.versions.update(original_name="Lovelace_by_Grace.pdf")
        Publication.objects.create(title="A book", slug="book", editors="Grace Hopper, Ada Lovelace")

        self.close(name_stays=False)

        self.assertEqual(theirs.versions.get().original_name, "Lovelace_by_Grace.pdf")
        self.assertEqual(Publication.objects.get().editors, "Grace Hopper, Name withdrawn")

    def test_a_name_that_stays_stays_among_editors(self):
        Publication.objects.create(title="A book", slug="book", editors="Ada Lovelace")

        self.close(name_stays=True)

        self.assertEqual(Publication.objects.get().editors, "Ada Lovelace")

    def test_what_came_by_a_link_and_was_not_decided_about_goes(self):
        link = UploadLink.objects.create(
            session=self.session, speaker=self.speaker, email=STAGE, digest="d",
            expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        sent = make_presentation(self.session, "By link", status="submitted")
        sent.versions.update(upload_link=link)
        Credit.objects.create(presentation=sent, speaker=self.speaker, name="Ada Lovelace")
        make_version(self.slides, status="submitted")
        PresentationFile.objects.filter(presentation=self.slides, status="submitted").update(upload_link=link)

        self.close(name_stays=True)

        self.assertEqual([one.title for one in Presentation.objects.all()], ["Slides"])
        self.assertEqual([one.status for one in PresentationFile.objects.all()], ["approved"])

    def test_what_an_organiser_began_for_the_session_stays_when_its_draft_goes(self):
        begun = make_presentation(self.session, "Begun", status="submitted")
        begun.versions.update(uploaded_by=self.ada)

        self.close(name_stays=True)

        self.assertTrue(Presentation.objects.filter(title="Begun").exists())

    def test_a_presentation_without_any_version_goes_with_whoever_began_it(self):
        Presentation.objects.create(
            session=self.session, edition=self.session.edition, title="Empty", uploaded_by=self.ada
        )

        self.close(name_stays=True)

        self.assertFalse(Presentation.objects.filter(title="Empty").exists())


class StageAddressTests(StageCase):
    """Organisers wrote to another address than that of the account."""

    def setUp(self):
        super().setUp()
        queue_mail(to=STAGE, template="account_known", context={})
        Bounce.objects.create(address=STAGE, count=1, last_at=timezone.now())

    def kept(self):
        return Outbox.objects.filter(recipient=STAGE).count(), Bounce.objects.filter(address=STAGE).count()

    def test_mail_to_it_goes_too_and_nobody_else_reads_it(self):
        told = queue_mail(
            to="ben@example.org", template="account_known", context={"login_url": f"Ask {STAGE}."}
        )

        self.close(name_stays=True)

        self.assertEqual(self.kept(), (0, 0))
        told.refresh_from_db()
        self.assertIn("Ask –.", told.text)

    def test_an_address_that_another_speaker_or_account_has_stays(self):
        make_speaker("Grace", email=STAGE.upper())

        self.close(name_stays=True)

        self.assertEqual(self.kept(), (1, 1))
        self.assertEqual(Speaker.objects.get(pk=self.speaker.pk).email, "")
