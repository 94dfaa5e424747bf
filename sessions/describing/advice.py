"""Words for what `sessions.files.accessibility` finds: advice for the speaker, and what readers should know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions.files import accessibility as found
from sessions.models import PresentationFile, Preview

NAMED = 12  # pages that are named; more are only counted


@dataclass(frozen=True)
class Advice:
    """One thing to mend: what is the matter, where, and how it is done."""

    key: str
    what: str
    where: str  # "pages 2, 3 and 7", or nothing for the whole file
    how: str


WHAT: dict[str, Any] = {
    found.TITLE: gettext_lazy("The file has no title of its own."),
    found.LANGUAGE: gettext_lazy("The file does not say in which language it is."),
    found.TEXT: gettext_lazy("Pages are only a picture: their words can be neither read aloud nor found."),
    found.ALTERNATIVES: gettext_lazy("Pictures have no description."),
    found.HEADINGS: gettext_lazy("Titles are missing."),
    found.TAGS: gettext_lazy("The PDF is not tagged: a screen reader cannot tell a heading from a list."),
}
HOW: dict[str, Any] = {
    found.TITLE: gettext_lazy("Give it one in the properties of the file; it is what a reader hears first."),
    found.LANGUAGE: gettext_lazy("Set the language of the text, so that it is read aloud in the right voice."),
    found.TEXT: gettext_lazy("Use real text instead of a picture of it, or let a scanner program recognise the words."),
    found.ALTERNATIVES: gettext_lazy("Add an alternative text that says what the picture shows, or mark it as decoration."),
    found.HEADINGS: gettext_lazy("Give each slide its own title, and each part of a text a heading, in the layout made for it."),
    found.TAGS: gettext_lazy("Export it again with tags: in PowerPoint and Word by “Document structure tags”, in LibreOffice by “Tagged PDF”."),
}  # fmt: skip
FOR_READERS: dict[str, Any] = {
    found.LANGUAGE: gettext_lazy("does not say in which language it is"),
    found.TEXT: gettext_lazy("has pages that are only a picture"),
    found.ALTERNATIVES: gettext_lazy("has pictures without description"),
    found.HEADINGS: gettext_lazy("lacks titles"),
    found.TAGS: gettext_lazy("has no structure for screen readers"),
}


def advice_on(version: PresentationFile | None) -> list[Advice]:
    """What its speaker may do for readers; nothing while the file was not examined."""
    preview = version.preview if version else None
    return advice_for(preview.findings) if preview and was_examined(preview) else []


def advice_for(findings: Mapping[str, list[int]]) -> list[Advice]:
    return [
        Advice(key, str(WHAT[key]), pages_in_words(findings[key]), str(HOW[key]))
        for key in found.KEYS
        if key in findings
    ]


def label_for(preview: Preview | None) -> str:
    """One sentence for readers; nothing about a file that nobody could examine."""
    if preview is None or not was_examined(preview):
        return ""
    said = [str(FOR_READERS[key]) for key in found.KEYS if key in preview.findings and key in FOR_READERS]
    if not said:
        return _("Checked: it can be read aloud, its pictures are described and its parts are named.")
    return _("For readers with a screen reader: this file %(findings)s.") % {"findings": ", ".join(said)}


def was_examined(preview: Preview | None) -> bool:
    return bool(preview) and preview.state == Preview.State.DONE and preview.format in found.EXAMINED_FORMATS  # type: ignore[union-attr]


def pages_in_words(pages: list[int]) -> str:
    if not pages:
        return ""
    named = ", ".join(map(str, pages[:NAMED])) + ("…" if len(pages) > NAMED else "")
    words = ngettext("Page %(pages)s", "%(count)s pages: %(pages)s", len(pages))
    return words % {"pages": named, "count": len(pages)}
