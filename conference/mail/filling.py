"""Words that organisers write for mail: Markdown with named places, filled for each reader; never by str.format.

The Markdown is made HTML once, with marks where something will stand; only then each reader's values come in, escaped.
So a name is text, whatever it looks like. A value that is one of our addresses stands in the Markdown as an address.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from conference.mail.batches import the_site
from conference.mail.compose import absolute, as_plain_text, one_line
from conference.mail.markup import as_button, is_own_address, unlinked
from conference.markdown import to_html
from conference.models import Outbox

PLACE = re.compile(r"\{+[ \t]*([^{}\n]*?)[ \t]*\}+")  # {name}; also {{ name }} and whatever else is in braces
OPEN, CLOSE = "\ue000", "\ue001"  # for private use: no text of anybody's needs them
STAND_IN = "https://places.invalid/"  # Markdown takes it for an address; RFC 2606 says that there is none
# Both kinds at once, so that what a value brings along is not looked at again.
TO_FILL = re.compile(rf"{OPEN}([a-z_]+){CLOSE}|{re.escape(STAND_IN)}([a-z_]+)/")
LINKED = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")  # [words](address)
# What Markdown marks as important; not a star that stands alone, or a line within a word or an address.
STRESSED = re.compile(
    r"(?<![\w\\/*`])(\*{1,3}|_{1,3})(?=[^\s*_])((?:(?!\n[ \t]*\n|\1)[^*`]){1,300})(?<=[^\s\\])\1(?![\w*/`])"
)
HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
ALONE = re.compile(r'<p><a href="([^"]+)"[^>]*>\1</a></p>')  # an address in a paragraph of its own
PARAGRAPH = '<p style="margin:0 0 16px">'


def places_in(words: str) -> set[str]:
    """What stands in braces."""
    return set(PLACE.findall(words))


def is_within_address(words: str, addresses: Collection[str]) -> bool:
    """Whether a place that is no address stands in the target of a link, where it could lead anywhere."""
    return any(places_in(target) - set(addresses) for _words, target in LINKED.findall(words))


@dataclass(frozen=True)
class Prepared:
    """One text in one language, ready to be filled for any number of readers."""

    subject: str
    text: str
    html: str
    content: str  # the middle of the HTML, as pages of the site show it

    def shown(self, values: Mapping[str, str]) -> tuple[str, SafeString]:
        """Subject and content for a page of the site, which has a look of its own."""
        return one_line(_fill(self.subject, values)), mark_safe(_fill_html(self.content, values))  # noqa: S308

    def filled(self, values: Mapping[str, str]) -> tuple[str, str, str]:
        """Subject, text and HTML for one reader."""
        subject, text = (_fill(words, values) for words in (self.subject, self.text))
        html = ALONE.sub(_as_button, _fill_html(self.html, values)).replace("<p>", PARAGRAPH)
        return one_line(subject), text, html

    def mail(self, to: str, values: Mapping[str, str], **fields: object) -> Outbox:
        """A row for the outbox, not yet written."""
        subject, text, html = self.filled(values)
        return Outbox(recipient=to, subject=subject, text=text, html=html, **fields)


def prepare(*, subject: str, text: str, language: str, addresses: Collection[str]) -> Prepared:
    """With the frame that every mail has; `addresses` are the places whose values are addresses of the site."""
    subject, text = (_marked(words, addresses) for words in (_clean(subject), _clean(text).strip()))
    with override(language):
        site = the_site()
        around = {
            "site_name": site.name,
            "site_url": absolute(reverse("conference:home")),
            "subject": subject,
        }
        plain, content = plain_words(text), to_html(text)
        return Prepared(
            subject,
            as_plain_text("mail/_layout.txt", {**around, "text": plain + "\n"}).strip() + "\n",
            render_to_string(
                "mail/_layout.html", {**around, "heading": unlinked(subject), "content": content}
            ),
            content,
        )


def plain_words(text: str) -> str:
    """Markdown as somebody reads it who sees only text: lists stay lists, and nothing is said in stars."""
    text = HEADING.sub("", LINKED.sub(r"\1: \2", text))
    return STRESSED.sub(r"\2", STRESSED.sub(r"\2", text))  # twice: some is within some


def _clean(words: str) -> str:
    """Without line ends of other systems, our marks, and what would stand in for an address."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return words.replace(OPEN, "").replace(CLOSE, "").replace(STAND_IN, "")


def _marked(words: str, addresses: Collection[str]) -> str:
    def mark(found: re.Match[str]) -> str:
        name = found[1]
        return f"{STAND_IN}{name}/" if name in addresses else f"{OPEN}{name}{CLOSE}"

    return PLACE.sub(mark, words)


def _fill(words: str, values: Mapping[str, str]) -> str:
    return TO_FILL.sub(lambda found: values[found[1] or found[2]], words)


def _fill_html(html: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return _lines(values[found[1]]) if found[1] else conditional_escape(values[found[2]])

    return TO_FILL.sub(value, html)


def _lines(value: str) -> SafeString:
    """A line each; nothing in it is markup, and no address but one of our own is a link."""
    return mark_safe("<br>\n".join(map(_line, value.split("\n"))))  # noqa: S308  each is escaped


def _line(line: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', line, line) if is_own_address(line) else unlinked(line)


def _as_button(found: re.Match[str]) -> str:
    """As in the other mails: a button, if it leads to a page of the site."""
    address = found[1].replace("&amp;", "&")
    return f"{PARAGRAPH}{as_button(address)}</p>" if is_own_address(address) else found[0]
