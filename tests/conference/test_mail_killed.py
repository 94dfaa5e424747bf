"""A worker that is killed between two mails: nobody is forgotten, nobody gets two."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from django.test import SimpleTestCase

from tests.conference.test_mail import read_mails
from tests.prepared import copy_site

ROOT = Path(__file__).resolve().parents[2]
MAILS = 50
SETUP = "import django; django.setup()\n"
QUEUE = f"""
from conference.mail import put_in_outbox
for number in range({MAILS}):
    put_in_outbox(to=f"person{{number}}@example.org", subject="A place", text="Hello")
"""
SEND = """
from conference.mail import send_due
while True:
    send_due()
"""
SEND_THE_REST = """
from datetime import timedelta
from django.utils import timezone
from conference.mail import send_due
from conference.models import Outbox
send_due(timezone.now() + timedelta(minutes=10))
assert not Outbox.objects.exclude(status="sent").exists()
"""


class KilledWorkerTests(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "conference.settings",
            "DATA_DIR": str(self.folder),
        }

    def python(self, *arguments):
        return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=self.environment)

    def run_python(self, *arguments):
        self.assertEqual(self.python(*arguments).wait(), 0)

    def files(self):
        return len(list((self.folder / "mail").glob("*.eml")))

    def kill_after(self, count):
        """Start a worker and kill it as soon as this many mails are out."""
        worker = self.python("-c", SETUP + SEND)
        deadline = time.monotonic() + 60
        while self.files() < count and time.monotonic() < deadline:
            time.sleep(0.001)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        self.assertGreaterEqual(self.files(), count)

    def test_every_recipient_has_exactly_one_mail(self):
        copy_site(self.folder)
        self.run_python("-c", SETUP + QUEUE)

        for count in (3, 17, 31, 44):
            self.kill_after(count)
        self.assertLess(self.files(), MAILS + 1)
        self.run_python("-c", SETUP + SEND_THE_REST)

        received = Counter(mail["To"] for mail in read_mails(self.folder / "mail"))
        self.assertEqual(received, {f"person{number}@example.org": 1 for number in range(MAILS)})
