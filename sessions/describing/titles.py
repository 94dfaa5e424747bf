"""A title out of a file: what its author called it, and not what a program did.

Pure. In: the file's own title, and what stands on its first page. Out: one line, or "".
"""

import re

LONGEST = 300
LEAST_LETTERS = 3
# What programs write when nobody gave a title, in the languages of the library.
NO_TITLE = re.compile(
    r"(?:microsoft (?:powerpoint|word)\b.*"
    r"|(?:powerpoint|impress|keynote|google slides)?[\s-]*(?:presentation|presentatie|présentation|präsentation)"
    r"(?:[\s-]*(?:powerpoint|pptx?))?\s*\d*"
    r"|(?:untitled|naamloos|sans titre|ohne titel|unbenannt)\b.{0,20}"
    r"|(?:slide|dia|diapositive|folie|page|pagina|seite)\s*\d*"
    r"|(?:document|doc)\s*\d*"
    r"|title|titel|titre|click to .*|klik om .*|cliquez .*)",
    re.IGNORECASE,
)
FILE_NAME = re.compile(r"\.(?:pdf|pptx?|ppsx?|odp|odt|docx?|key|indd|tex|dvi|ps)$", re.IGNORECASE)


def title_of(said: str = "", first_title: str = "", first_text: str = "") -> str:
    """The file's own title, else that of its first page, else the first line that says something."""
    for candidate in (said, first_title, *first_text.splitlines()):
        line = " ".join(candidate.split())
        if is_title(line):
            return line[:LONGEST].rstrip()
    return ""


def is_title(line: str) -> bool:
    letters = sum(letter.isalpha() for letter in line)
    return letters >= LEAST_LETTERS and not NO_TITLE.fullmatch(line) and not FILE_NAME.search(line)


def title_from_name(name: str) -> str:
    """Words out of a file name, for whoever gives several files at once: "my_slides-v2.pdf" is "my slides v2"."""
    stem = FILE_NAME.sub("", name)
    return " ".join(re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", stem).split())[:LONGEST]
