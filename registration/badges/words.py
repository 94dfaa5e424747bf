"""Names as a badge can carry them: one line of clean letters, their direction, and where they stand in the alphabet."""

import unicodedata

LONGEST_WORD = 24  # letters; a longer one may be torn anywhere
ZERO_WIDTH_SPACE = "\u200b"
# What holds letters and emoji together; all other characters without a shape are dropped.
JOINERS = {"\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080))}
RIGHT_TO_LEFT = ("R", "AL")


def cleaned(words: str) -> str:
    """Composed, on one line, without control characters and signs that turn the direction of others."""
    spaced = " ".join(unicodedata.normalize("NFC", words).split())
    return "".join(letter for letter in spaced if letter in JOINERS or unicodedata.category(letter)[0] != "C")


def breakable(words: str) -> str:
    """With places where a very long word may go on in the next line."""
    return " ".join(torn(word) if len(word) > LONGEST_WORD else word for word in cleaned(words).split(" "))


def torn(word: str) -> str:
    """Between letters, but never inside of one that is made of several characters."""
    return ZERO_WIDTH_SPACE.join(clusters(word))


def clusters(word: str) -> list[str]:
    pieces: list[str] = []
    for letter in word:
        joins = (
            letter in JOINERS
            or unicodedata.category(letter)[0] == "M"
            or "\U0001f3fb" <= letter <= "\U0001f3ff"
        )
        if pieces and (joins or pieces[-1][-1] == "\u200d"):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def direction_of(words: str) -> str:
    """Of its first letter that has one."""
    for letter in words:
        if (kind := unicodedata.bidirectional(letter)) in ("L", *RIGHT_TO_LEFT):
            return "rtl" if kind in RIGHT_TO_LEFT else "ltr"
    return "ltr"


def sorted_by(name: str, *, by_last_word: bool) -> str:
    """Without accents and case, so that Å stands with A; by the family name as far as that is the last word."""
    words = cleaned(name).split(" ")
    ordered = [words[-1], *words[:-1]] if by_last_word else words
    apart = unicodedata.normalize("NFKD", " ".join(ordered).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def is_within(key: str, first: str, last: str) -> bool:
    """From “a” to “br”, both included; an empty end is open."""
    return key[: len(first)] >= first and (not last or key[: len(last)] <= last)
