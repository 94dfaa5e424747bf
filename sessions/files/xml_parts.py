"""XML from strangers: parsed without entities, document types or anything fetched."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element  # the type; parsing is left to defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext_lazy as _

from sessions.files.refusals import RefusedFile

ENTITY_MARKS = (b"<!ENTITY", "<!ENTITY".encode("utf-16-le"))  # the second is found in both byte orders
DOCTYPE_MARKS = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"))
OVERLAP = max(len(mark) for mark in ENTITY_MARKS + DOCTYPE_MARKS)

HAS_ENTITIES = _(
    "This file defines its own XML entities, which office programs never do. "
    "Open it in the program that made it, save it under a new name, and upload that file."
)
BROKEN_XML = _(
    "A part of this file is not readable. "
    "Open it in the program that made it, save it under a new name, and upload that file."
)


class Elements:
    """Collects the tag (without namespace) and attributes of every element it is asked for."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.root = ""
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self.root = self.root or name
        if name in self.wanted:
            self.found.append((name, dict(attributes)))

    def close(self) -> "Elements":
        return self


def elements(chunks: Iterable[bytes], *wanted: str, allow_doctype: bool = False) -> Elements:
    """Read the whole part in pieces; only the wanted elements are kept in memory."""
    collector = Elements(frozenset(wanted))
    parser = DefusedXMLParser(target=collector, forbid_dtd=not allow_doctype)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise RefusedFile(HAS_ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile(BROKEN_XML) from error
    return collector


class EntityWatch:
    """Looks for entity definitions in parts we never parse but others will."""

    def __init__(self, *, allow_doctype: bool) -> None:
        self.marks = ENTITY_MARKS if allow_doctype else ENTITY_MARKS + DOCTYPE_MARKS
        self.tail = b""

    def feed(self, chunk: bytes) -> None:
        window = self.tail + chunk
        if any(mark in window for mark in self.marks):
            raise RefusedFile(HAS_ENTITIES)
        self.tail = window[-OVERLAP:]


def tree(chunks: Iterable[bytes], *, allow_doctype: bool = False) -> Element:
    """The whole part as elements, for parts that were measured and checked before."""
    parser = DefusedXMLParser(forbid_dtd=not allow_doctype)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        return parser.close()
    except DefusedXmlException as error:
        raise RefusedFile(HAS_ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise RefusedFile(BROKEN_XML) from error
