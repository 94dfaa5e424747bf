from django.test import TestCase
from django.utils import translation

from conference.models import Edition
from conference.translated_columns import columns, in_language, in_languages
from tests.factories import make_edition


class InLanguageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_edition()

    def read(self, *paths, **columns):
        Edition.objects.update(**columns)
        found = {}
        for language in ("en", "nl"):
            with translation.override(language):
                found[language] = Edition.objects.annotate(found=in_language(*paths)).get().found
        return found

    def test_a_text_is_read_in_the_language_of_the_page(self):
        read = self.read("title", title_en="Peace", title_nl="Vrede")

        self.assertEqual(read, {"en": "Peace", "nl": "Vrede"})

    def test_a_text_in_one_language_is_read_in_all(self):
        for one, other in (("en", "nl"), ("nl", "en")):
            for empty in ("", None):
                read = self.read("summary", **{f"summary_{one}": "A", f"summary_{other}": empty})

                self.assertEqual(read, {"en": "A", "nl": "A"}, (one, empty))

    def test_the_next_field_stands_in_for_one_that_is_empty_in_every_language(self):
        titles = {"title_en": "Peace", "title_nl": ""}

        read = self.read("summary", "title", summary_en="", summary_nl="Kort", **titles)
        self.assertEqual(read, {"en": "Kort", "nl": "Kort"})
        read = self.read("summary", "title", summary_en="", summary_nl=None, **titles)
        self.assertEqual(read, {"en": "Peace", "nl": "Peace"})

    def test_columns_are_those_of_every_language(self):
        self.assertEqual(columns("title"), ["title_en", "title_nl", "title_fr", "title_de"])
        self.assertEqual(
            in_languages("title", "room__name"),
            ["title", *columns("title"), "room__name", *columns("room__name")],
        )
