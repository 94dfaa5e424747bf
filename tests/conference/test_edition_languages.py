"""An edition, and the site for the rest, says in which languages it is offered and written."""

import re

from django.test import SimpleTestCase, TestCase

from conference.languages import CODES, LanguagesField, offered
from conference.models import Edition, Site, Venue
from tests.admin_forms import read_form
from tests.factories import make_edition, make_organiser, make_session


class LanguagesFieldTests(SimpleTestCase):
    def test_nothing_chosen_means_all(self):
        self.assertEqual(offered(""), CODES)

    def test_english_is_always_one_of_them_in_the_order_of_the_site(self):
        self.assertEqual(offered("de,nl"), ["en", "nl", "de"])

    def test_all_ticked_is_kept_as_nothing_chosen(self):
        field = LanguagesField()

        self.assertEqual(field.clean(CODES), "")
        self.assertEqual(field.clean(["fr"]), "en,fr")
        self.assertFalse(field.has_changed("", CODES))
        self.assertTrue(field.has_changed("", ["en", "fr"]))


class OfferedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("Peace", slug="peace", languages="en,fr")
        cls.session = make_session(cls.edition, "Opening", slug="opening", title_fr="Ouverture")
        Site.objects.update_or_create(pk=1, defaults={"name": "Meetings", "languages": "en,nl"})

    def read(self, path):
        html = self.client.get(path).content.decode()
        return (
            re.findall(r'<link rel="alternate" hreflang="(\w+)"', html),
            sorted(set(re.findall(r'<a href="[^"]*" lang="(\w+)" hreflang', html))),
        )

    def test_a_page_of_the_edition_offers_its_languages(self):
        self.assertEqual(self.read("/peace/sessions/"), (["en", "fr"], ["fr"]))
        self.assertEqual(self.read("/fr/peace/sessions/"), (["en", "fr"], ["en"]))

    def test_other_pages_offer_those_of_the_site(self):
        self.assertEqual(self.read("/editions/"), (["en", "nl"], ["nl"]))

    def test_a_language_that_is_not_offered_still_opens_and_leads_to_those_that_are(self):
        self.assertEqual(self.read("/de/peace/sessions/"), (["en", "fr"], ["en", "fr"]))

    def test_search_engines_are_told_of_no_other(self):
        found = self.client.get("/sitemap.xml").content.decode()
        languages = {
            path: sorted(set(re.findall(rf"<loc>http://[^/]*/(nl/|fr/|de/|){path}</loc>", found)))
            for path in ("peace/sessions/opening/", "peace/sessions/", "editions/")
        }

        self.assertEqual(
            languages,
            {
                "peace/sessions/opening/": ["", "fr/"],
                "peace/sessions/": ["", "fr/"],
                "editions/": ["", "nl/"],
            },
        )
        self.assertNotIn('hreflang="de"', found)

    def test_a_text_in_another_language_than_the_page_says_which(self):
        self.assertContains(self.client.get("/fr/peace/sessions/opening/"), "<h1>Ouverture</h1>", html=True)
        page = self.client.get("/de/peace/sessions/opening/")
        self.assertContains(page, '<span lang="en">Opening</span>', html=True)


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("Peace", languages="en,fr", summary_nl="Vrede")
        cls.venue = Venue.objects.create(edition=cls.edition, name_en="Hall", name_nl="Zaal", name_fr="Salle")
        cls.address = f"/admin/conference/edition/{cls.edition.pk}/change/"

    def setUp(self):
        self.client.force_login(make_organiser())

    def test_texts_stand_side_by_side_in_the_languages_of_the_edition_and_the_others_are_folded_away(self):
        html = self.client.get(self.address).content.decode()
        shown, _summary, folded = html.partition("<details><summary>")

        self.assertIn('<div class="form-row field-title_en field-title_fr">', shown)
        self.assertNotIn('name="title_de"', shown)
        self.assertIn('<div class="form-row field-title_nl field-title_de">', folded)
        self.assertRegex(shown, r'<input[^>]* name="title_fr"[^>]* lang="fr"')

    def test_rows_within_a_form_have_its_languages_only_and_keep_what_others_say(self):
        html = self.client.get(self.address).content.decode()
        self.assertIn('name="venues-0-name_fr"', html)
        self.assertNotIn('name="venues-0-name_nl"', html)

        data = read_form(self.client, self.address) | {
            "venues-0-name_fr": "Grande salle",
            "summary_nl": "Rust",
        }
        answer = self.client.post(self.address, data)

        self.assertEqual(answer.status_code, 302, answer.content)
        self.venue.refresh_from_db()
        self.edition.refresh_from_db()
        self.assertEqual((self.venue.name_nl, self.venue.name_fr), ("Zaal", "Grande salle"))
        self.assertEqual((self.edition.summary_nl, self.edition.languages), ("Rust", "en,fr"))

    def test_forms_open_in_a_language_that_their_edition_does_not_have(self):
        for path in (self.address, f"/admin/conference/venue/{self.venue.pk}/change/"):
            self.assertEqual(self.client.get(f"/de{path}").status_code, 200, path)

    def test_the_languages_are_chosen_by_ticking(self):
        data = read_form(self.client, self.address) | {"languages": ["en", "de"]}
        self.client.post(self.address, data)
        self.assertEqual(Edition.objects.get().languages, "en,de")

        self.client.post(self.address, read_form(self.client, self.address) | {"languages": CODES})
        self.assertEqual(Edition.objects.get().languages, "")

    def test_a_new_row_is_written_in_the_languages_of_the_edition_it_is_for(self):
        address = f"/admin/conference_sessions/session/add/?edition={self.edition.pk}"
        shown, _summary, folded = self.client.get(address).content.decode().partition("<details><summary>")

        self.assertIn('<div class="form-row field-title_en field-title_fr">', shown)
        self.assertIn('name="title_de"', folded)

    def test_words_of_no_edition_are_written_in_the_languages_of_the_site(self):
        Site.objects.update_or_create(pk=1, defaults={"languages": "en,de"})
        html = self.client.get("/admin/conference_sessions/topic/add/").content.decode()

        self.assertIn('<div class="form-row field-name_en field-name_de">', html.partition("<details>")[0])
