import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.library.mistakes import MOST_COMPOUNDS, compounds, parts
from sessions.library.words import distance, fold, important, index_text, mistakes_forgiven, terms_of, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("polarisation", "Polarization"),
        ("school", "scholen"),
        ("leraar", "leraren"),
        ("meertaligheid", "meertalige"),
        ("éducation", "educations"),
        ("élèves", "eleve"),
        ("Schüler", "schuler"),
        ("Schule", "SCHULEN"),
        ("Straße", "strasse"),
        ("mobility", "mobile"),
    ],
)
def test_forms_of_a_word_share_a_term(one, other):
    assert set(terms_of(one)) & set(terms_of(other))


@pytest.mark.parametrize(("one", "other"), [("school", "scholar"), ("taal", "tafel"), ("2014", "2015")])
def test_other_words_share_none(one, other):
    assert not set(terms_of(one)) & set(terms_of(other))


def test_text_in_one_language_is_stemmed_in_that_one_only():
    assert index_text("Scholen, scholen!", ("nl",)) == " scholen school scholen school "


def test_signs_are_no_words():
    assert [token.word for token in tokens("c++ o'brien «été» 3-5")] == ["c", "o", "brien", "été", "3", "5"]


def test_small_words_are_left_out_unless_there_are_no_others():
    assert important(["the", "voice", "of", "pupils"]) == ["voice", "pupils"]
    assert important(["to", "be"]) == ["to", "be"]


@pytest.mark.parametrize(
    ("one", "other", "away"), [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "dcba", 3)]
)
def test_letters_away(one, other, away):
    assert distance(one, other, 3) == away


def test_short_words_are_taken_as_typed():
    assert [mistakes_forgiven(word) for word in ("war", "wars", "mobility")] == [0, 1, 2]


@given(st.text(max_size=60))
def test_terms_are_letters_and_digits_in_lower_case_whatever_is_typed(text):
    for token in tokens(text):
        for term in terms_of(token.word):
            assert term.isalnum()
            assert len(term) <= 40
            assert fold(term) == term


def test_a_word_that_is_part_of_thousands_is_found_in_them_quickly():
    words = sorted(f"school{chr(97 + number % 26)}{letters(number)}" for number in range(30_000))
    words += ["school", "werk", "schoolwerk", *sorted(f"z{letters(number)}" for number in range(30_000))]
    text = "\n" + "\n".join(words) + "\n"
    begun = time.process_time()

    found = compounds(text, "school")

    assert (found[:1], len(found) <= MOST_COMPOUNDS, parts(text, "schoolwerk")) == (
        ["schoolwerk"],
        True,
        ("school", "werk"),
    )
    assert time.process_time() - begun < 3


def letters(number):
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def test_of_a_word_without_end_only_its_beginning_is_remembered():
    assert [(token.end, len(token.word)) for token in tokens("x" * 20_000)] == [(20_000, 200)]
