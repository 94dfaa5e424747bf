"""Markdown of organisers and speakers to HTML that cannot do harm: no HTML in, allow-list out."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MAX_LENGTH = 100_000  # characters; longer texts are shown as plain text

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto", "tel"}
RENDERER = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 20})
RENDERER.enable(["linkify", "table"]).disable("image")


def to_html(text: str) -> SafeString:
    """Safe HTML of a Markdown text; headings start below the page's own."""
    rendered = RENDERER.render(text[:MAX_LENGTH])
    for level in (3, 2, 1):
        rendered = rendered.replace(f"<h{level}>", f"<h{level + 1}>").replace(
            f"</h{level}>", f"</h{level + 1}>"
        )
    clean = nh3.clean(
        rendered, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean)  # noqa: S308 - sanitised on the line above
