import io

import openpyxl
from django.test import SimpleTestCase
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from conference.sheets.cells import read_csv
from conference.sheets.writing import LONGEST_CELL, as_xlsx, written
from tests.registration.test_exports import PAYLOADS, hostile

PHONES = [
    "+49 170 1234567",
    "-5",
    "0049",
    "1e5",
    "http://evil.test",
    "mailto:a@b.test",
    "a\nb",
    '"q", x',
    "😀 ü",
    "",
]


def cells(content):
    """Every cell of a file, as it is stored: nothing computed."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=False).active
    return [list(row) for row in sheet.rows]


class XlsxTests(SimpleTestCase):
    def test_every_cell_is_a_text_without_formula_and_link(self):
        rows = cells(as_xlsx(["=head", "b"], [[payload, "x"] for payload in [*PAYLOADS, *PHONES]]))

        self.assertEqual({cell.data_type for row in rows for cell in row}, {"s"})
        self.assertEqual({cell.hyperlink for row in rows for cell in row}, {None})
        self.assertEqual({cell.number_format for row in rows for cell in row}, {"@"})

    def test_numbers_of_telephones_come_back_in_both_forms(self):
        rows = [[phone, phone] for phone in PHONES]

        self.assertEqual(
            [[cell.value for cell in row] for row in cells(written("xlsx", ["a", "b"], rows))[1:]], rows
        )
        self.assertEqual(read_csv(written("csv", ["a", "b"], rows).decode())[1:], rows)

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(hostile, max_size=6))
    @example(["a\r\nb", "_x0041_", "\x01"])
    def test_whatever_people_write_comes_back_with_ends_of_lines_as_the_format_has_them(self, texts):
        found = [unescape(row[0].value) for row in cells(as_xlsx(["a"], [[text] for text in texts]))[1:]]

        self.assertEqual(found, [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts])

    def test_what_is_too_long_for_a_cell_is_cut_and_not_lost(self):
        (_head, (cell,)) = cells(as_xlsx(["a"], [["x" * (LONGEST_CELL + 9)]]))

        self.assertEqual(len(cell.value), LONGEST_CELL)
