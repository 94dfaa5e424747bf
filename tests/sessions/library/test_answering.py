"""The pure parts of an answer: mistakes, compounds, the best page, the sentence, the address of a question."""

from django.http import QueryDict

from sessions.library.asking import Asked
from sessions.library.mistakes import compounds, parts, similar
from sessions.library.ranking import Word, best_page, rarity, score
from sessions.library.sentences import best_sentence, marked, shortened
from sessions.library.words import index_text, terms_of

WORDS = (
    "\n"
    + "\n".join(["beleid", "dyslexia", "gender", "les", "polarisation", "taal", "taalbeleid", "talen"])
    + "\n"
)


def word(text):
    return Word(terms_of(text))


def test_nearest_word_is_meant():
    assert similar(WORDS, "polarisaton") == ("polarisation",)
    assert similar(WORDS, "dislexia") == ("dyslexia",)
    assert similar(WORDS, "gendre") == ("gender",)


def test_short_word_is_never_mended():
    assert similar(WORDS, "lee") == ()


def test_word_is_found_inside_compounds_of_known_words():
    assert compounds(WORDS, "beleid") == ["taalbeleid"]
    assert compounds(WORDS, "taal") == ["taalbeleid"]
    assert compounds(WORDS, "sation") == []


def test_compound_that_stands_nowhere_is_cut_into_words_that_do():
    assert parts(WORDS, "genderbeleid") == ("gender", "beleid")
    assert parts(WORDS, "genderxbeleid") is None


def test_word_in_the_title_weighs_more_than_in_the_text():
    title = {"title": index_text("Gender at school"), "rest": ""}
    text = {"title": "", "rest": index_text("Gender at school")}

    assert score(title, [word("gender")]) > score(text, [word("gender")]) > 0


def test_rare_word_weighs_more():
    assert rarity(1, 100) > rarity(50, 100) > 0


def test_first_of_equally_good_pages_is_best():
    pages = ["", index_text("a zebra"), index_text("a zebra"), index_text("zebra and lion")]

    assert best_page(pages, [word("zebra")]) == 2
    assert best_page(pages, [word("zebra"), word("lion")]) == 4
    assert best_page(pages, [word("okapi")]) is None


def test_sentence_with_most_of_the_words_is_shown_with_the_words_marked():
    terms = frozenset([*terms_of("school"), *terms_of("abroad")])
    found = best_sentence("A school. Schools send pupils abroad!\nNothing.", terms)

    assert [piece.text for piece in found] == ["Schools", " send pupils ", "abroad", "!"]
    assert [piece.is_marked for piece in found] == [True, False, True, False]


def test_nothing_of_a_text_is_lost_by_marking():
    text = "<b>Éducation</b> & 'educations' \x00 ✓"

    assert "".join(piece.text for piece in marked(text, frozenset(terms_of("education")))) == text


def test_long_sentence_is_cut_around_the_word():
    text = "a " * 300 + "zebra " + "b " * 300

    short = shortened(text.strip(), frozenset(["zebra"]))

    assert "zebra" in short
    assert len(short) < 240
    assert short.startswith("… ")
    assert short.endswith(" …")


def test_text_without_blanks_is_cut_too():
    for text in ("字" * 5000, "zebra " + "x" * 5000, "x" * 5000 + " zebra"):
        assert len(shortened(text, frozenset(["zebra"]))) < 240


def test_question_and_its_address_say_the_same():
    asked = Asked.from_query(QueryDict("q=two++words&topic=a&topic=b&level=c&unknown=d&topic=a"))

    assert asked == Asked("two words", {"topic": ("a", "b"), "level": ("c",)})
    assert Asked.from_query(QueryDict(asked.query())) == asked
    assert asked.query(page=2) == "q=two+words&topic=a&topic=b&level=c&page=2"


def test_facet_is_chosen_and_left_again():
    asked = Asked("words").toggled("topic", "a").toggled("topic", "b").toggled("year", "2024")

    assert asked.facets == {"topic": ("a", "b"), "year": ("2024",)}
    assert asked.toggled("topic", "a").toggled("topic", "b").facets == {"year": ("2024",)}


def test_strange_values_are_left_out():
    values = "&".join(f"topic={n}" for n in range(900))
    asked = Asked.from_query(QueryDict(f"q={'x' * 10_000}&year=%00&level=&age={'9' * 500}&{values}"))

    assert len(asked.q) == 200
    assert list(asked.facets) == ["topic"]
    assert len(asked.facets["topic"]) == 10
