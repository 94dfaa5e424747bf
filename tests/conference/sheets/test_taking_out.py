"""Every list of the admin as a file: with its filters, safe, for whoever may, and written down."""

import io
from urllib.parse import urlencode

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.urls import reverse
from openpyxl import load_workbook

from conference.accounts.closing import close_account
from conference.sheets.cells import read_csv
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_edition,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

SPEAKERS = reverse("admin:speakers_speaker_sheet")


def rows_of(response):
    return read_csv(response.content.decode())


class TakingOutTests(TestCase):
    def setUp(self):
        self.olga = make_staff("organiser", email="olga@example.org")
        self.client.force_login(self.olga)

    def take(self, address=SPEAKERS, form="csv", columns=("name", "country")):
        return self.client.post(address, {"form": form, "columns": columns})

    def test_the_list_names_its_way_out_with_the_filters(self):
        page = self.client.get(reverse("admin:speakers_speaker_changelist"), {"q": "Ada"})

        self.assertContains(page, f"{SPEAKERS}?q=Ada")

    def test_what_is_filtered_and_searched_leaves_the_house_and_nothing_else(self):
        make_speaker("Ada", country="BE")
        make_speaker("Ben", country="NL")

        self.assertEqual(rows_of(self.take(SPEAKERS + "?q=Ada")), [["Name", "Country"], ["Ada", "Belgium"]])

    def test_a_text_in_several_languages_has_a_column_for_each_by_its_name(self):
        session = make_session(title="Opening", title_nl="Begin")
        address = reverse("admin:conference_sessions_session_sheet") + f"?edition={session.edition.pk}"

        taken = rows_of(self.take(address, columns=("title_en", "title_nl")))

        self.assertEqual(taken, [["Title (English)", "Title (Dutch)"], ["Opening", "Begin"]])

    def test_formulas_are_texts_in_both_forms(self):
        for name in ("=1+1", "+1", "@x", "\t=1"):
            make_speaker(name)

        cells = self.take().content.decode()
        sheet = load_workbook(io.BytesIO(self.take(form="xlsx").content), data_only=False).active

        self.assertIn('"\'=1+1"', cells)
        self.assertEqual({cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}, {"s"})
        self.assertEqual({row[0] for row in rows_of(self.take())[1:]}, {"=1+1", "+1", "@x", "\t=1"})

    def test_it_is_written_down_who_took_what(self):
        make_speaker("Ada")
        LogEntry.objects.all().delete()

        self.take(SPEAKERS + "?q=Ada")

        line = LogEntry.objects.get()
        self.assertEqual(line.user, self.olga)
        self.assertEqual(line.change_message, "Took out 1 lines as CSV: Name, Country. Filters: q=Ada")

    def test_who_was_looked_for_is_forgotten_with_their_account(self):
        ada = make_user("Ada Łącka", email="ada.lacka@example.org")
        for words in ("Ada Łącka", "ada.lacka@example.org"):
            self.take(f"{SPEAKERS}?{urlencode({'q': words})}")
        said = "".join(LogEntry.objects.values_list("change_message", flat=True))
        self.assertIn("q=Ada Łącka", said)

        close_account(user=ada)

        said = "".join(LogEntry.objects.values_list("change_message", flat=True))
        self.assertEqual([word for word in ("cka", "lacka") if word in said], [])

    def test_nobody_keeps_the_file(self):
        response = self.take()

        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("attachment", response["Content-Disposition"])

    def test_one_line_takes_as_many_queries_as_three(self):
        edition = make_edition()
        address = reverse("admin:conference_sessions_session_sheet")
        make_session(edition)
        one = queries_of(self.client, address)
        make_session(edition)
        make_session(edition)

        self.assertEqual(queries_of(self.client, address), one)

    def test_lists_of_people_leave_with_those_who_may_export_them(self):
        make_registration("Ada", dietary_needs="canary")
        address = reverse("admin:registration_registration_sheet")
        expected = {"helper": 403, "programme editor": 403, "registration desk": 200, "organiser": 200}
        for role, status in expected.items():
            self.client.force_login(make_staff(role))
            self.assertEqual(self.client.get(address).status_code, status, role)

    def test_a_column_that_is_not_offered_cannot_be_forged(self):
        address = reverse("admin:conference_user_sheet")

        self.assertEqual(self.take(address, columns=["email", "password"]).status_code, 200)
        self.assertNotIn(
            "attachment", self.take(address, columns=["password"]).headers.get("Content-Disposition", "")
        )
