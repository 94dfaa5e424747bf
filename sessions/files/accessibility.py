"""What stands in the way of somebody who listens to a file, enlarges it or reads it on a small screen.

Pure: no settings, no database, no network. It runs in the child process that makes previews, after the checks of an
upload and within that child's limits. In: the file as a binary stream and its format. Out: `Examined`, whose findings
are a dictionary of the keys below with the numbers of the pages, from 1; an empty list means the whole file. Words for
the findings stand in `sessions.describing.advice`. A file that cannot be read raises RefusedFile or PdfiumError.

Sources: PDF/UA-1 (ISO 14289-1) 7.1 to 7.3 for tags, title, language and alternative texts; WCAG 2.2, success criteria
1.1.1, 2.4.2, 3.1.1; Office Open XML (ECMA-376) 19.3 and 20.1; OpenDocument 1.3, part 3, 5.1 and 10.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

TITLE = "title"  # the file does not say what it is called
LANGUAGE = "language"  # nor in which language it is, so it is read aloud in the wrong one
TEXT = "text"  # pages that are pictures: nothing to read aloud, to find or to copy
ALTERNATIVES = "alternatives"  # pictures that nobody described
HEADINGS = "headings"  # slides without a title, or a long text without headings
TAGS = "tags"  # a PDF that does not say what is a heading, a list or a table
KEYS = (TITLE, LANGUAGE, TEXT, ALTERNATIVES, HEADINGS, TAGS)

EXAMINED_FORMATS = frozenset({"pdf", "pptx", "odp", "docx", "odt"})
MOST_PAGES = 500  # named in a finding
PICTURE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|bmp|tiff?|svg|emf|wmf|webp|heic)", re.IGNORECASE)

Findings = dict[str, list[int]]


@dataclass(frozen=True)
class Examined:
    title: str = ""  # as the file says, and not yet judged
    language: str = ""  # a code, as the file says: "nl" or "nl-BE"
    findings: Findings = field(default_factory=dict)


def examine(file: BinaryIO, file_format: str) -> Examined:
    """Everything found in the file; nothing about a format that only its own program reads."""
    if file_format == "pdf":
        from sessions.files.accessible_pdf import examine_pdf_file

        return examine_pdf_file(file)
    if file_format not in EXAMINED_FORMATS:
        return Examined()
    from sessions.files import accessible_odf, accessible_ooxml
    from sessions.files.container import Allowance, Container

    container = Container(file, Allowance())
    readers = {
        "pptx": accessible_ooxml.examine_slides,
        "docx": accessible_ooxml.examine_text,
        "odp": accessible_odf.examine_slides,
        "odt": accessible_odf.examine_text,
    }
    return readers[file_format](container)


def examined(title: str, language: str, **pages: list[int] | bool) -> Examined:
    """From what was found: a list of pages, or True for the whole file; an empty list or False is no finding."""
    title, language = " ".join(title.split()), language.strip()
    found: dict[str, list[int] | bool] = {TITLE: not title, LANGUAGE: not language, **pages}
    findings = {
        key: [] if found[key] is True else sorted(set(found[key]))[:MOST_PAGES]  # type: ignore[arg-type]
        for key in KEYS
        if found.get(key)
    }
    return Examined(title=title, language=language, findings=findings)


def is_description(text: str | None) -> bool:
    """Programs fill in the name of the picture's file, which describes nothing."""
    words = " ".join((text or "").split())
    return bool(words) and not PICTURE_NAME.fullmatch(words)


def prevailing(languages: Counter[str]) -> str:
    """The language of most of the text."""
    known = [
        (count, code) for code, count in languages.items() if code and code.lower() not in ("none", "zxx")
    ]
    return max(known)[1] if known else ""
