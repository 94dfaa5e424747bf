import time

from django.test import SimpleTestCase

from sessions.describing.languages import STOP_WORDS, base_language, language_of
from sessions.describing.suggestions import PageText, Suggestions, by_topic, suggest, topics_in
from sessions.describing.titles import title_from_name, title_of

ENGLISH = """What pupils bring home from a term abroad is more than what they learn in the lessons of their
school. Teachers who have been with them say that it is about the way they look at others."""
DUTCH = """Wat leerlingen meebrengen van een periode in het buitenland is meer dan wat zij leren in de lessen op
hun school. Leraren die met hen meegingen zeggen dat het ook gaat over hoe zij naar anderen kijken."""
FRENCH = """Ce que les élèves rapportent d'une période à l'étranger est plus que ce qu'ils apprennent dans les
leçons de leur école. Les enseignants qui les ont suivis disent que cela change leur regard sur les autres."""
GERMAN = """Was Jugendliche von einer Zeit im Ausland mitbringen, ist mehr als das, was sie in der Schule lernen.
Lehrkräfte, die mit ihnen gereist sind, sagen, dass sich auch ihr Blick auf andere verändert und wie sie zuhören."""


class LanguageTests(SimpleTestCase):
    def test_each_language_is_told_by_its_small_words(self):
        texts = {"en": ENGLISH, "nl": DUTCH, "fr": FRENCH, "de": GERMAN}

        self.assertEqual(
            {code: language_of(text) for code, text in texts.items()}, {code: code for code in texts}
        )

    def test_capitals_and_decomposed_accents_make_no_difference(self):
        self.assertEqual(language_of(DUTCH.upper()), "nl")

    def test_too_little_text_says_nothing(self):
        self.assertEqual(
            [language_of(text) for text in ("", "42", "Intercultural learning", "the end")], [""] * 4
        )

    def test_a_text_in_two_languages_says_nothing(self):
        self.assertEqual(language_of(ENGLISH + DUTCH), "")

    def test_the_languages_of_the_library_are_those_with_small_words(self):
        from django.conf import settings

        self.assertEqual(set(STOP_WORDS), {code for code, _name in settings.LANGUAGES})

    def test_a_code_is_read_without_its_country(self):
        codes = ["nl-BE", "NL_be", "en", "", "x-none", "english"]

        self.assertEqual([base_language(code) for code in codes], ["nl", "nl", "en", "", "", ""])


class TitleTests(SimpleTestCase):
    def test_the_title_of_the_file_comes_first(self):
        self.assertEqual(title_of("  A term\nabroad ", "Welcome", "Hello"), "A term abroad")

    def test_what_a_program_wrote_is_no_title(self):
        for said in (
            "PowerPoint Presentation", "PowerPoint-presentatie", "Présentation PowerPoint", "Untitled", "Slide 1",
            "Microsoft PowerPoint - final_v3.pptx", "slides.pdf", "Document1", "Presentation1", "---", "",
        ):  # fmt: skip
            self.assertEqual(title_of(said, "A term abroad"), "A term abroad", said)

    def test_a_title_that_only_begins_so_stays(self):
        for said in ("Presentation skills for pupils", "Document analysis", "Page turners in class"):
            self.assertEqual(title_of(said, "Other"), said)

    def test_without_titles_the_first_line_that_says_something_is_taken(self):
        self.assertEqual(title_of("", "", "1\n\n  Learning to   listen \nAda"), "Learning to listen")

    def test_a_title_fits_into_its_column(self):
        self.assertEqual(len(title_of("a" * 999)), 300)

    def test_a_file_name_becomes_words(self):
        names = ["my_slides-v2.pdf", "Ada Lovelace - Notes.pptx", "noot.key", ".pdf"]

        self.assertEqual(
            [title_from_name(name) for name in names], ["my slides v2", "Ada Lovelace - Notes", "noot", ""]
        )


class TopicTests(SimpleTestCase):
    WORDS = by_topic(
        {
            1: [("Polarisation", "en"), ("polarisatie", "nl"), ("polarisation", "fr")],
            2: [("Global competence", "en"), ("PISA", "")],
            3: [("IT", "")],
            4: [("Remembrance", "en"), ("herinneringseducatie", "nl")],
        }
    )

    def found(self, text, title="", language="en"):
        return topics_in([PageText(text, title)], self.WORDS, language)

    def test_every_form_of_a_word_is_found(self):
        self.assertEqual(self.found("Why do global  competences matter?"), (2,))

    def test_one_spelling_finds_the_other_as_in_the_library(self):
        self.assertEqual(self.found("How polarization begins."), (1,))

    def test_a_synonym_in_another_language_finds_the_topic(self):
        self.assertEqual(self.found("Over POLARISATIE in de klas.", language="nl"), (1,))

    def test_a_word_without_language_is_found_in_every_one(self):
        self.assertEqual(self.found("Les résultats de Pisa.", language="fr"), (2,))

    def test_a_phrase_is_found_whole_and_not_in_pieces(self):
        self.assertEqual(self.found("A global question of competence."), ())

    def test_a_word_inside_another_is_not_found(self):
        self.assertEqual(self.found("depolarisationist"), ())

    def test_very_short_words_are_never_suggested(self):
        self.assertEqual(self.found("IT is what it is."), ())

    def test_what_stands_more_often_or_in_a_title_comes_first(self):
        self.assertEqual(self.found("PISA, PISA and remembrance", "Remembrance"), (4, 2))

    def test_neighbours_are_each_counted(self):
        self.assertEqual(self.found("remembrance polarisation polarisation"), (1, 4))

    def test_not_more_than_a_handful(self):
        words = by_topic({number: [("learning", "en")] for number in range(50)})

        self.assertEqual(topics_in([PageText("learning")], words, "en"), tuple(range(8)))

    def test_thousands_of_words_are_looked_for_quickly_in_a_long_text(self):
        words = by_topic(
            {
                number: [(f"topic{number}", "en"), (f"topic{number} word{number}", "en")]
                for number in range(2000)
            }
        )
        pages = [PageText(" ".join(f"word{number}" for number in range(12_000)) + " topic7 word7")]
        topics_in(pages, words, "en")  # the forms of words are remembered
        begun = time.process_time()

        self.assertEqual(topics_in(pages, words, "en"), (7,))

        self.assertLess(time.process_time() - begun, 1)


class SuggestTests(SimpleTestCase):
    def test_all_of_it_from_the_pages(self):
        pages = [PageText(f"Buiten de klas\n{DUTCH}"), PageText("Polarisatie en leerlingen")]

        found = suggest(pages, TopicTests.WORDS, said_title="PowerPoint-presentatie", said_language="en-US")

        self.assertEqual(found, Suggestions(title="Buiten de klas", language="nl", topics=(1,)))

    def test_what_the_file_says_of_its_language_counts_when_the_text_is_short(self):
        self.assertEqual(suggest([PageText("Dank u")], [], said_language="nl-BE").language, "nl")

    def test_nothing_gives_nothing(self):
        self.assertEqual(suggest([], TopicTests.WORDS), Suggestions())
