"""An address that refused three mails in a row gets no more of them, until one arrives or somebody insists."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import SimpleTestCase, TestCase, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.mail import queue_mail, send_due
from conference.mail.bounces import KEPT, forget_old_bounces, note_refusal
from conference.models import Bounce, Outbox
from conference.services.outbox import send_again
from tests.conference.smtp_server import smtp_server
from tests.conference.test_mail import queue
from tests.factories import make_organiser, make_user
from tests.prepared import copy_site

Status = Outbox.Status
OUTBOX = "/admin/conference/outbox/"
UNKNOWN = "550 5.1.1 no such person"
REASON = "This address refused three mails. Correct it, or try it again."
ROOT = Path(__file__).resolve().parents[2]
QUEUE = """
from conference.mail import put_in_outbox
for number in range(20):
    put_in_outbox(to="ada@example.org", subject="A place", text="Hello")
"""
SAY = """
import json
from conference.models import Bounce, Outbox
reasons = list(Outbox.objects.filter(status="failed").values_list("last_error", flat=True))
print(json.dumps({"reasons": reasons, "counts": list(Bounce.objects.values_list("count", flat=True))}))
"""


class WithServer:
    def send(self, answer="250 ok", **answers):
        """How many mails the server took."""
        with smtp_server(answer_to_recipient=answer, **answers) as server:
            host, port = server.server_address
            backend = "django.core.mail.backends.smtp.EmailBackend"
            with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=host, EMAIL_PORT=port):
                send_due()
        return len(server.mails)

    def refuse(self, count, answer=UNKNOWN, to="ada@example.org"):
        for _one in range(count):
            queue(to)
            self.send(answer)

    def reasons(self):
        failed = Outbox.objects.filter(status=Status.FAILED).order_by("pk")
        return list(failed.values_list("last_error", flat=True))


@pytest.mark.once
class BounceTests(WithServer, TestCase):
    def test_after_three_refusals_nothing_is_tried_and_the_organiser_reads_what_to_do(self):
        self.refuse(3)
        self.assertNotIn(REASON, self.reasons())

        last = queue("Ada@Example.org")
        other = queue("ben@example.org")

        self.assertEqual(self.send(), 1)  # it would have taken both
        last.refresh_from_db(), other.refresh_from_db()
        self.assertEqual((last.status, last.last_error), (Status.FAILED, REASON))
        self.assertEqual(other.status, Status.SENT)

    def test_three_of_one_round_are_enough(self):
        for _one in range(5):
            queue()

        self.send(UNKNOWN)

        self.assertEqual([reason == REASON for reason in self.reasons()], [False] * 3 + [True] * 2)

    def test_a_mail_that_arrives_sets_the_count_to_nothing(self):
        self.refuse(2)
        queue()
        self.assertEqual(self.send(), 1)
        self.assertFalse(Bounce.objects.exists())
        self.refuse(2)
        queue()

        self.assertEqual(self.send(), 1)

    def test_what_is_no_fault_of_the_address_does_not_count(self):
        for answer in ("450 later", "550 5.7.1 relaying denied"):
            self.refuse(4, answer)
        queue()
        self.send(answer_to_data="554 looks like spam")

        self.assertFalse(Bounce.objects.exists())

    def test_a_code_is_tried_all_the_same_and_ends_the_stop_when_it_arrives(self):
        self.refuse(3)
        queue(is_urgent=True)
        self.send(UNKNOWN)
        self.assertEqual(Bounce.objects.get().count, 4)
        self.assertNotIn(REASON, self.reasons())

        queue(is_urgent=True)
        self.assertEqual(self.send(), 1)
        queue()

        self.assertEqual(self.send(), 1)

    def test_mails_sent_again_by_hand_are_tried_each_of_them(self):
        self.refuse(3)
        queue()
        self.send()
        failed = Outbox.objects.filter(status=Status.FAILED)
        self.assertEqual(failed.count(), 4)
        self.client.force_login(make_organiser())
        chosen = {"action": "send_selected_again", "_selected_action": [mail.pk for mail in failed]}

        self.assertContains(self.client.post(OUTBOX, chosen, follow=True), "4 mails queued again.")

        self.send(UNKNOWN)
        self.assertNotIn(REASON, self.reasons())
        self.assertEqual(Bounce.objects.get().count, 7)

        send_again(mail=failed.first())
        self.assertEqual(self.send(), 1)
        self.assertFalse(Bounce.objects.exists())

    def test_a_mail_asks_once_more_than_before_however_many_there_are(self):
        counts = []
        for number in (1, 3):
            for one in range(number):
                queue(f"reader{one}@example.org")
            with CaptureQueriesContext(connection) as queries:
                self.send()
            asked = [query["sql"] for query in queries if '"conference_bounce"' in query["sql"]]
            counts.append(len(asked))

        self.assertEqual(counts, [1, 3])

    def test_an_address_is_forgotten_after_half_a_year(self):
        self.refuse(3)
        self.assertEqual(forget_old_bounces(), 0)

        self.assertEqual(forget_old_bounces(timezone.now() + KEPT + timedelta(minutes=1)), 1)


class ClosedAccountTests(WithServer, TestCase):
    def setUp(self):
        self.ada = make_user("Ada", email="Ada@Example.org")

    def test_with_the_account_its_addresses_are_forgotten(self):
        self.refuse(3, to="ADA@example.org")
        self.refuse(1, to="ben@example.org")

        close_account(user=self.ada)

        self.assertEqual(Bounce.objects.get().address, "ben@example.org")

    def test_a_refused_last_mail_leaves_no_address_behind(self):
        close_account(user=self.ada, is_told=True)
        self.send(UNKNOWN)

        self.assertEqual(self.reasons(), [""])
        self.assertFalse(Bounce.objects.exists())

    def test_a_mail_that_is_refused_after_the_account_was_closed_leaves_none_either(self):
        queue_mail(to=self.ada.email, template="account_known", context={})

        with connection.execute_wrapper(closes_first(self.ada)):
            self.send(UNKNOWN)

        self.assertFalse(Outbox.objects.exists() or Bounce.objects.exists())


class TwoWorkersTests(SimpleTestCase):
    """Two processes on one site."""

    def python(self, code, **more):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        env = {**kept, **more, "DJANGO_SETTINGS_MODULE": "conference.settings", "DATA_DIR": self.folder}
        code = f"import django; django.setup()\n{code}"
        return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, stdout=subprocess.PIPE)

    def test_they_count_every_refusal_and_stop_together(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        copy_site(self.folder)
        self.assertEqual(self.python(QUEUE).wait(), 0)
        with smtp_server(answer_to_recipient=UNKNOWN) as server:
            url = "smtp://{}:{}".format(*server.server_address)
            workers = [
                self.python("from conference.mail import send_due; send_due()", EMAIL_URL=url) for _ in "12"
            ]
            for worker in workers:
                worker.communicate()
                self.assertEqual(worker.returncode, 0)

        said = json.loads(self.python(SAY).communicate()[0])

        refused = sum(reason != REASON for reason in said["reasons"])
        self.assertEqual(len(said["reasons"]), 20)
        self.assertIn(refused, (3, 4))  # one may have its mail in hand while the other's third is refused
        self.assertEqual(said["counts"], [refused])


@pytest.mark.postgresql  # SQLite has one writer at a time
class TwoAtOnceTests(TransactionTestCase):
    def test_none_of_many_refusals_at_one_moment_is_lost(self):
        def refused(_number):
            try:
                for _one in range(10):
                    note_refusal("Ada@example.org")
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(refused, range(4)))

        self.assertEqual(Bounce.objects.get().count, 40)


def closes_first(user):
    """The account is closed while its mail is on its way."""
    done = []

    def execute(go_on, sql, params, many, context):
        if not done and sql.startswith("UPDATE") and Status.FAILED in params:
            done.append(True)
            close_account(user=user)
        return go_on(sql, params, many, context)

    return execute
