"""The report's numbers against a plain count of a generated edition; and that small ones cannot be told from it."""

import csv
import io
from decimal import Decimal

from django.test import SimpleTestCase, TestCase, override_settings

from registration.figures.hiding import Veiled
from registration.models import FeedbackPlan, FeedbackQuestion, FeedbackSheet
from registration.report.building import report_of, report_of_series
from registration.report.paper import pdf_of
from registration.report.tables import apart, total_of
from tests.factories import make_edition, make_organiser, make_registration
from tests.registration.report.generated import Generated
from tests.sessions.booklet.pdf import pages_of

TOGETHER = "all others together"


def table(report, name):
    return next((one for one in report.tables if one.name == name), None)


def cells(report, name, place=0):
    return {row.words: row.cells[place] for row in table(report, name).rows}


class HidingTests(SimpleTestCase):
    def test_a_part_is_hidden_when_the_rest_of_a_known_number_is_small(self):
        self.assertEqual(
            [apart(20, 25), apart(20, 20), apart(20, 23), apart(20, None, 21)], [20, 20, None, None]
        )
        self.assertEqual([apart(3), apart(0, 9)], [None, 0])

    def test_a_total_is_hidden_when_what_is_hidden_follows_from_it(self):
        self.assertEqual(total_of([9, 8], [9, 8]), 17)
        self.assertIsNone(total_of([9, 3], [9, None]))
        self.assertEqual(total_of([9, 3, 2], [9, None, None]), 14)
        for pair in ([1, 1], [4, 4]):  # the smallest and the largest sum leave each a single value
            self.assertIsNone(total_of([9, *pair], [9, None, None]), pair)

    def test_bounds_that_a_reader_knows_count(self):
        self.assertIsNone(total_of([5, 3], [None, None], [Veiled(5, 5), Veiled(1, 4)]))
        self.assertEqual(total_of([17, 3], [None, None], [Veiled(16, 19), Veiled(1, 4)]), 20)


class EditionReportTests(TestCase):
    def reports(self):
        for seed in range(3):
            made = Generated(seed)
            yield made, report_of(made.edition)

    def test_numbers_are_those_of_a_plain_count_or_hidden(self):
        for made, report in self.reports():
            size, came = len(made.people), len(made.arrived)
            found = cells(report, "people")
            self.assertEqual(found["People with a place"], size)
            self.assertEqual((found["Came"], found["Did not come"]), (came, size - came))
            programme = cells(report, "programme")
            self.assertEqual(programme["Workshops"], 5)
            self.assertEqual(programme["Sessions"], 2)
            self.assertEqual(programme["People on stage"], 1)
            self.assertEqual(programme["Views of presentations"], made.views)
            self.assertEqual(programme["Downloads of presentations"], made.downloads)
            self.assertEqual(programme["Outcomes agreed on"], 1)
            for words, booked in cells(report, "sessions", 2).items():
                expected = made.booked.get(words, "–")
                self.assertEqual(booked, None if expected == 3 else expected)
            for words, present in cells(report, "sessions", 3).items():
                self.assertIn(present, (made.present[words] or "–", None))
                if words == "W4":
                    absent = made.booked["W4"] - made.present["W4"]
                    self.assertEqual(present, None if 0 < absent < 5 else made.present["W4"])

    def test_categories_add_up_and_nothing_small_is_shown(self):
        for made, report in self.reports():
            for name, place in (("countries", 0), ("roles", 1)):
                counts = made.counts(place)
                found = cells(report, name)
                self.assertEqual(sum(found.values()), len(made.people))
                self.assertEqual(table(report, name).total.cells, [len(made.people)])
                self.assertGreaterEqual(min(found.values()), 5)
                shown = sorted(count for words, count in found.items() if words != TOGETHER)
                self.assertTrue(set(shown) <= set(counts.values()))
                if min(counts.values()) < 5:
                    self.assertIn(TOGETHER, found)
                    self.assertGreaterEqual(len(counts) - len(shown), 2)

    def test_no_hidden_number_of_a_session_follows_from_the_total(self):
        for made, report in self.reports():
            for place, known in ((2, made.booked), (3, made.present)):
                found = {
                    words: cell for words, cell in cells(report, "sessions", place).items() if cell != "–"
                }
                hidden = [words for words, cell in found.items() if cell is None]
                total = table(report, "sessions").total.cells[place]
                shown = sum(cell for cell in found.values() if cell is not None)
                if total is not None:
                    self.assertEqual(total, sum(known.values()))
                    self.assertNotEqual(len(hidden), 1)
                    self.assertEqual(total - shown, sum(known[words] for words in hidden))

    def test_hours_attended_are_hours_times_people_of_what_is_shown(self):
        for made, report in self.reports():
            expected = Decimal(0)
            for row in table(report, "sessions").rows:
                hours, present, attended = row.cells[0], row.cells[3], row.cells[4]
                self.assertEqual(float(hours), made.hours[row.words])
                if present in (None, "–"):
                    self.assertEqual(attended, present)
                else:
                    self.assertEqual(attended, hours * present)
                    expected += attended
            self.assertEqual(table(report, "sessions").total.cells[4], expected)

    def test_of_an_edition_with_four_people_nothing_of_them_is_shown(self):
        edition = make_edition()
        for number in range(4):
            make_registration(f"P{number}", edition, country="LV")
        report = report_of(edition)

        self.assertEqual(set(cells(report, "people").values()), {None, "–", 0})
        self.assertIsNone(table(report, "countries"))
        self.assertNotIn("Latvia", str(report))

    def test_who_cancelled_or_waits_is_not_counted(self):
        edition = make_edition()
        for number in range(6):
            make_registration(f"P{number}", edition)
        for status in ("waiting", "cancelled", "pending"):
            make_registration("Other", edition, status=status)

        self.assertEqual(cells(report_of(edition), "people")["People with a place"], 6)

    def test_outcomes_are_those_that_are_public_and_name_nobody_to_ask(self):
        report = report_of(Generated(1, 12).edition)

        self.assertEqual([row.words for row in table(report, "outcomes").rows], ["Files get lost"])
        self.assertNotIn("CANARY", str(report))


