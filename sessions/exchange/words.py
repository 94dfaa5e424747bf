"""What exchange formats want of words: allowed characters, addresses, acronyms, lengths of time."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NOT_IN_ACRONYMS = re.compile(r"[^a-z0-9_]")
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def clean(words: str) -> str:
    """Without the control characters that XML forbids or that no reader should meet; line ends as LF."""
    if words.isprintable():  # most are, and this is quick to find out
        return words
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub("", words)


def acronym_of(words: str) -> str:
    """At least four of a–z, 0–9 and _, which suits schema.json and the XSD."""
    return NOT_IN_ACRONYMS.sub("_", words.lower()).ljust(4, "_")


def web_address(words: str) -> str:
    """The address if it is one of the web and whole, else nothing."""
    return words if WEB.fullmatch(words) else ""


def hours(minutes: int) -> str:
    """“01:30”; more than a day goes on counting: “26:00”."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
