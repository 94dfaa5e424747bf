"""Who gave a presentation by a link hears what was decided, and how to mend it."""

import re

from django.test import TestCase

from conference.models import Outbox
from sessions.collecting.links import issue_link, link_of
from sessions.services.presentations import approve_version, refuse_version
from tests.factories import (
    make_appearance,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
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
