"""A download counts once for each reader, however many requests it takes."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import override_settings

from registration.models import Download
from tests.factories import make_user, make_version
from tests.registration.test_downloads import DownloadCase


class LookTests(DownloadCase):
    def part(self, asked):
        return self.client.get(self.url, headers={"Range": asked})

    def test_a_look_at_the_first_bytes_counts_for_nothing(self):
        for asked in ("bytes=0-0", "bytes=0-1"):
            self.assertEqual(self.part(asked).status_code, 206)

        self.assertFalse(Download.objects.exists())

    @override_settings(X_ACCEL_PREFIX="/protected/")
    def test_it_counts_for_nothing_either_when_the_proxy_cuts_the_file(self):
        self.part("bytes=0-0")
        self.assertFalse(Download.objects.exists())

        self.part("bytes=0-")
        self.assertEqual(Download.objects.count(), 1)


class OnceTests(DownloadCase):
    """A reader who takes a file in parts, or presses twice, has taken it once."""

    def take(self, **headers):
        self.assertIn(self.client.get(self.url, headers=headers).status_code, (200, 206))

    def test_parts_that_all_begin_anew_count_once(self):
        for asked in ("bytes=0-0", "bytes=0-99", "bytes=0-199", "bytes=0-"):
            self.take(Range=asked)
        self.take()

        self.assertEqual(Download.objects.count(), 1)

    def test_it_counts_again_after_an_hour(self):
        with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False) as clock:
            self.take()
            clock.shift(timedelta(minutes=59))
            self.take()
            self.assertEqual(Download.objects.count(), 1)

            clock.shift(timedelta(minutes=1))
            self.take()

        self.assertEqual(Download.objects.count(), 2)

    def test_each_account_and_each_visitor_counts(self):
        for browser in ("Firefox", "Chrome", "Firefox"):
            self.take(**{"User-Agent": browser})
        for _name in range(2):
            self.client.force_login(make_user())
            self.take(**{"User-Agent": "Firefox"})

        self.assertEqual(Download.objects.count(), 4)

    def test_each_version_counts(self):
        self.take()
        make_version(self.presentation, b"%PDF-1.7 new", number=2)
        self.take()

        self.assertEqual(Download.objects.count(), 2)
