import time

import pytest

from sessions.exchange.reading.markup import from_html

MEANS = {
    "<p>One</p><p>Two</p>": "One\n\nTwo",
    "One<br>two<br/>three": "One\ntwo\nthree",
    "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
    "<ol><li>a</li><li>b</li></ol>": "1. a\n2. b",
    "<ul><li>a<ul><li>b</li></ul></li></ul>": "- a\n\n  - b",
    "A <strong>bold</strong> and <em>thin</em> word": "A **bold** and *thin* word",
    'See <a href="https://x.test/a b">here</a>': "See [here](https://x.test/a%20b)",
    'A <a href="javascript:alert(1)">trap</a>': "A trap",
    "<p>before</p><script>alert(1)</script><p>after</p>": "before\n\nafter",
    "<h2>Title</h2><p>Text</p>": "## Title\n\nText",
    "<p>2 &lt; 3 &amp; &lt;b&gt; stays</p>": "2 < 3 & \\<b> stays",
    "<p># no heading</p>": "\\# no heading",
    "<p>5 * 4 * 3</p>": "5 \\* 4 \\* 3",
    "<blockquote><p>said</p></blockquote>": "> said",
}


@pytest.mark.parametrize("html", MEANS)
def test_html_becomes_markdown_of_the_same_meaning(html):
    assert from_html(html) == MEANS[html]


@pytest.mark.parametrize("html", MEANS)
def test_what_was_converted_stays_when_it_comes_back(html):
    assert from_html(from_html(html)) == from_html(html)


@pytest.mark.parametrize(
    "text", ["**bold**\n\n- a\n- b", "Use `<br>` here", "a < b and c > d", "I <3 you", "<you@x.test>"]
)
def test_markdown_stays_as_it_is(text):
    assert from_html(text) == text


def test_hostile_html_is_done_with_quickly():
    begun = time.process_time()
    for text in (
        "<p>" * 30_000,
        "<ul><li>" * 20_000,
        "<" * 100_000,
        '<a href="' * 20_000,
        "<p>" + "&#x" * 40_000,
        "`<p>" * 20_000,
        "<p>" + "[" * 100_000,
    ):
        from_html(text)
    assert time.process_time() - begun < 2
