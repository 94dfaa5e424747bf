"""Who gets a badge, what stands on it, its file, and when it counts as printed."""

import socket

import pypdfium2 as pdfium
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Task
from conference.tasks import ask_for, run_due
from registration.badges.designs import DESIGNS
from registration.badges.people import Bearer, Choice, bearers_of
from registration.badges.printing import KIND
from registration.badges.sheets import pdf_of, preview_of
from registration.services import tickets
from registration.services.badges import confirm_printed
from sessions.models import Appearance
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_organiser,
    make_registration,
    make_registration_type,
    make_session,
    make_speaker,
    make_user,
)
from tests.sessions.booklet.pdf import pages_of, sizes_of

HOSTILE = '#import "/etc/passwd": * <img src="http://canary.test/x"> <para> $x$ @ref ] #image("http://canary.test/")'
LONG = ("Wolfeschlegelsteinhausenbergerdorff" * 6)[:200]
NAMES = ["محمد عبد الرحمن الأنصاري", "王小明", "さくら 山田", "김민수", "יוסף כהן", "Žofie Nguyễn Ærøskøbing Øðinsdóttir", "Zoë 😀 👩‍🏫", "Γιώργος Петренко"]  # fmt: skip


def bearer(name, **fields):
    return Bearer(name=name, key=name, code="A" * 32, **fields)


def box_of(page, letter):
    """Where the first of these letters stands: left, bottom, right, top, in points."""
    text = page.get_textpage()
    index, _count = text.search(letter, match_case=True).get_next()
    return text.get_charbox(index)


class BadgeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("On learning", accent_hue=150)
        cls.organiser = make_organiser()
        cls.pupil = make_registration_type(cls.edition, "Pupil")
        cls.adult = make_registration_type(cls.edition, "Adult")
        school = make_organisation("Sint-Lievenscollege")
        cls.ada = make_registration(
            "Ada Lovelace", cls.edition, registration_type=cls.adult, organisation_name="London", country="GB"
        )
        cls.ben = make_registration("Ben Abel", cls.edition, registration_type=cls.pupil, organisation=school)
        make_registration("Wil Waits", cls.edition, registration_type=cls.adult, status="waiting")
        make_registration("Gone Away", cls.edition, registration_type=cls.adult, status="cancelled")
        make_registration("Not Here", make_edition("Other"))

    def names(self, **choice):
        return [one.name for one in bearers_of(self.edition, Choice("a6", **choice))]

    def made(self, **choice):
        task = ask_for(
            KIND, by=self.organiser, edition=self.edition, choice=Choice("a6", **choice).as_options()
        )
        run_due()
        task.refresh_from_db()
        return task

    # --- Who -------------------------------------------------------------------------------------
    def test_confirmed_ones_of_the_edition_by_the_alphabet(self):
        self.assertEqual(self.names(), ["Ben Abel", "Ada Lovelace"])
        self.assertEqual(self.names(by_last_word=False), ["Ada Lovelace", "Ben Abel"])

    def test_by_type_range_and_only_new(self):
        self.assertEqual(self.names(types=[self.pupil.pk]), ["Ben Abel"])
        self.assertEqual(self.names(first="B"), ["Ada Lovelace"])
        self.assertEqual(self.names(last="Á"), ["Ben Abel"])
        self.ben.badge_printed_at = timezone.now()
        self.ben.save()
        self.assertEqual(self.names(only_new=True), ["Ada Lovelace"])
        self.assertEqual(self.names(only_new=False), ["Ben Abel", "Ada Lovelace"])

    def test_speakers_and_helpers_carry_their_part_with_and_without_a_registration(self):
        helper = make_user("Hal Helper", is_staff=True)
        helper.groups.add(Group.objects.get(name="helper"))
        former = make_user("Fay Former", is_staff=False)
        former.groups.add(Group.objects.get(name="helper"))
        talk = make_session(self.edition, "A talk")
        known = make_speaker("Ada Byron", user=self.ada.user)
        make_appearance(talk, known, part=Appearance.Part.CHAIR)
        make_appearance(talk, make_speaker("Grace Hopper"), organisation=make_organisation("Navy"))
        make_appearance(make_session(self.edition, status="withdrawn"), make_speaker("Not Coming"))

        shown = {one.name: one for one in bearers_of(self.edition, Choice("a6", with_others=True))}

        self.assertEqual(set(shown), {"Ben Abel", "Ada Lovelace", "Grace Hopper", "Hal Helper"})
        self.assertEqual(shown["Ada Lovelace"].part, "Chair")
        self.assertEqual(
            (shown["Grace Hopper"].part, shown["Grace Hopper"].organisation), ("Speaker", "Navy")
        )
        self.assertEqual((shown["Hal Helper"].part, shown["Hal Helper"].code), ("Helper", ""))
        self.assertEqual(shown["Ben Abel"].organisation, "Sint-Lievenscollege")
        self.assertEqual(self.names(), ["Ben Abel", "Ada Lovelace"])

    def test_number_of_queries_does_not_grow(self):
        def count():
            with CaptureQueriesContext(connection) as queries:
                bearers_of(self.edition, Choice("a6", with_others=True))
            return len(queries)

        talk = make_session(self.edition, "A talk")
        make_appearance(talk, make_speaker("One", user=make_user("One")))
        before = count()
        for number in range(2):
            make_registration(f"P{number}", self.edition)
            make_appearance(talk, make_speaker())

        self.assertEqual(count(), before)

    # --- The file --------------------------------------------------------------------------------
    def test_every_design_holds_one_sheet_of_its_size(self):
        for key, design in DESIGNS.items():
            with self.subTest(key):
                some = [bearer(f"Person Number{n}", part="Speaker") for n in range(design.on_a_sheet + 1)]
                pdf, is_lacking = pdf_of(self.edition, Choice(key, look="plain"), some)

                self.assertEqual(len(pages_of(pdf)), 2)
                self.assertEqual(sizes_of(pdf), {tuple(round(side) for side in design.paper)})
                self.assertFalse(is_lacking)
                first = pages_of(pdf)[0]
                self.assertEqual(first.count("SPEAKER"), 2 if design.is_folded else design.on_a_sheet)

    def test_name_stands_large_and_shrinks_until_it_fits(self):
        pdf, _ = pdf_of(self.edition, Choice("a6"), [bearer("Ada Lovelace"), bearer(LONG)])
        document = pdfium.PdfDocument(pdf)
        left, bottom, _right, top = box_of(document[0], "L")
        self.assertGreater(top - bottom, 28)  # a letter of a centimetre
        self.assertGreater(left, 0)

        _left, bottom, _right, top = box_of(document[1], "W")
        self.assertLess(top - bottom, 14)
        width, height = document[1].get_size()
        for left, bottom, right, top in (obj.get_bounds() for obj in document[1].get_objects()):
            self.assertTrue(left + 1 >= 0 and right <= width + 1 and bottom + 1 >= 0 and top <= height + 1)
        self.assertEqual(pages_of(pdf)[1].replace(" ", "").count("Wolfe"), LONG.count("Wolfe"))
        document.close()

    def test_names_of_the_world_have_shapes_in_every_design(self):
        for key in ("a6", "labels_3x8"):
            pdf, is_lacking = pdf_of(self.edition, Choice(key), [bearer(name) for name in NAMES])
            text = " ".join(pages_of(pdf))

            self.assertFalse(is_lacking, key)
            self.assertNotIn("□", text)
            for part in ("王小明", "山田", "김민수", "Nguyễn", "Øðinsdóttir", "Γιώργος", "Петренко"):
                self.assertIn(part, text)

    def test_letter_without_a_shape_is_a_square_and_is_told(self):
        pdf, is_lacking = pdf_of(self.edition, Choice("a7"), [bearer("Name \U00013080")])

        self.assertTrue(is_lacking)
        self.assertIn("Name □", pages_of(pdf)[0])

    def test_hostile_name_is_only_words_and_asks_nobody(self):
        with socket.create_server(("127.0.0.1", 0)) as canary:
            canary.setblocking(False)
            hostile = HOSTILE.replace("canary.test", f"127.0.0.1:{canary.getsockname()[1]}")
            pdf, _ = pdf_of(self.edition, Choice("a6"), [bearer(hostile, organisation=hostile, part=hostile)])
            with self.assertRaises(BlockingIOError):
                canary.accept()
        (page,) = pages_of(pdf)

        self.assertEqual(page.replace(" ", "").count(hostile.replace(" ", "")), 2)
        self.assertNotIn("root:", page)

    def test_preview_is_a_picture_of_the_first_sheet(self):
        for key in DESIGNS:
            self.assertTrue(
                preview_of(self.edition, Choice(key), [bearer("A B")]).startswith(b"\x89PNG"), key
            )

    # --- The task, and printed ones --------------------------------------------------------------
    def test_task_makes_the_file_and_says_how_far_it_is(self):
        task = self.made()

        self.assertEqual((task.status, task.done, task.total), (Task.Status.DONE, 2, 2))
        self.assertIn("2 badges.", task.message)
        self.assertTrue(task.file_name.endswith(".pdf"))
        with task.file.open() as file:
            pages = pages_of(file.read())
        self.assertIn("Ben Abel Sint-Lievenscollege", pages[0])
        self.assertIn("Ada Lovelace London United Kingdom", pages[1])
        self.assertNotIn(self.ada.ticket_code, str(task.options))

    def test_nobody_to_print_for_is_said_in_words(self):
        task = self.made(first="X")

        self.assertEqual(
            (task.status, task.message), (Task.Status.FAILED, "Nobody needs a badge by this choice.")
        )

    def test_made_is_not_printed_until_somebody_says_so(self):
        task = self.made()
        self.assertEqual(self.names(only_new=True), ["Ben Abel", "Ada Lovelace"])

        self.assertEqual(confirm_printed(task=task, by=self.organiser), 2)

        self.assertEqual(self.names(only_new=True), [])
        self.assertEqual(confirm_printed(task=task, by=self.organiser), 0)  # once is enough

    def test_who_came_or_got_a_new_code_meanwhile_is_new(self):
        task = self.made()
        tickets.reissue(registration=self.ada, by=self.organiser)
        make_registration("Cleo Coming", self.edition)

        confirm_printed(task=task, by=self.organiser)

        self.assertEqual(self.names(only_new=True), ["Cleo Coming", "Ada Lovelace"])

    def test_file_that_failed_cannot_be_printed(self):
        task = self.made()
        Task.objects.update(status=Task.Status.FAILED)

        self.assertEqual(confirm_printed(task=task, by=self.organiser), 0)
