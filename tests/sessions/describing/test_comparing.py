import time

from django.test import SimpleTestCase

from sessions.describing.comparing import MOST_WORDS, Pair, Piece, compare, words_of


def numbers(pairs):
    return [(pair.state, pair.old_number, pair.new_number) for pair in pairs]


class CompareTests(SimpleTestCase):
    def test_pages_that_moved_along_are_the_same(self):
        pairs = compare(["one", "two", "three"], ["zero", "one", "three"])

        self.assertEqual(
            numbers(pairs), [("added", None, 1), ("same", 1, 2), ("removed", 2, None), ("same", 3, 3)]
        )

    def test_blanks_alone_are_no_change(self):
        self.assertEqual(numbers(compare(["one  line"], ["one\nline "])), [("same", 1, 1)])

    def test_a_changed_page_shows_which_words(self):
        (pair,) = compare(["Three schools, one timetable"], ["Four schools, one timetable"])

        rest = Piece("schools, one timetable")
        self.assertEqual(
            pair, Pair("changed", 1, 1, (Piece("Three ", True), rest), (Piece("Four ", True), rest))
        )

    def test_every_word_of_both_sides_is_shown(self):
        old, new = "a b  c\nd", "a x c d e"

        shown = ["".join(piece.text for piece in side) for side in words_of(old, new)]

        self.assertEqual(shown, [old, new])

    def test_a_very_long_page_is_shown_whole(self):
        old = "word " * (MOST_WORDS + 1)

        self.assertEqual(words_of(old, "short"), ((Piece(old, True),), (Piece("short", True),)))

    def test_a_page_of_the_same_words_over_and_over_is_shown_whole_at_once(self):
        old, new = "ja " * 749, "ja nee " * 374
        begun = time.process_time()

        self.assertEqual(words_of(old, new), ((Piece(old, True),), (Piece(new, True),)))

        self.assertLess(time.process_time() - begun, 2)

    def test_a_page_of_many_different_words_is_compared_word_by_word(self):
        old = " ".join(f"word{number} and the" for number in range(100))

        before, after = words_of(old, old.replace("word50 ", "other "))

        self.assertEqual(
            [[piece.text for piece in side if piece.is_own] for side in (before, after)],
            [["word50 "], ["other "]],
        )

    def test_a_version_without_text_has_no_pages(self):
        self.assertEqual([compare([], []), numbers(compare([], ["one"]))], [[], [("added", None, 1)]])
