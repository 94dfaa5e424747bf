"""Names on badges: cleaned, torn only where they must be, in the order of the alphabet."""

from registration.badges.words import ZERO_WIDTH_SPACE, breakable, cleaned, direction_of, is_within, sorted_by


def test_control_characters_and_turned_directions_are_dropped():
    assert cleaned("A\u202eda\x00\n  Love\u2066lace\ud800") == "Ada Lovelace"


def test_emoji_of_several_characters_stay_whole():
    teacher = "👩\u200d🏫"

    assert cleaned(teacher) == teacher
    assert breakable(teacher * 15).split(ZERO_WIDTH_SPACE) == [teacher] * 15


def test_only_a_very_long_word_may_be_torn():
    assert breakable("Maximiliane-Charlotte Wittelsbach") == "Maximiliane-Charlotte Wittelsbach"
    assert breakable("x" * 25) == ZERO_WIDTH_SPACE.join("x" * 25)
    assert breakable("e\u0301" * 30).count("\u0301") == 0  # composed before it is torn


def test_direction_is_that_of_the_first_letter():
    assert [direction_of(name) for name in ("Ada", "محمد", "1 יוסף", "王", "😀", "")] == [
        "ltr", "rtl", "rtl", "ltr", "ltr", "ltr",
    ]  # fmt: skip


def test_alphabet_ignores_case_and_accents_and_takes_the_last_word():
    names = ["Zoë Ångström", "adam Zach", "Émile Abel", "Øyvind"]

    assert sorted(names, key=lambda name: sorted_by(name, by_last_word=True)) == [
        "Émile Abel", "Zoë Ångström", "adam Zach", "Øyvind",
    ]  # fmt: skip
    assert sorted_by("Émile Abel", by_last_word=False) == "emile abel"


def test_range_includes_both_ends():
    names = ["abel", "abt", "breem", "brom", "bruno", "karel", "king", "lang", "王"]

    assert [name for name in names if is_within(name, "br", "k")] == [
        "breem",
        "brom",
        "bruno",
        "karel",
        "king",
    ]
    assert [name for name in names if is_within(name, "", "a")] == ["abel", "abt"]
    assert [name for name in names if is_within(name, "l", "")] == ["lang", "王"]
    assert all(is_within(name, "", "") for name in names)
