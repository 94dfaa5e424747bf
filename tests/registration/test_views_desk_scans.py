"""Whatever a device sends gets an answer with a reason, counts once, and falls on the day on which it was."""

import json
import time
from datetime import timedelta
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone

from registration.models import CheckIn
from tests.factories import make_edition, make_registration
from tests.registration.desk import DeskTestCase

DAY = 86_400


class ScanTests(DeskTestCase):
    # --- What a scan gets ---------------------------------------------------------------------------
    def test_first_scan_is_green_and_the_second_says_when_and_by_whom(self):
        first = self.send({"code": self.ada.ticket_code}, device="Desk 1").json()
        second = self.answer(code=self.ada.ticket_code)

        shown = first["answers"][0]
        self.assertEqual((shown["tone"], shown["title"], shown["name"]), ("good", "Welcome", "Ada Łącka"))
        self.assertEqual(first["numbers"], {"expected": 2, "arrived": 1})
        at = CheckIn.objects.get().at.astimezone(self.edition.zone)
        self.assertEqual((second["tone"], second["title"]), ("warn", "Already checked in"))
        self.assertEqual(second["words"], f"At {at:%H:%M} by Lotte, Desk 1.")

    def test_every_other_payload_is_red_with_a_reason(self):
        other = make_registration("Stranger", make_edition("First conference"))
        cases = {
            "unknown": [
                "B" * 32,
                self.ada.ticket_code[:-1] + ("A" if self.ada.ticket_code[-1] != "A" else "B"),
            ]
        }
        cases["other_edition"] = [other.ticket_code]
        for status, kind in (("cancelled", "cancelled"), ("waiting", "waiting"), ("pending", "pending")):
            cases[kind] = [make_registration(status, self.edition, status=status).ticket_code]
        cases["unreadable"] = [
            "", '{"a": 1}', "https://evil.example/", "javascript:alert(1)", "' OR '1'='1", "x" * 10_240, "\x00",
            f"{self.ada.ticket_code}\x00", "\ud800", self.ada.reference, "<script>alert(1)</script>", "𝟘" * 32,
        ]  # fmt: skip
        for kind, codes in cases.items():
            for code in codes:
                with self.subTest(kind=kind, code=code[:40]):
                    self.assertEqual(self.kind_and_tone(code), (kind, "bad"))

        self.assertFalse(CheckIn.objects.exists())

    def test_ticket_of_another_edition_names_nobody(self):
        other = make_registration("Stranger", make_edition("First conference"))

        answer = self.answer(code=other.ticket_code)

        self.assertEqual((answer["name"], answer["person"]), ("", ""))
        self.assertEqual(answer["words"], "It is for First conference.")

    def test_the_form_without_a_script_answers_the_same_payloads_red(self):
        for text in ("B" * 32, make_registration("Cleo", self.edition, status="waiting").ticket_code):
            response = self.client.post("/desk/ed/", {"text": text, "nonce": str(uuid4())})
            self.assertContains(response, 'data-tone="bad"')
        for text in (
            "x" * 10_240,
            "\x00",
            "https://evil.example/",
            "%00",
            "' OR 1=1 --",
            "javascript:alert(1)",
            "",
        ):
            self.assertContains(
                self.client.post("/desk/ed/", {"text": text, "nonce": "no"}), "Nobody of that name."
            )
        self.assertContains(self.client.post("/desk/ed/", {"person": "no", "nonce": "no"}), 'data-tone="bad"')
        self.assertContains(self.client.post("/desk/ed/", {"undo": "no"}), 'data-tone="bad"')
        self.assertFalse(CheckIn.objects.exists())

    def test_what_no_page_of_ours_sends_is_refused_in_words(self):
        deep = "[" * 100_000
        bodies = [
            b"", b"{}", b"[]", b"null", b"\x00", b"\xff", deep.encode(), b'{"scans": []}', b'{"scans": [1]}',
            b'{"scans": {}}', b'{"scans": [{"nonce": "1"}]}', b'{"scans": [{"nonce": 5}]}', b"x" * 200_000,
            json.dumps({"scans": [{"nonce": str(uuid4())}] * 51}).encode(),
        ]  # fmt: skip
        for body in bodies:
            for address in ("/desk/ed/scans/new/", "/desk/ed/scans/undo/"):
                with self.subTest(body[:30], address=address):
                    status = self.client.post(address, body, content_type="application/json").status_code
                    self.assertIn(status, (400, 413) if "new" in address else (200, 400, 413))
        self.assertEqual(self.send({"code": "x"}, session="no-such-session").status_code, 400)

    def test_numbers_and_texts_of_the_wrong_kind_are_taken_for_none(self):
        wild = [None, [], {}, "1", True, -1, 1e308, 10**400]
        for value in wild:
            with self.subTest(str(value)[:9]):
                code = self.ben.ticket_code
                body = {"device": value, "sender": value, "session": ""}
                response = self.send({"code": code, "age": value, "since": value, "person": value}, **body)
                self.assertEqual(response.status_code, 200)
        self.assertEqual(self.answer(code=["x"])["kind"], "unreadable")
        at = CheckIn.objects.get().at
        self.assertLess(abs((timezone.now() - at).total_seconds()), 60)

    # --- Kept scans and clocks ----------------------------------------------------------------------
    def test_kept_scans_sent_twice_count_once(self):
        kept = [
            {"nonce": str(uuid4()), "code": row.ticket_code, "age": 600, "since": time.time() - 900}
            for row in (self.ada, self.ben)
        ]

        answers = [self.send(*kept).json()["answers"] for _time in range(2)]

        self.assertEqual([[a["kind"] for a in sent] for sent in answers], [["welcome"] * 2] * 2)
        self.assertEqual(CheckIn.objects.count(), 2)
        for row in CheckIn.objects.all():
            self.assertAlmostEqual((row.received_at - row.at).total_seconds(), 600, delta=30)

    def test_clock_of_a_device_that_jumped_by_a_day_puts_nobody_into_another_day(self):
        now = timezone.now()
        for code, age in ((self.ada.ticket_code, DAY), (self.ben.ticket_code, -DAY)):
            self.answer(code=code, age=age, since=now.timestamp() - 600)

        for row in CheckIn.objects.all():
            self.assertTrue(now - timedelta(seconds=601) <= row.at <= timezone.now(), row.at)

    def test_wrong_clock_that_goes_evenly_makes_no_difference(self):
        """A device a day ahead says how long ago a scan was, not when."""
        self.answer(code=self.ada.ticket_code, age=120, since=time.time() - 300)

        self.assertAlmostEqual((timezone.now() - CheckIn.objects.get().at).total_seconds(), 120, delta=30)

    def test_time_of_a_device_is_never_later_than_now(self):
        self.answer(code=self.ada.ticket_code, age=0, since=time.time() + 10 * DAY)

        self.assertLessEqual(CheckIn.objects.get().at, timezone.now())

    @override_settings(ACCOUNT_RATE_LIMITS={"desk_scan": "3/m/key"})
    def test_too_many_scans_of_one_device_are_asked_to_wait_and_other_devices_are_not(self):
        answers = [self.send({"code": "x"}, sender=device) for device in ("one", "one", "one", "one", "two")]

        self.assertEqual([answer.status_code for answer in answers], [200, 200, 200, 429, 200])
        self.assertEqual(answers[3]["Retry-After"], "10")
