"""Markdown as data for the typesetter: a list of blocks, each a dict with a `kind`; no text is ever markup.

Blocks: heading (level, parts), paragraph (parts), list (items), enum (start, items), quote (parts), code (text),
table (columns, head, rows) and rule; an item is a list of blocks. Parts: text, strong, em, code, break and
link (to). Headings go from level 3 on, below the session's own, and never leave out a level, as PDF/UA asks.
"""

import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from conference.markdown import RENDERER, SCHEMES

FIRST_LEVEL, LAST_LEVEL = 3, 5
DEEPEST = 5  # lists, quotations and emphasis inside each other
# Nothing that is printed: control characters, marks that turn the direction of a text, private and lone code points.
UNPRINTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U0010ffff]"
)
LONG_WORD = re.compile(r"\S{31,}")
PIECE = re.compile(r"\S{24}(?=\S)")
ZERO_WIDTH_SPACE = "\u200b"

Block = dict[str, Any]


def plain(text: str | None) -> str:
    """A text of one line, ready to print; a word that no line can hold may be broken anywhere."""
    return breakable(" ".join(UNPRINTED.sub("", text or "").split()))


def breakable(text: str) -> str:
    return LONG_WORD.sub(lambda word: PIECE.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", word[0]), text)


def shortened(text: str, most: int) -> tuple[str, bool]:
    """At most so many characters, up to the end of a paragraph, a line or a word; and whether that left any out."""
    if len(text) <= most:
        return text, False
    start = text[:most]
    for end in ("\n\n", "\n", " "):
        kept = start.rpartition(end)[0]
        if len(kept) > most / 2:
            return kept, True
    return start, True


def blocks_of(text: str, first: int = FIRST_LEVEL) -> list[Block]:
    """The blocks of a text whose headings stand from level `first` on."""
    # The library reads a NUL as U+FFFD, and a tab as part of its indentation: both are gone before it looks.
    tree = SyntaxTreeNode(RENDERER.parse(UNPRINTED.sub("", text.replace("\r", "\n").replace("\t", "    "))))
    blocks = _blocks(tree)
    _lower_headings(blocks, first - 1, first)
    return blocks


def _blocks(node: SyntaxTreeNode, depth: int = 0) -> list[Block]:
    """What stands in a node; what is nested deeper than the typesetter can follow stands there without its frame."""
    blocks: list[Block] = []
    for child in node.children:
        if child.type in LEAVES:
            blocks.append(LEAVES[child.type](child))
        elif child.type in FRAMES and depth < DEEPEST:
            blocks.append(FRAMES[child.type](child, depth + 1))
        else:
            blocks += _blocks(child, depth)
    return blocks


def _paragraph(node: SyntaxTreeNode) -> Block:
    return {"kind": "paragraph", "parts": _parts_in(node)}


def _heading(node: SyntaxTreeNode) -> Block:
    return {"kind": "heading", "level": int(node.tag[1]), "parts": _parts_in(node)}


def _code(node: SyntaxTreeNode) -> Block:
    return {"kind": "code", "text": breakable(node.content.rstrip("\n"))}


def _table(node: SyntaxTreeNode) -> Block:
    rows = [[_parts_in(cell) for cell in row.children] for part in node.children for row in part.children]
    return {"kind": "table", "columns": len(rows[0]), "head": rows[0], "rows": rows[1:]}


def _items(node: SyntaxTreeNode, depth: int) -> Block:
    return {"kind": "list", "items": [_blocks(item, depth) for item in node.children]}


def _numbered(node: SyntaxTreeNode, depth: int) -> Block:
    return {**_items(node, depth), "kind": "enum", "start": int(node.attrs.get("start", 1))}


def _quote(node: SyntaxTreeNode, depth: int) -> Block:
    return {"kind": "quote", "parts": _blocks(node, depth)}


LEAVES = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code_block": _code,
    "fence": _code,
    "table": _table,
    "hr": lambda _node: {"kind": "rule"},
}
FRAMES = {"bullet_list": _items, "ordered_list": _numbered, "blockquote": _quote}


def _parts_in(node: SyntaxTreeNode) -> list[Block]:
    """What stands in a paragraph, a heading or a cell, all of which hold one line of text."""
    return [part for line in node.children for child in line.children for part in _part(child)]


def _part(node: SyntaxTreeNode, depth: int = 0) -> list[Block]:
    if node.type in ("text", "code_inline"):
        kind = "text" if node.type == "text" else "code"
        return [{"kind": kind, "text": breakable(node.content)}] if node.content else []
    if node.type in BREAKS:
        return [BREAKS[node.type]]
    inner = [part for child in node.children for part in _part(child, depth + 1)]
    if node.type in ("strong", "em") and depth < DEEPEST:
        return [{"kind": node.type, "parts": inner}]
    to = str(node.attrs.get("href", ""))
    if node.type == "link" and inner and to.split(":")[0].lower() in SCHEMES:
        return [{"kind": "link", "to": to, "parts": inner}]
    return inner


BREAKS = {"softbreak": {"kind": "text", "text": " "}, "hardbreak": {"kind": "break"}}


def _lower_headings(blocks: list[Block], above: int, first: int) -> int:
    """The first heading comes right below the session's; a later one is at most one level below that before it."""
    levels = sorted({block["level"] for block in blocks if block["kind"] == "heading"})
    for block in blocks:
        if block["kind"] == "heading":
            wanted = first + levels.index(block["level"])
            above = block["level"] = min(wanted, above + 1, LAST_LEVEL)
        elif block["kind"] == "quote":
            above = _lower_headings(block["parts"], above, first)
        elif block["kind"] in ("list", "enum"):
            for item in block["items"]:
                above = _lower_headings(item, above, first)
    return above
