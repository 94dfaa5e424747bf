"""Markdown becomes HTML that fits below a page's title and cannot do harm."""

import pytest

from conference.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h2>One</h2>"),
        ("## Two\n\n## Two", "<h2>Two</h2>\n<h2>Two</h2>"),
        ("## A\n\n##### B\n\n###### C", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>"),
        (
            "see https://example.org",
            '<p>see <a href="https://example.org" rel="noopener nofollow">https://example.org</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            "![x](https://example.org/x.png)",
            '<p>!<a href="https://example.org/x.png" rel="noopener nofollow">x</a></p>',
        ),
    ],
)
def test_markdown_becomes_safe_html(text, html):
    assert to_html(text).strip() == html


def test_a_text_of_nothing_but_marks_is_still_a_text():
    assert len(to_html("*_" * 50_000)) > 0
    assert len(to_html("> " * 10_000 + "deep")) > 0


def test_a_text_too_long_for_markdown_is_shown_whole_and_plain():
    html = to_html("# A <b>long</b> text\n\n" + "[" * 100_000 + "the end")

    assert html.startswith("<p># A &lt;b&gt;long&lt;/b&gt; text</p>")
    assert html.endswith("[the end</p>")


def test_a_table_stays_a_table_unless_it_would_grow_out_of_all_proportion():
    assert to_html("|a|b|\n|-|-|\n" + "|1|2|\n" * 100).count("<td>") == 200
    assert len(to_html("|a" * 250 + "\n" + "|-" * 250 + "\n" + "x\n" * 1800)) < 10_000
