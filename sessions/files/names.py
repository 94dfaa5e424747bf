"""File names as people typed them, made fit for a page and for a header."""

import unicodedata
from urllib.parse import quote

MAX_LENGTH = 150
MAX_EXTENSION = 10
NAMELESS = "document"
FORBIDDEN = frozenset('<>:"|?*')  # not allowed in file names on Windows
JOINERS = frozenset("\u200c\u200d")  # the only invisible characters that words and emoji need
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)


def safe_name(name: str) -> str:
    """The name without folders, control characters and tricks of direction; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    text = unicodedata.normalize("NFC", "".join(_clean(character) for character in last))
    text = " ".join(text.split()).rstrip(". ")
    stem, extension = _split(text)
    stem = stem[: MAX_LENGTH - len(extension) - 1].strip(". ") or NAMELESS
    if stem.split(".")[0].casefold() in RESERVED:
        stem = f"_{stem}"
    return f"{stem}{extension}"


def extension_of(name: str) -> str:
    """The ending in lower case with its dot, or nothing."""
    return _split(safe_name(name))[1].lower()


def content_disposition(name: str) -> str:
    """An attachment header with a plain fallback for old programs (RFC 6266)."""
    clean = safe_name(name)
    plain = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode()
    plain = "".join(character if character.isprintable() else "_" for character in plain)
    plain = safe_name(plain.replace("%", "_").replace(";", "_").replace("'", "_").replace("/", "_"))
    if plain == clean:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _clean(character: str) -> str:
    if character in FORBIDDEN:
        return "-"
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\r\n":
        return " "
    return "" if category[0] == "C" and character not in JOINERS else character


def _split(text: str) -> tuple[str, str]:
    stem, dot, extension = text.rpartition(".")
    if not extension.isalnum() or not dot or len(extension) > MAX_EXTENSION:
        return text, ""
    return stem, f".{extension}"
