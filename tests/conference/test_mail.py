import email
import tempfile
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from django.db import transaction
from django.test import TestCase, TransactionTestCase, override_settings
from django.utils import timezone

from conference.mail import absolute, put_in_outbox, queue_mail, send_due
from conference.models import Outbox
from tests.conference.smtp_server import smtp_server

Status = Outbox.Status
EVIL_NAMES = (
    "[Win](http://evil.test)",
    "<a href='http://evil.test'>win</a>",
    "http://evil.test",
    "www.evil.test",
)


def queue(to="ada@example.org", subject="A place", text="Hello,\n\nyou have a place.", **fields):
    return put_in_outbox(to=to, subject=subject, text=text, **fields)


def read_mails(folder):
    return [
        email.message_from_bytes(p.read_bytes(), policy=policy.default) for p in Path(folder).glob("*.eml")
    ]


class MailAsFilesTestCase(TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(
            override_settings(EMAIL_BACKEND="conference.mail.FileBackend", EMAIL_FILE_PATH=self.folder)
        )

    def sent(self):
        send_due()
        return read_mails(self.folder)


class ComposeTests(MailAsFilesTestCase):
    def test_template_gives_subject_text_and_html_to_one_recipient(self):
        links = {"login_url": absolute("/accounts/login/"), "code_url": absolute("/accounts/login/code/")}
        queue_mail(to="ada@example.org", template="account_known", context=links)

        [mail] = self.sent()

        self.assertEqual(mail["To"], "ada@example.org")
        self.assertEqual(mail["Subject"], "You already have an account")
        self.assertEqual([p.get_content_type() for p in mail.iter_parts()], ["text/plain", "text/html"])
        self.assertIn("\nhttp://localhost:8000/accounts/login/\n", mail.get_body(["plain"]).get_content())
        self.assertIn(
            '<a href="http://localhost:8000/accounts/login/"', mail.get_body(["html"]).get_content()
        )

    def test_mail_is_in_the_language_of_its_reader(self):
        queue_mail(to="ada@example.org", template="account_known", context={}, language="nl")

        self.assertIn('<html lang="nl">', Outbox.objects.get().html)

    def test_text_part_is_not_escaped_and_html_part_is(self):
        queue(text="O'Brien & <b>sons</b>")

        [mail] = self.sent()

        self.assertIn("O'Brien & <b>sons</b>", mail.get_body(["plain"]).get_content())
        html = mail.get_body(["html"]).get_content()
        self.assertIn("O&#x27;Brien &amp; &lt;b&gt;sons&lt;/b&gt;", html)
        self.assertNotIn("<b>", html)

    def test_a_name_is_never_a_link(self):
        for name in EVIL_NAMES:
            with self.subTest(name=name):
                mail = queue(subject=f"{name} is registered", text=f"Hello {name},\n\n{name}")
                html = mail.html.partition("</head>")[2]
                self.assertIn("evil", html)
                for cut in ("http:<span></span>//evil", "www<span></span>.evil"):
                    html = html.replace(cut, "")
                self.assertNotIn("http://evil", html)
                self.assertNotIn("www.evil", html)
                self.assertNotIn("href='", html)
                self.assertEqual(html.count("<a "), 1)  # the site's own name at the foot

    def test_only_a_line_that_is_an_own_address_becomes_a_link(self):
        for line in (
            "http://localhost:8000.evil.test/",
            "see http://localhost:8000/x",
            'http://localhost:8000/"x',
        ):
            with self.subTest(line=line):
                self.assertEqual(queue(text=line).html.count("<a "), 1)
        self.assertEqual(queue(text="http://localhost:8000/x?a=1&b=2").html.count("<a "), 2)

    def test_template_words_in_a_name_stay_words(self):
        mail = queue_mail(
            to="a@example.org",
            template="account_known",
            context={"login_url": "{{ settings.SECRET_KEY }}{user}"},
        )

        self.assertIn("{{ settings.SECRET_KEY }}{user}", mail.text)

    def test_subject_is_one_line_of_at_most_300_characters(self):
        subjects = ("Hi\r\nBcc: eve@example.org", "Hi%0aBcc: x", "=?utf-8?q?=0aBcc:x?=", "‮abc", "x" * 1000)
        for subject in subjects:
            with self.subTest(subject=subject[:30]):
                Outbox.objects.all().delete()
                [old.unlink() for old in Path(self.folder).glob("*.eml")]
                queue(subject=subject)
                [mail] = self.sent()
                self.assertEqual(mail["To"], "ada@example.org")
                self.assertIsNone(mail["Bcc"])
                self.assertEqual(
                    mail["Subject"].strip(), " ".join(subject.replace("=?", "= ?").split())[:300]
                )


class SendTests(MailAsFilesTestCase):
    def test_each_mail_is_sent_once(self):
        queue(), queue("ben@example.org")

        self.assertEqual(send_due(), 2)
        self.assertEqual(send_due(), 0)
        self.assertEqual(len(read_mails(self.folder)), 2)

    def test_urgent_mail_goes_first(self):
        queue(), queue("ben@example.org", is_urgent=True)

        send_due(limit=1)

        self.assertEqual(Outbox.objects.get(status=Status.SENT).recipient, "ben@example.org")

    def test_secret_text_is_erased_after_sending(self):
        queue(text="Your code is CANARY", is_secret=True)
        self.assertIn("CANARY", Outbox.objects.get().text + Outbox.objects.get().html)

        [mail] = self.sent()

        self.assertIn("CANARY", mail.get_body(["plain"]).get_content())
        self.assertEqual((Outbox.objects.get().text, Outbox.objects.get().html), ("", ""))

    def test_mail_of_a_dead_worker_is_sent_again_under_the_same_message_id(self):
        row = queue()
        send_due()
        claimed = timezone.now() - timedelta(minutes=6)
        Outbox.objects.update(status=Status.SENDING, claimed_at=claimed)  # it died before marking it

        send_due()

        [mail] = read_mails(self.folder)
        self.assertEqual(mail["Message-ID"], f"<{row.guid}@localhost>")
        self.assertEqual(Outbox.objects.get().status, Status.SENT)

    def test_mail_that_another_worker_is_sending_is_left_alone(self):
        queue()
        Outbox.objects.update(status=Status.SENDING, claimed_at=timezone.now())

        self.assertEqual(send_due(), 0)

    def test_recipient_that_is_none_fails_at_once(self):
        queue("ada@example.org\nBcc: eve@example.org")

        self.assertEqual(send_due(), 0)
        self.assertEqual(Outbox.objects.get().status, Status.FAILED)


@pytest.mark.once
class SmtpTests(TestCase):
    def send(self, at=None, **answers):
        with smtp_server(**answers) as server:
            host, port = server.server_address
            backend = "django.core.mail.backends.smtp.EmailBackend"
            with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=host, EMAIL_PORT=port):
                send_due(at)
        return server.mails

    def test_mail_reaches_the_server(self):
        queue()

        self.assertEqual(len(self.send()), 1)
        self.assertEqual(Outbox.objects.get().status, Status.SENT)

    def test_refused_recipient_fails_and_the_others_go_out(self):
        queue()

        self.assertEqual(self.send(answer_to_recipient="550 no such person"), [])

        row = Outbox.objects.get()
        self.assertEqual((row.status, row.attempts), (Status.FAILED, 1))
        self.assertIn("no such person", row.last_error)

    def test_server_that_is_busy_is_asked_again_later(self):
        for answers in (
            {"greeting": "421 busy"},
            {"answer_to_recipient": "450 later"},
            {"answer_to_data": "451 later"},
        ):
            with self.subTest(answers):
                Outbox.objects.all().delete()
                queue()
                self.send(**answers)
                row = Outbox.objects.get()
                self.assertEqual((row.status, row.attempts), (Status.WAITING, 1))
                self.assertEqual(self.send(), [])  # not before a minute has passed
                self.assertEqual(len(self.send(timezone.now() + timedelta(minutes=2))), 1)

    @override_settings(EMAIL_TIMEOUT=0.3)
    def test_server_that_says_nothing_after_the_mail_is_given_up_and_gets_it_again_under_the_same_id(self):
        queue(), queue("ben@example.org")

        [first] = self.send(silent_for=60)
        self.assertEqual(
            sorted(Outbox.objects.values_list("status", "attempts")), [("waiting", 0), ("waiting", 1)]
        )

        sent = self.send(timezone.now() + timedelta(minutes=2))
        ids = [next(line for line in mail.splitlines() if line.startswith(b"Message-ID")) for mail in sent]
        self.assertEqual(len(set(ids)), 2)
        self.assertIn(next(line for line in first.splitlines() if line.startswith(b"Message-ID")), ids)

    def test_server_that_is_down_stops_the_round_and_loses_nothing(self):
        queue(), queue("ben@example.org")
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
        ):
            self.assertEqual(send_due(), 0)

        self.assertEqual(
            sorted(Outbox.objects.values_list("status", "attempts")), [("waiting", 0), ("waiting", 1)]
        )

    def test_after_eight_attempts_the_mail_has_failed(self):
        queue(is_secret=True, text="CANARY")
        for day in range(1, 9):
            self.assertEqual(Outbox.objects.get().status, Status.WAITING)
            self.send(timezone.now() + timedelta(days=day), answer_to_recipient="450 later")

        row = Outbox.objects.get()
        self.assertEqual((row.status, row.attempts, row.text), (Status.FAILED, 8, ""))


class TransactionTests(TransactionTestCase):
    def test_what_is_rolled_back_sends_no_mail(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            queue()
            _ = 1 / 0

        self.assertEqual(Outbox.objects.count(), 0)
