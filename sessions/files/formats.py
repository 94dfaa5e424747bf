"""The document formats a session may offer."""

from dataclasses import dataclass

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Format:
    name: str
    content_type: str

    @property
    def extension(self) -> str:
        return f".{self.name}"


FORMATS = {
    name: Format(name, content_type)
    for name, content_type in {
        "pdf": "application/pdf",
        "pptx": f"{OOXML}.presentationml.presentation",
        "odp": f"{ODF}.presentation",
        "key": "application/vnd.apple.keynote",
        "docx": f"{OOXML}.wordprocessingml.document",
        "odt": f"{ODF}.text",
    }.items()
}

# The part that makes an office package a presentation or a text, as its content type.
OOXML_MAIN_PARTS = {
    f"{OOXML}.presentationml.presentation.main+xml": "pptx",
    f"{OOXML}.wordprocessingml.document.main+xml": "docx",
}
ODF_TYPES = {FORMATS[name].content_type: name for name in ("odp", "odt")}