class RatingTests(TestCase):
    def test_ratings_come_from_the_sessions_that_are_shown(self):
        made = Generated(1, 12)
        plan = FeedbackPlan.objects.create(edition=made.edition, closes_at=made.edition.created_at)
        question = FeedbackQuestion.objects.create(plan=plan, label="Useful?")
        for tally, session in zip(
            ({"5": 6}, {"3": 4, "4": 4}, {"1": 4}), made.edition.sessions.all(), strict=False
        ):
            FeedbackSheet.objects.create(
                plan=plan, session=session, count=sum(tally.values()), tallies={str(question.pk): tally}
            )
        rows = table(report_of(made.edition), "ratings").rows

        self.assertEqual([(row.words, list(row.cells)) for row in rows], [("Useful?", [14, Decimal("4.1")])])


class SeriesReportTests(TestCase):
    def test_a_series_is_the_sum_of_what_its_editions_show(self):
        first = Generated(1)
        second = Generated(2, 30, series=first.edition.series)
        Generated(3, 12)
        tiny = make_edition("Tiny", series=first.edition.series)
        make_registration("Only", tiny, country="LV")
        make_edition("Hidden", series=first.edition.series, is_published=False)
        report = report_of_series(first.edition.series)
        people = cells(report, "editions")

        self.assertEqual(people, {"Edition 1": 45, "Edition 2": 30, "Tiny": None})
        self.assertEqual(table(report, "editions").total.cells[0], 75)
        singles = [report_of(one.edition) for one in (first, second)]
        for name in ("countries", "roles"):
            found, parts = cells(report, name), [cells(one, name) for one in singles]
            self.assertEqual(found, {words: sum(one.get(words, 0) for one in parts) for words in found})
            self.assertEqual(set(found), {words for one in parts for words in one})
            self.assertEqual(sum(found.values()), 75)


@override_settings(STAFF_SECOND_FACTOR=False)
class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.made = Generated(1)
        cls.made.edition.title = "Mobility <b>"
        cls.made.edition.save()

    def setUp(self):
        self.client.force_login(make_organiser())
        self.address = f"/admin/conference/edition/{self.made.edition.pk}/report/"

    def test_the_page_shows_every_table_and_leads_to_the_series(self):
        page = self.client.get(self.address)

        for table_ in report_of(self.made.edition).tables:
            self.assertContains(page, f'<h2 id="{table_.name}">')
        self.assertContains(page, f"/admin/conference/series/{self.made.edition.series_id}/report/")
        self.assertContains(page, "Mobility &lt;b&gt;")
        self.assertContains(page, "hidden")

    def test_the_forms_of_edition_and_series_have_the_button(self):
        for model, pk in (("edition", self.made.edition.pk), ("series", self.made.edition.series_id)):
            page = self.client.get(f"/admin/conference/{model}/{pk}/change/")
            self.assertContains(page, f'href="/admin/conference/{model}/{pk}/report/"')

    def test_the_file_says_what_the_page_says(self):
        content = self.client.get(f"{self.address}?form=csv").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content)))

        self.assertEqual(rows[0], ["Table", "Line", "What", "Value"])
        self.assertIn(["People", "People with a place", "Number", "45"], rows)
        self.assertIn(["Workshops and presence", "W0", "Booked", "hidden"], rows)
        self.assertTrue(self.client.get(f"{self.address}?form=xlsx").content.startswith(b"PK"))
        self.assertEqual(self.client.get(f"{self.address}?form=exe").status_code, 404)

    def test_the_series_has_page_and_files(self):
        address = f"/admin/conference/series/{self.made.edition.series_id}/report/"

        self.assertContains(self.client.get(address), "Edition 1")
        self.assertEqual(self.client.get(f"{address}?form=csv").status_code, 200)

    def test_the_paper_is_tagged_and_holds_the_words(self):
        pdf = pdf_of(report_of(self.made.edition), hue=200)

        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertIn(b"/StructTreeRoot", pdf)
        words = " ".join(pages_of(pdf))
        for each in ("Mobility <b>", "Belgium", "Files get lost", "hidden"):
            self.assertIn(each, words)
