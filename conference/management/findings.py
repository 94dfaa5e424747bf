"""What the doctor says of a part of the site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    part: str
    is_wrong: bool
    words: str  # what is so; if wrong, what to do


def good(part: str, words: str) -> Finding:
    return Finding(part, False, words)


def wrong(part: str, words: str) -> Finding:
    return Finding(part, True, words)
