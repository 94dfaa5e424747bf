"""How words are laid out over the pages of a made document."""

from collections.abc import Sequence


def spread(title: str, lines: Sequence[str], count: int) -> list[tuple[str, list[str]]]:
    """A heading and its share of the lines for each page."""
    count = max(1, count)
    share = -(-len(lines) // count)
    pages = []
    for number in range(count):
        part = [plain(line) for line in lines[number * share : (number + 1) * share]]
        pages.append((plain(title) if not number else f"{plain(title)} ({number + 1})", part))
    return pages


def plain(text: str) -> str:
    """The text on one line, without the characters that XML cannot hold."""
    words = " ".join(text.split())
    return "".join(character for character in words if character.isprintable() or character == " ")
