"""Markdown of organisers and speakers to HTML that cannot do harm: no HTML in, allow-list out."""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

MAX_LENGTH = 30_000  # characters; some marks take a time that grows with their square

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto", "tel"}
MAX_CELLS = 10_000  # of a table; the library fills up rows, thousands of cells that nobody wrote


def table_of_a_size(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """The library's tables, unless this one could become a page of its own: that stays text."""
    columns = state.src[state.bMarks[first] : state.eMarks[first]].count("|") + 1
    return columns * (end - first) <= MAX_CELLS and table(state, first, end, silent)


RENDERER = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 20})
RENDERER.enable(["linkify", "table"]).disable("image")
RENDERER.block.ruler.at("table", table_of_a_size, {"alt": ["paragraph", "reference"]})


def to_html(text: str) -> SafeString:
    """Safe HTML of a Markdown text; its headings start below the page's own and leave out no level."""
    if len(text) > MAX_LENGTH:
        return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped, and shown whole
    tokens = RENDERER.parse(text)
    lower_headings(tokens)
    rendered = RENDERER.renderer.render(tokens, RENDERER.options, {})
    clean = nh3.clean(
        rendered, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean)  # noqa: S308 - sanitised on the line above


def lower_headings(tokens: list[Token]) -> None:
    """The highest heading of the text becomes h2, the next that occurs h3, all others h4."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    new = {tag: f"h{min(level, 4)}" for level, tag in enumerate(used, start=2)}
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = new[token.tag]
