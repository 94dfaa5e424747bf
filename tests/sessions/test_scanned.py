"""With a scanner configured nothing comes in unscanned: what it finds is refused and told, without its word nothing is taken."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from conference.models import Outbox, Site
from sessions.models import PresentationFile
from tests.bytes import pptx
from tests.clamd import EICAR, Impatient, address_of, scanning
from tests.ways_in import WAYS, WaysInCase, kept

pytestmark = pytest.mark.once

INFECTED = pptx(("ppt/media/image1.png", EICAR))


class ScannedTests(WaysInCase):
    def setUp(self):
        cache.clear()
        Site.objects.update_or_create(pk=1, defaults={"contact_email": "site@example.org"})

    def test_a_virus_in_a_presentation_is_refused_by_every_way_and_the_site_is_told_once_a_day(self):
        before = kept()
        with scanning() as server, override_settings(CLAMAV_ADDRESS=address_of(server)):
            for way in WAYS:
                response = self.send(way, "talk.pptx", INFECTED)
                with self.subTest(way=way):
                    self.assertContains(
                        response, "found “Win.Test.EICAR_HDB-1” in this file", status_code=422
                    )
        self.assertEqual(server.seen, [INFECTED] * len(WAYS))
        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "site@example.org")
        self.assertIn("talk.pptx", mail.text)
        self.assertIn("EICAR", mail.text)
        Outbox.objects.all().delete()
        self.assertEqual(kept(), before)

    def test_a_clean_one_is_seen_whole_and_taken_by_every_way(self):
        with scanning() as server, override_settings(CLAMAV_ADDRESS=address_of(server)):
            for number, way in enumerate(WAYS):
                content = pptx(("ppt/media/image1.png", b"%d" % number))
                response = self.send(way, "talk.pptx", content)
                with self.subTest(way=way):
                    self.assertEqual(response.status_code, 302)
                    self.assertEqual(server.seen.pop(), content)
                    self.assertEqual(PresentationFile.objects.latest("pk").file.open().read(), content)

    def test_without_its_clear_word_no_way_takes_anything_and_says_so(self):
        before = kept()
        with scanning() as nonsense, scanning(Impatient) as impatient:
            nonsense.answer = b"I am not a scanner\0"
            for address in ("127.0.0.1:1", address_of(nonsense), address_of(impatient)):
                for way in WAYS:
                    with override_settings(CLAMAV_ADDRESS=address), self.subTest(way=way, address=address):
                        response = self.send(way, "talk.pptx", pptx())
                        self.assert_refused(response, "virus scanner does not answer")
        self.assertEqual(kept(), before)
