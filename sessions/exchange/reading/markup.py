"""HTML in an abstract as Markdown that means the same; what is Markdown already stays as it is."""

import re
from html import unescape
from urllib.parse import quote

TAGS = "p|br|a|ul|ol|li|strong|em|b|i|u|h[1-6]|div|span|blockquote|code|pre|table|tbody|thead|tr|td|th|img|hr|sup|sub|script|style"
IS_HTML = re.compile(rf"(?<!\\)</?(?:{TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
SILENT = {"script", "style", "template", "iframe", "object", "head", "title"}
BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "blockquote",
    "pre",
    "tr",
    "section",
    "article",
    "header",
    "footer",
}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
SPECIAL = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[a-zA-Z/!])|\[(?=[^\]\[]{0,300}\]\()")
TOKEN = re.compile(
    r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?:\s[^<>]*)?)/?>|<[!?][^<>]*>"
)  # takes linear time
HREF = re.compile(r"""\bhref\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
DEEPEST = 6
AT_THE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]\s))", re.MULTILINE)


def from_html(text: str) -> str:
    """The same text as Markdown; an answer given in again is answered unchanged."""
    if "<" not in text or not IS_HTML.search(CODE.sub("", text)):
        return text
    writer = MarkdownWriter()
    writer.feed(text)
    return writer.written()


class MarkdownWriter:
    """Writes what the tags mean; unknown ones leave their text, scripts and styles nothing."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.silent = self.preformatted = 0
        self.lists: list[int | None] = []  # the next number of each open list; None has bullets
        self.hrefs: list[str] = []

    def feed(self, text: str) -> None:
        place = 0
        while found := TOKEN.search(text, place):
            self.handle_data(unescape(text[place : found.start()]))
            place = found.end()
            if found[0] == "<!--":
                end = text.find("-->", place)
                place = len(text) if end < 0 else end + 3
            elif found[1]:
                self.handle_endtag(found[2].lower())
            elif found[2]:
                self.handle_starttag(found[2].lower(), found[3])
        self.handle_data(unescape(text[place:]))

    def written(self) -> str:
        while self.hrefs:
            self._close_link()
        lines = [text.rstrip() for text in "".join(self.parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attributes: str) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "a":
            href = HREF.search(attributes)
            self._open_link(unescape(href[1].strip("\"'")) if href else "")
        elif tag in ("br", "hr"):
            self.parts.append("\n" if tag == "br" else "\n\n---\n\n")
        elif tag == "li":
            self._open_item()
        elif tag in MARKS:
            self._mark(tag)
        else:
            self._open_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a" and self.hrefs:
            self._close_link()
        elif tag in MARKS:
            self._mark(tag)
        else:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self.silent or not data:
            return
        if self.preformatted:
            self.parts.append(data.replace("\n", "\n    "))
            return
        text = re.sub(r"\s+", " ", data)
        at_start = not self.parts or self.parts[-1].endswith("\n")
        text = SPECIAL.sub(lambda found: "\\" + found[0], text.lstrip() if at_start else text)
        self.parts.append(AT_THE_START.sub(self._escaped, text) if at_start else text)

    @staticmethod
    def _escaped(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}" if found[2].isdigit() else f"{found[1]}\\{found[2]}"

    def _mark(self, tag: str) -> None:
        if not self.preformatted and not self.silent:
            self.parts.append(MARKS[tag])

    def _open_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.parts.append("\n" if self.lists else "\n\n")
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "pre":
            self.preformatted += 1
            self.parts.append("\n\n    ")
        elif tag == "blockquote":
            self.parts.append("\n\n> ")
        elif re.fullmatch("h[1-6]", tag):
            self.parts.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag in BLOCKS and not self._is_after_a_mark():
            self.parts.append("\n\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def _is_after_a_mark(self) -> bool:
        """A paragraph that opens an item or a quotation begins on its line."""
        return bool(self.parts) and self.parts[-1].endswith((" ", "> ")) and "\n" in self.parts[-1]

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.parts.append("\n" if self.lists else "\n\n")
        elif tag == "pre" and self.preformatted:
            self.preformatted -= 1
            self.parts.append("\n\n")
        elif tag in BLOCKS or re.fullmatch("h[1-6]", tag):
            self.parts.append("\n" if self.lists else "\n\n")

    def _open_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if self.lists and number is not None:
            self.lists[-1] = number + 1
        indent = "  " * min(DEEPEST, max(0, len(self.lists) - 1))
        self.parts.append(f"\n{indent}{'-' if number is None else f'{number}.'} ")

    def _open_link(self, href: str) -> None:
        href = href.strip()
        is_safe = href.lower().startswith(("http://", "https://", "mailto:"))
        self.hrefs.append(quote(href, safe="%/:=&?~#+!$,;'@*[]") if is_safe else "")
        self.parts.append("[" if is_safe else "")

    def _close_link(self) -> None:
        href = self.hrefs.pop()
        self.parts.append(f"]({href})" if href else "")
