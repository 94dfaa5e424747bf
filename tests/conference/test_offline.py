"""The service worker, the page without a network, and how a device knows whose page it keeps."""

import re

from django.test import SimpleTestCase, TestCase

from conference.colours import accent, hexadecimal, linear_rgb, paper
from tests.factories import make_user
from tests.test_contrast import HUES, TOKENS, declared_chroma

MARKER = re.compile(r'<html [^>]*data-account="(\w+)"')


class ServiceWorkerTests(TestCase):
    def test_it_serves_the_whole_site_and_is_never_old(self):
        response = self.client.get("/service-worker.js")

        self.assertEqual(response["Content-Type"], "text/javascript; charset=utf-8")
        self.assertEqual(response["Cache-Control"], "no-cache")
        self.assertEqual(response["Service-Worker-Allowed"], "/")
        self.assertFalse(response.cookies)

    def test_the_policy_allows_our_own_worker_and_manifest_and_no_other(self):
        policy = self.client.get("/editions/")["Content-Security-Policy"]

        self.assertIn("worker-src 'self'", policy)
        self.assertIn("manifest-src 'self'", policy)

    def test_the_page_without_a_network_is_for_everybody_in_each_language(self):
        for url, words in (("/offline/", "There is no network"), ("/nl/offline/", 'lang="nl"')):
            response = self.client.get(url)
            self.assertIn(words, response.content.decode())
            self.assertTrue(response["Cache-Control"].startswith("public"))


class AccountMarkerTests(TestCase):
    def marker(self):
        found = MARKER.search(self.client.get("/editions/").content.decode())
        return found and found[1]

    def test_a_page_for_everybody_names_no_account(self):
        self.assertIsNone(self.marker())

    def test_each_account_has_its_own_marker_which_stays_and_tells_nothing(self):
        found = []
        for user in (ada := make_user("Ada"), make_user("Ben"), ada):
            self.client.force_login(user)
            found.append(self.marker())

        self.assertEqual(found[0], found[2])
        self.assertNotEqual(found[0], found[1])
        self.assertRegex(found[0], r"^[0-9a-f]{32}$")

    def test_after_logging_out_the_page_names_nobody(self):
        self.client.force_login(make_user())
        self.client.post("/accounts/logout/")

        self.assertIsNone(self.marker())


class ColourTests(SimpleTestCase):
    def test_the_accent_of_every_hue_is_nearly_that_of_the_style_sheet(self):
        chroma = declared_chroma(TOKENS.read_text())
        far = {}
        for hue in HUES:
            declared = hexadecimal(linear_rgb(0.46, chroma[hue], hue))
            parts = zip(bytes.fromhex(declared[1:]), bytes.fromhex(accent(hue)[1:]), strict=True)
            if max(abs(one - other) for one, other in parts) > 20:
                far[hue] = (declared, accent(hue))

        self.assertEqual(far, {})
        self.assertEqual(paper(), "#fcfbf8")
