import csv
import io
import time

from django.contrib.admin.models import LogEntry
from django.test import SimpleTestCase, TestCase
from hypothesis import example, given
from hypothesis import strategies as st

from conference.sheets.cells import BOM, DANGEROUS, plain_cell, read_csv, safe_cell, write_csv
from registration.exporting.noting import log_selected
from registration.exports import NEEDS, columns_of, export_registrations
from registration.models import Registration
from tests.factories import make_edition, make_organiser, make_registration, make_registration_type

# Everything a database may hold: no NUL, no half of a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
starts = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%", "'", '"'])
hostile = st.builds(lambda marks, text: "".join(marks) + text, st.lists(starts, max_size=4), texts)
PAYLOADS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "|x", "%x", '"=1', "'=1", "''=1", "\n=1"]


class CellTests(SimpleTestCase):
    def test_no_cell_starts_like_a_formula(self):
        triggers = set("=+-@|%＝＋－＠｜％\t\r\n")
        written = "".join(write_csv(["name"], [[payload] for payload in PAYLOADS]))
        cells = [row[0] for row in csv.reader(io.StringIO(written.removeprefix(BOM), newline=""))]

        self.assertEqual([cell for cell in cells if cell[0] in triggers], [])
        self.assertEqual(len(cells), len(PAYLOADS) + 1)

    def test_phone_numbers_and_negative_numbers_survive(self):
        rows = [["+49 170 1234567", "-5"]]

        self.assertEqual(read_csv("".join(write_csv(["phone", "number"], rows)))[1:], rows)

    def test_an_ordinary_apostrophe_stays_as_it_is(self):
        self.assertEqual(safe_cell("'t Hooft"), "'t Hooft")

    @given(st.lists(st.lists(hostile, min_size=2, max_size=2), max_size=5))
    @example([["'t Hooft", "''=x"], ["a;b,c", 'say "x"\r\nand\n']])
    def test_what_is_written_reads_back_identical(self, rows):
        self.assertEqual(read_csv("".join(write_csv(["a", "b"], rows))), [["a", "b"], *rows])

    @given(hostile)
    def test_every_dangerous_cell_is_marked_and_unmarked(self, text):
        self.assertEqual(plain_cell(safe_cell(text)), text)
        self.assertEqual(safe_cell(text) != text, bool(DANGEROUS.match(text)))


class ExportTests(TestCase):
    def setUp(self):
        self.edition = make_edition()

    def exported(self, with_needs):
        lines = export_registrations(Registration.objects.all(), with_needs=with_needs)
        header, *rows = read_csv("".join(lines))
        return [dict(zip(header, row, strict=True)) for row in rows]

    def test_a_registration_reads_back_as_it_is(self):
        registration = make_registration(
            '=HYPERLINK("x") Ümit 🎓', self.edition, organisation_name="GO! School", dietary_needs="no nuts"
        )

        (row,) = self.exported(with_needs=True)

        self.assertEqual(row["reference"], registration.reference)
        self.assertEqual(row["name"], '=HYPERLINK("x") Ümit 🎓')
        self.assertEqual((row["organisation"], row["dietary_needs"]), ("GO! School", "no nuts"))

    def test_needs_are_left_out_without_permission(self):
        make_registration("Ada", self.edition, dietary_needs="canary-nuts", access_needs="canary-ramp")

        written = "".join(export_registrations(Registration.objects.all(), with_needs=False))

        self.assertNotIn("canary", written)
        self.assertEqual([name for name in NEEDS if name in written], [])

    def test_it_starts_with_a_byte_order_mark_for_spreadsheets(self):
        lines = export_registrations(Registration.objects.all(), with_needs=False)

        self.assertEqual(next(lines).encode(), b"\xef\xbb\xbf")

    def test_an_export_is_written_down_with_each_edition_it_was_of(self):
        organiser = make_organiser()
        first, second = make_registration("Ada", self.edition), make_registration("Ben", make_edition())
        make_registration("Cy", self.edition)
        make_registration("Not chosen", make_edition())
        rows = Registration.objects.exclude(user__name="Not chosen")

        log_selected(
            by=organiser,
            rows=rows,
            path="edition",
            listing="registrations",
            headings=columns_of(with_needs=False),
        )

        self.assertEqual(
            [(entry.user, entry.object_id, entry.object_repr) for entry in LogEntry.objects.order_by("pk")],
            [
                (organiser, str(first.edition_id), "CSV: 2"),
                (organiser, str(second.edition_id), "CSV: 1"),
            ],
        )
        self.assertNotIn("dietary", LogEntry.objects.first().change_message)

    def test_five_thousand_rows_take_one_query_and_little_time(self):
        first = make_registration("Ada", self.edition)
        kind = make_registration_type(self.edition)
        Registration.objects.bulk_create(
            Registration(
                user=first.user, edition=self.edition, registration_type=kind, status="cancelled",
                role="teacher", consent_at=first.consent_at,
            )
            for _number in range(5000)
        )  # fmt: skip
        started = time.process_time()

        with self.assertNumQueries(1):
            rows = sum(1 for _line in export_registrations(Registration.objects.all(), with_needs=False))

        self.assertEqual(rows, 5003)  # mark, header and rows
        self.assertLess(time.process_time() - started, 5)
