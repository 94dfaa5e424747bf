"""A work of the library as a reference manager takes it in: BibTeX, RIS and CSL-JSON.

Pure. In: a `Work`. Out: text (BibTeX, RIS) or a dict that json.dumps() takes (CSL-JSON); what is not known is not said.

Sources of the formats: Oren Patashnik, "BibTeXing" (1988), for entries, names and braces; "RIS Format Specifications",
Research Information Systems (2001, tags as Zotero and EndNote read them today); the CSL-JSON schema of the Citation
Style Language, https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

Medium = Literal["slides", "paper", "video", "audio", "other", "book"]
CSL_TYPES = {"paper": "paper-conference", "video": "motion_picture", "audio": "speech", "book": "book"}
RIS_TYPES = {"paper": "CPAPER", "video": "VIDEO", "audio": "SOUND", "book": "BOOK", "slides": "SLIDE"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What stands before a family name and belongs to it.
PARTICLES = frozenset(
    [
        "af",
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "op",
        "ten",
        "ter",
        "te",
        "van",
        "vande",
        "vanden",
        "vander",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "'t",
    ]
)
# A backslash before a brace does not stop BibTeX from counting it, so braces get a name.
TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "#": r"\#", "$": r"\$",
    "%": r"\%", "&": r"\&", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What is cited. `issued` is a year, or a year and month, or a whole date: (2024,), (2024, 5), (2024, 5, 17)."""

    guid: str
    title: str
    url: str
    medium: Medium = "slides"
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    issued: tuple[int, ...] = ()
    event: str = ""
    place: str = ""
    publisher: str = ""
    language: str = ""
    licence: str = ""
    doi: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = field(default_factory=tuple)


def family_and_given(name: str) -> tuple[str, str]:
    """The two halves of a printed name; of a single word, or of many that nobody can tell apart, all is family.

    "Ann Van den Berg" is ("Van den Berg", "Ann"), and so is "Van den Berg, Ann".
    """
    if "," in name:
        family, _comma, given = name.partition(",")
        return one_line(family), one_line(given)
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return " ".join(words[first:]), " ".join(words[:first])


def one_line(text: str) -> str:
    """Without what no line of a file can hold."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


# --- BibTeX ---


def bibtex(work: Work) -> str:
    is_book = work.medium == "book"
    where = ", ".join(filter(None, (work.event, work.place)))
    fields = {
        "author": " and ".join(map(tex_name, work.authors)),
        "editor": " and ".join(map(tex_name, work.editors)),
        "title": f"{{{tex(work.title)}}}",  # the second pair keeps capitals
        "howpublished": "" if is_book else tex(where),
        "publisher": tex(work.publisher),
        "year": str(work.issued[0]) if work.issued else "",
        "month": MONTHS[work.issued[1] - 1] if len(work.issued) > 1 else "",
        "language": tex(work.language),
        "keywords": tex(", ".join(work.topics)),
        "note": tex(work.licence),
        "abstract": tex(work.abstract),
        "doi": tex_address(work.doi),
        "url": tex_address(work.url),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and name != "month"]
    if fields["month"]:
        lines.append(f"  month = {fields['month']},")  # a word that every style knows, so without braces
    return "\n".join([f"@{'book' if is_book else 'misc'}{{{cite_key(work)},", *lines, "}", ""])


def tex(text: str) -> str:
    return "".join(TEX.get(letter, letter) for letter in one_line(text))


def tex_address(address: str) -> str:
    """Read letter by letter by the styles, so braces and blanks are written as in an address."""
    return quote(one_line(address), safe=":/?#[]@!$&'()*+,;=%-._~")


def tex_name(name: str) -> str:
    """Family name first, so that BibTeX need not guess; a single name stays whole."""
    family, given = family_and_given(name)
    family = f"{{{tex(family)}}}" if not given or " and " in f" {family} ".lower() else tex(family)
    given = f"{{{tex(given)}}}" if " and " in f" {given} ".lower() else tex(given)
    return f"{family}, {given}" if given else family


def cite_key(work: Work) -> str:
    """The same for the same work at all times: family name, year, and the beginning of its guid."""
    people = work.authors or work.editors or (work.title,)
    letters = unicodedata.normalize("NFKD", family_and_given(people[0])[0]).encode("ascii", "ignore").decode()
    family = re.sub(r"[^a-z]", "", letters.lower())[:24] or "work"
    return f"{family}{work.issued[0] if work.issued else ''}-{re.sub(r'[^0-9A-Za-z]', '', work.guid)[:8]}"


# --- RIS ---


def ris(work: Work) -> str:
    pairs = [
        ("TY", RIS_TYPES.get(work.medium, "GEN")),
        ("ID", cite_key(work)),
        *(("AU", ris_name(name)) for name in work.authors),
        *(("ED", ris_name(name)) for name in work.editors),
        ("TI", work.title),
        ("T2", work.event),
        ("CY", work.place),
        ("PY", str(work.issued[0]) if work.issued else ""),
        ("DA", ris_date(work.issued)),
        ("PB", work.publisher),
        ("LA", work.language),
        *(("KW", topic) for topic in work.topics),
        ("AB", work.abstract),
        ("N1", work.licence),
        ("DO", work.doi),
        ("UR", work.url),
    ]
    said = [(tag, one_line(value)) for tag, value in pairs]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in said if value) + "ER  - \r\n"


def ris_name(name: str) -> str:
    family, given = family_and_given(name)
    return f"{family}, {given}" if given else family


def ris_date(issued: tuple[int, ...]) -> str:
    """YYYY/MM/DD/ with what is not known left empty."""
    parts = [f"{issued[0]:04}", *(f"{part:02}" for part in issued[1:]), "", ""] if issued else []
    return "/".join(parts[:3]) + "/" if parts else ""


# --- CSL-JSON ---


def csl(work: Work) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": cite_key(work),
        "type": CSL_TYPES.get(work.medium, "speech" if work.medium == "slides" else "document"),
        "title": one_line(work.title),
        "author": [csl_name(name) for name in work.authors],
        "editor": [csl_name(name) for name in work.editors],
        "issued": {"date-parts": [list(work.issued)]} if work.issued else {},
        "event-title": one_line(work.event),
        "event-place": one_line(work.place),
        "publisher": one_line(work.publisher),
        "language": work.language,
        "license": one_line(work.licence),
        "keyword": ", ".join(map(one_line, work.topics)),
        "abstract": one_line(work.abstract),
        "DOI": work.doi,
        "URL": work.url,
    }
    return {name: value for name, value in said.items() if value}


def csl_name(name: str) -> dict[str, str]:
    family, given = family_and_given(name)
    return {"family": family, "given": given} if given else {"literal": family}
