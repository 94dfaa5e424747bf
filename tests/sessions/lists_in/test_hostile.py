"""Lists of people from somebody who means no good, and a list that is cut off: refused in words, and nothing is stored."""

import time
from datetime import timedelta

import time_machine
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from conference.sheets.cells import write_csv
from conference.sheets.writing import as_xlsx
from sessions.models.presentation_file import private_storage
from sessions.services.importing.keeping import FOLDER, KEPT
from speakers.models import Speaker
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_speaker
from tests.sessions.exchange.reading.test_sheets import BOMBS

GOOD = "Name,Email\nAda,ada@example.org\nBen,ben@example.org\nCleo,cleo@example.org\n"


class Killed(BaseException):
    """What ends a process in the middle of everything."""


class HostileListTests(TestCase):
    def setUp(self):
        self.editor = make_staff("programme editor")
        self.client.force_login(self.editor)
        self.edition = make_edition()
        self.address = self.page_of(self.edition)
        for name in self.kept():
            private_storage().delete(f"{FOLDER}/{name}")

    def page_of(self, edition, page="speakers_in"):
        return reverse(f"admin:conference_edition_{page}", args=[edition.pk])

    def kept(self):
        storage = private_storage()
        return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []

    def upload(self, data, name="speakers.csv"):
        data = data.encode() if isinstance(data, str) else data
        return self.client.post(self.address, {"upload": SimpleUploadedFile(name, data)})

    def look(self, data):
        page = self.upload(data)
        chosen = {name: field.initial for name, field in page.context["form"].fields.items()}
        return self.client.post(self.address, {"token": page.context["token"], "columns": "1", **chosen})

    def confirm(self, token, address=""):
        return self.client.post(address or self.address, {"token": token, "confirm": "1"})

    def errors(self, data):
        return self.look(data).context["plan"].errors

    def test_what_the_database_would_not_hold_is_said_with_its_line_and_column(self):
        for heading, value, words in (
            ("Website", "https://example.org/" + "x" * 200, "this is longer than 200 characters."),
            ("Biography", "x" * 30_001, "this is longer than 30000 characters."),
            ("Website", "javascript:alert(1)", "“javascript:alert(1)” is no web address."),
            ("Email", "a@exa\u200bmple.org", "“a@exa\u200bmple.org” is no email address."),
        ):
            found = self.errors(f"Name,{heading}\nAda,{value}\n")
            self.assertEqual(found, [f"Line 2, {heading}: {words}"])
        for name in ("Ada\x01", "A\u202eda", "A\u2066da", "Ada\x7f"):
            self.assertEqual(
                self.errors(f"Name\n{name}\n"),
                ["Line 2, Name: Write the name on one line, without control characters."],
            )

    def test_paragraphs_stay_and_our_own_list_brings_back_what_is_there(self):
        text = "First.\r\n\r\n- one\r\n- two"
        make_speaker("Ada", email="ada@example.org", biography=text)
        make_speaker("+49 170 1234567", email="phone@example.org", biography="=1+1")
        rows = [[one.name, one.email, one.biography] for one in Speaker.objects.order_by("name")]
        for data in (
            "".join(write_csv(["Name", "Email", "Biography"], rows)),
            as_xlsx(["Name", "Email", "Biography"], rows),
        ):
            page = self.look(data)
            self.assertEqual((page.context["same_count"], page.context["plan"].errors), (2, []))

        self.confirm(self.look('Name,Biography\nAda,"One\n\nTwo"\n').context["token"])

        self.assertEqual(Speaker.objects.get(name="Ada").biography, "One\n\nTwo")

    def test_a_bomb_is_refused_at_once_and_deleted(self):
        for name in ("rows", "zeros", "entities"):
            begun = time.process_time()
            self.assertContains(self.upload(BOMBS[name], "speakers.xlsx"), "Nothing was imported.")
            self.assertLess(time.process_time() - begun, 2)
        self.assertEqual(self.kept(), [])

    def test_more_lines_than_a_list_holds_are_refused(self):
        found = self.errors("Name\n" + "".join(f"Person {n}\n" for n in range(5_001)))

        self.assertEqual(found, ["A list holds at most 5000 lines."])

    def test_strange_columns_are_refused_beside_the_field_and_the_file_stays(self):
        page = self.upload("=1+1,<script>alert(1)</script>\nAda,ada@example.org\n")
        self.assertContains(page, "&lt;script&gt;alert(1)")
        for value in ("\x00", "x" * 10_240, "=1+1", "password", "is_staff", "name\r\nBcc: x"):
            sent = {"token": page.context["token"], "columns": "1", "column-0": value, "column-1": "email"}
            answer = self.client.post(self.address, sent)
            self.assertIn("column-0", answer.context["form"].errors)
        self.assertEqual(len(self.kept()), 1)
        twice = {"token": page.context["token"], "columns": "1", "column-0": "name", "column-1": "name"}
        self.assertContains(self.client.post(self.address, twice), "Give each meaning to one column only.")

    def test_only_whoever_brought_a_list_goes_on_with_it_there_and_in_time(self):
        token = self.look(GOOD).context["token"]
        other = self.page_of(make_edition())
        forged = ["", "\x00", "x" * 10_240, token[:-1] + ("A" if token[-1] != "A" else "B"),
                  signing.dumps({"file": "../db.sqlite3"}, salt="another")]  # fmt: skip
        for wrong in forged:
            self.assertEqual(self.confirm(wrong).status_code, 200)
        self.assertContains(self.confirm(token, other), "no longer here")
        self.client.force_login(make_staff("organiser"))
        self.assertContains(self.confirm(token), "no longer here")
        self.client.force_login(self.editor)
        with time_machine.travel(timezone.now() + KEPT + timedelta(seconds=1)):
            self.client.force_login(self.editor)
            self.assertContains(self.confirm(token), "no longer here")
        self.client.force_login(self.editor)
        self.assertEqual(Speaker.objects.count(), 0)

        self.assertEqual(self.confirm(token).status_code, 302)

    def test_a_list_that_nobody_looked_at_is_shown_first(self):
        page = self.upload(GOOD)

        answer = self.confirm(page.context["token"])

        self.assertContains(answer, "Something changed meanwhile")
        self.assertEqual(Speaker.objects.count(), 0)

    def test_a_timetable_is_no_list_and_a_list_no_timetable(self):
        """Both wait under the same signature, in the same folder."""
        token = self.look(GOOD).context["token"]

        answer = self.client.post(self.page_of(self.edition, "import"), {"token": token, "confirm": "1"})

        self.assertEqual(answer.status_code, 200)
        self.assertEqual((Speaker.objects.count(), self.edition.sessions.count()), (0, 0))

    def test_killed_half_way_leaves_nothing_and_repeated_makes_each_once(self):
        def die(execute, sql, *more):
            if sql.startswith('INSERT INTO "speakers_historicalspeaker"'):  # the speakers stand already
                raise Killed
            return execute(sql, *more)

        token = self.look(GOOD).context["token"]
        with connection.execute_wrapper(die), self.assertRaises(Killed):
            self.confirm(token)
        self.assertEqual((Speaker.objects.count(), self.kept()), (0, []))

        for _time in range(2):
            self.confirm(self.look(GOOD).context["token"])

        self.assertEqual(sorted(Speaker.objects.values_list("name", flat=True)), ["Ada", "Ben", "Cleo"])

    def test_pressed_twice_the_second_says_that_it_is_done(self):
        token = self.look(GOOD).context["token"]

        self.assertEqual(self.confirm(token).status_code, 302)
        self.assertContains(self.confirm(token), "no longer here")
        self.assertEqual(Speaker.objects.count(), 3)
