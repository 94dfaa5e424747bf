"""The mails of allauth."""

from pathlib import Path

import allauth
from django.conf import settings
from django.template.loader import get_template
from django.test import TestCase
from django.utils import timezone

from conference.accounts.adapter import AccountAdapter
from conference.models import Outbox


class MailTests(TestCase):
    """Every mail of allauth is in our words; its own templates are never read."""

    NEVER_SENT = {"account_already_exists", "base", "password_reset_code", "unknown_account"}
    SAMPLE = {
        "code": "ABC-DEF",
        "password_reset_url": "http://localhost:8000/x/",
        "timestamp": timezone.now(),
    }

    def names(self):
        folder = Path(allauth.__file__).parent / "templates"
        for app in ("account", "mfa"):
            for path in sorted((folder / app / "email").glob("*_message.txt")):
                if path.name.removesuffix("_message.txt") not in self.NEVER_SENT:
                    yield f"{app}/email/{path.name.removesuffix('_message.txt')}"

    def test_every_mail_has_a_subject_and_a_text_of_ours(self):
        self.assertGreater(len(list(self.names())), 12)
        for name in self.names():
            with self.subTest(name=name):
                for part in ("subject", "message"):
                    origin = get_template(f"{name}_{part}.txt").origin.name
                    self.assertTrue(origin.startswith(str(settings.BASE_DIR / "templates")), origin)
                AccountAdapter().send_mail(
                    name, "ada@example.org", self.SAMPLE | {"from_email": "O'Brien@x.org"}
                )
                mail = Outbox.objects.first()
                self.assertEqual(mail.subject, mail.subject.strip())
                self.assertTrue(mail.subject)
                self.assertTrue(mail.text.startswith("Hello,\n\n"), mail.text)
                self.assertNotIn("&#", mail.text)
                self.assertNotIn("\n\n\n", mail.text)
