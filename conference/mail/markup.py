"""The HTML part of a mail, made from its text: everything escaped, only the site's own addresses linked."""

import re

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

LINK = "color:#1f3fae;word-break:break-all"
BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#1f3fae;color:#ffffff;"
    "text-decoration:none;font-weight:bold"
)
SMALL = "font-size:13px;color:#5b5b66;word-break:break-all"
CODE = "font-size:28px;font-weight:bold;letter-spacing:4px"
CODE_LINE = re.compile(r"[A-Z0-9]{3,6}-?[A-Z0-9]{3,6}")


def as_html(text: str) -> SafeString:
    """Paragraphs from the blank lines of a text."""
    paragraphs = [lines.strip() for lines in re.split(r"\n\s*\n", text.replace("\r", "")) if lines.strip()]
    return format_html_join("\n", '<p style="margin:0 0 16px">{}</p>', ((as_lines(p),) for p in paragraphs))


def as_lines(paragraph: str) -> SafeString:
    lines = [line.strip() for line in paragraph.split("\n")]
    if len(lines) == 1 and is_own_address(lines[0]):
        return as_button(lines[0])
    return mark_safe("<br>\n".join(as_line(line) for line in lines))  # noqa: S308  each line is escaped


def as_button(address: str) -> SafeString:
    """A button, and below it where it leads, for those who look first."""
    return format_html(
        '<a href="{}" style="{}">{}</a><br>\n<span style="{}">{}</span>',
        *(address, BUTTON, _("Open this page"), SMALL, address),
    )


def as_line(line: str) -> SafeString:
    if is_own_address(line):
        return format_html('<a href="{}" style="{}">{}</a>', line, LINK, line)
    if CODE_LINE.fullmatch(line):
        return format_html('<span style="{}">{}</span>', CODE, line)
    return unlinked(line)


def is_own_address(line: str) -> bool:
    return line.startswith(settings.SITE_URL + "/") and not re.search(r"[\s<>\"'`\\]", line)


def unlinked(line: str) -> SafeString:
    """Escaped; and addresses in it are cut by an empty element, so that no mail program links them."""
    parts = re.split(r"(?<=:)(?=//)|(?<=www)(?=\.)", line)
    return format_html_join(mark_safe("<span></span>"), "{}", ((part,) for part in parts))
