"""Who gave a presentation by a link hears what was decided, and how to mend it."""

import re

from django.test import TestCase

from conference.models import Outbox
from sessions.collecting.links import issue_link, link_of, revoke_link
from sessions.services.presentations import approve_version, refuse_version, withdraw_presentation
from tests.factories import (
    make_appearance,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
    make_version,
)


class AnsweringTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.session = make_session(language="nl")
        cls.grace = make_speaker(email="grace@example.org")
        make_appearance(cls.session, cls.grace)
        cls.link, _url = issue_link(session=cls.session, speaker=cls.grace, by=None)
        cls.presentation = make_presentation(cls.session, status="submitted")
        cls.version = cls.presentation.versions.get()
        cls.version.upload_link = cls.link
        cls.version.save()

    def refuse(self):
        refuse_version(version=self.version, by=self.organiser, reason="The pictures are blurred.")
        return Outbox.objects.get()

    def test_approval_is_told_with_the_public_page(self):
        approve_version(version=self.version, by=self.organiser)

        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "grace@example.org")
        self.assertIn(f"/nl/presentations/{self.presentation.guid}/", mail.text)

    def test_refusal_is_told_with_its_reason_and_a_new_link_to_the_next_version(self):
        mail = self.refuse()

        token = re.search(r"/nl/upload/([\w-]+)/\?presentation=", mail.text)[1]
        self.assertIn("The pictures are blurred.", mail.text)
        self.assertTrue(mail.is_secret)
        self.assertEqual(link_of(token).speaker, self.grace)
        self.assertContains(self.client.get(f"/upload/{token}/"), "The pictures are blurred.")

    def test_speaker_whose_part_is_over_gets_no_new_link(self):
        self.session.appearances.all().delete()

        self.assertNotIn("/upload/", self.refuse().text)

    def test_speaker_who_has_an_account_by_now_gets_one_mail_there(self):
        self.grace.user = make_user("Grace")
        self.grace.save()

        self.assertEqual(self.refuse().recipient, self.grace.user.email)

    def test_answer_goes_to_the_address_the_speaker_has_now(self):
        self.grace.email = "New@example.org"
        self.grace.save()

        self.assertEqual(self.refuse().recipient, "new@example.org")

    def test_no_new_link_goes_where_a_link_was_taken_back(self):
        revoke_link(link=self.link)

        refuse_version(version=self.version, by=self.organiser, reason="The pictures are blurred.")

        self.assertFalse(Outbox.objects.exists())
        self.assertEqual(self.session.upload_links.count(), 1)

    def test_after_a_link_was_sent_again_the_speaker_hears_as_before(self):
        revoke_link(link=self.link)
        issue_link(session=self.session, speaker=self.grace, by=None)

        self.assertEqual(self.refuse().recipient, "grace@example.org")

    def test_withdrawal_is_told_once_however_many_versions_came_by_links(self):
        again, _url = issue_link(session=self.session, speaker=self.grace, by=None)
        make_version(self.presentation, number=2, status="submitted", upload_link=again)

        withdraw_presentation(presentation=self.presentation, by=self.organiser)

        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "grace@example.org")
        self.assertNotIn("/upload/", mail.text)
