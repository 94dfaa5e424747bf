"""Speakers from a sheet: looked at first, all or nothing, found again, and never read wrongly."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from conference.models import Outbox
from conference.sheets.cells import write_csv
from conference.sheets.writing import as_xlsx
from sessions.models.presentation_file import private_storage
from sessions.services.importing.keeping import FOLDER
from speakers.models import Speaker
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_speaker, make_user

GOOD = "Naam;E-mailadres;Land;is_staff\nAda Lovelace;ada@example.org;België;1\nBen;ben@example.org;NL;1\n"


def files_kept():
    storage = private_storage()
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


class SpeakersInTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        self.address = reverse("admin:conference_edition_speakers_in", args=[make_edition().pk])
        for name in files_kept():
            private_storage().delete(f"{FOLDER}/{name}")

    def upload(self, data, name="speakers.csv"):
        data = data.encode() if isinstance(data, str) else data
        return self.client.post(self.address, {"upload": SimpleUploadedFile(name, data)})

    def look(self, data, **columns):
        """The preview, with the columns as guessed unless said otherwise."""
        page = self.upload(data)
        form = page.context["form"]
        chosen = {name: field.initial for name, field in form.fields.items()} | columns
        return self.client.post(self.address, {"token": page.context["token"], "columns": "1", **chosen})

    def bring(self, data):
        page = self.look(data)
        return self.client.post(self.address, {"token": page.context["token"], "confirm": "1"})

    def names(self):
        return sorted(Speaker.objects.values_list("name", flat=True))

    def test_looking_stores_nothing_and_confirming_stores_all(self):
        page = self.look(GOOD)
        self.assertEqual([line.words for line in page.context["new_lines"]], ["Ada Lovelace", "Ben"])
        self.assertEqual(self.names(), [])

        self.bring(GOOD)

        found = Speaker.objects.order_by("name").values_list("name", "email", "country")
        self.assertEqual(
            list(found), [("Ada Lovelace", "ada@example.org", "BE"), ("Ben", "ben@example.org", "NL")]
        )
        self.assertEqual(Outbox.objects.count(), 0)

    def test_what_changes_is_said_by_column(self):
        make_speaker("Ada Lovelace", email="ada@example.org", country="NL")

        page = self.look("Name,Email,Country,Website\nAda Lovelace,ada@example.org,Belgium,ada.example\n")

        named = [(line.words, said) for line, said in page.context["changes"]]
        self.assertEqual(
            named, [("Ada Lovelace", [("Country", "Belgium"), ("Website", "https://ada.example")])]
        )
        self.assertContains(page, "Country: Belgium")

    def test_a_list_with_errors_is_corrected_and_sent_from_the_same_page(self):
        page = self.look("Name,Email\nAda,nowhere\n")
        self.assertContains(page, "Line 2, Email: “nowhere” is no email address.")
        self.assertContains(page, 'type="file"')
        self.assertNotContains(page, "Take them in")

        form = self.upload("Name,Email\nAda,ada@example.org\n").context["form"]

        self.assertEqual([field.initial for field in form.fields.values()], ["name", "email"])

    def test_headings_are_known_in_four_languages_and_changed_by_hand(self):
        for headings in (
            "Name,Email",
            "Naam,E-mailadres",
            "Nom complet,Courriel",
            "Vollständiger Name,E-Mail-Adresse",
        ):
            form = self.upload(f"{headings}\nAda,ada@example.org\n").context["form"]
            self.assertEqual([field.initial for field in form.fields.values()], ["name", "email"], headings)
        page = self.look("Who,x\nAda,1\n", **{"column-0": "name", "column-1": ""})
        self.assertEqual([line.words for line in page.context["new_lines"]], ["Ada"])

    def test_the_same_list_twice_makes_nothing_twice(self):
        self.bring(GOOD)
        page = self.look(GOOD.replace("Ada Lovelace", "ADA LOVELACE"))
        self.assertEqual((page.context["new_count"], page.context["changed_count"]), (0, 1))

        self.bring(GOOD)

        self.assertEqual(self.names(), ["Ada Lovelace", "Ben"])

    def test_one_wrong_line_keeps_all_out_and_says_line_and_column(self):
        page = self.look("Name,Email,Country\nAda,ada@example.org,BE\n,ben,Atlantis\n")

        self.assertEqual(
            page.context["plan"].errors,
            ["Line 3, Name: this must not be empty.", "Line 3, Email: “ben” is no email address.",
             "Line 3, Country: “Atlantis” is no country."],
        )  # fmt: skip
        self.client.post(self.address, {"token": page.context["token"], "confirm": "1"})
        self.assertEqual(self.names(), [])

    def test_an_address_twice_in_whatever_case_is_refused(self):
        page = self.look("Name,Email\nAda,ada@example.org\nAda,ADA@example.org\n")

        self.assertEqual(page.context["plan"].errors, ["Line 3, Email: this address stands in line 2 too."])

    def test_what_is_no_sheet_is_refused_and_deleted(self):
        for data in (b"Name\nA\x00da\n", b'Name\n"Ada\n', b"%PDF-1.7", b"PK\x03\x04broken"):
            self.assertContains(self.upload(data), "Nothing was imported.")
        self.assertEqual(files_kept(), [])

    def test_encodings_are_read_right(self):
        for data in (
            "Name\nZoë\n".encode("utf-16"),
            "Name\nZoë\n".encode("cp1252"),
            "Name\nZoë\n".encode("utf-8-sig"),
        ):
            page = self.look(data)
            self.assertEqual([line.words for line in page.context["new_lines"]], ["Zoë"])

    def test_headers_of_mails_cannot_be_smuggled_in(self):
        page = self.look('Name,Email\nAda,"ada@example.org\nBcc: all@example.org"\n')

        self.assertEqual(len(page.context["plan"].errors), 1)

    def test_our_own_lists_come_back_as_they_were(self):
        names = ["=1+1", "+49 170", "-5", "'=x", "Zoë"]
        for data in (
            "".join(write_csv(["Name"], [[name] for name in names])),
            as_xlsx(["Name"], [[name] for name in names]),
        ):
            page = self.look(data)
            self.assertEqual([line.words for line in page.context["new_lines"]][:3], names[:3])

    def test_whoever_has_an_account_keeps_their_own_words(self):
        mine = make_speaker("Ada", email="ada@example.org", biography="Mine")
        mine.user = make_user("Ada")
        mine.save()

        self.bring("Name,Email,Biography\nAda,ada@example.org,Theirs\n")

        mine.refresh_from_db()
        self.assertEqual(mine.biography, "Mine")

    def test_what_changed_since_the_preview_is_shown_again(self):
        page = self.look(GOOD)
        make_speaker("Ada Lovelace", email="ada@example.org")

        answer = self.client.post(self.address, {"token": page.context["token"], "confirm": "1"})

        self.assertContains(answer, "Something changed meanwhile")
        self.assertEqual(self.names(), ["Ada Lovelace"])

    def test_a_helper_is_kept_out(self):
        self.client.force_login(make_staff("helper"))

        self.assertEqual(self.client.get(self.address).status_code, 403)
