from unittest import TestCase

from sessions.booklet.prose import blocks_of, plain, shortened

TEXT = {"kind": "text", "text": "words"}


def kinds(blocks):
    return [block["kind"] for block in blocks]


class ProseTests(TestCase):
    def test_markup_of_the_typesetter_stays_text(self):
        hostile = '#import "x" $a$ @b \\ <c>'

        blocks = blocks_of(hostile)

        self.assertEqual(kinds(blocks), ["paragraph"])
        self.assertEqual("".join(part["text"] for part in blocks[0]["parts"]), hostile)

    def test_each_kind_of_block_comes_through(self):
        text = "# a\n\nwords\n\n- one\n\n3. three\n\n> said\n\n```\ncode\n```\n\n---\n\n|a|b|\n|-|-|\n|c|d|"
        expected = ["heading", "paragraph", "list", "enum", "quote", "code", "rule", "table"]

        blocks = blocks_of(text)

        self.assertEqual(kinds(blocks), expected)
        self.assertEqual(blocks[3]["start"], 3)
        self.assertEqual(blocks[7]["columns"], 2)

    def test_emphasis_and_links_keep_their_words_and_only_safe_addresses(self):
        parts = blocks_of("**words** *words* [words](https://example.org) [words](javascript:x)")[0]["parts"]

        self.assertEqual(parts[0], {"kind": "strong", "parts": [TEXT]})
        self.assertEqual(parts[2], {"kind": "em", "parts": [TEXT]})
        self.assertEqual(parts[4], {"kind": "link", "to": "https://example.org", "parts": [TEXT]})
        self.assertEqual([part["kind"] for part in parts[5:]], ["text"])

    def test_headings_begin_at_three_and_leave_out_no_level(self):
        blocks = blocks_of("#### a\n\n# b\n\n> #### c\n\n## d\n\n###### e")
        quoted = blocks[2]["parts"][0]
        levels = [block["level"] for block in (*blocks[:2], quoted, *blocks[3:])]

        self.assertEqual(levels[0], 3)
        self.assertEqual(max(levels) <= 5, True)
        steps = [later - earlier for earlier, later in zip([2, *levels], levels, strict=False)]
        self.assertEqual([step for step in steps if step > 1], [])

    def test_what_is_nested_too_deeply_loses_its_frame_and_not_its_words(self):
        text = str(blocks_of("> " * 15 + "words " + "*a **b " * 12 + "c" + "** d*" * 12))

        self.assertEqual(text.count("'quote'"), 5)
        self.assertEqual(text.count("'words "), 1)

    def test_control_characters_and_marks_of_direction_are_left_out(self):
        self.assertEqual(plain("a\x00b\x07\u202e c\ud800\ue000\U000e0041"), "ab c")

    def test_long_word_may_be_broken(self):
        self.assertEqual(len(plain("x" * 100).split("\u200b")), 5)

    def test_long_text_ends_with_a_paragraph(self):
        self.assertEqual(shortened("one two\n\nthree four", 12), ("one two", True))
        self.assertEqual(shortened("one", 12), ("one", False))
        self.assertEqual(shortened("x" * 20, 12), ("x" * 12, True))
