"""The schedule as XML, as frab, FOSDEM, pretalx and others of the field write it."""

import re
from datetime import time, tzinfo
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from sessions.exchange.reading import moments
from sessions.exchange.reading.facts import MOST_EVENTS, Day, Facts, Frame, event_of
from sessions.exchange.reading.frame import frame_of, room_of, schedule_of, track_of
from sessions.exchange.reading.refusals import RefusedSchedule
from sessions.exchange.schedule import Event, Room, Schedule

DEEPEST = 60
MOST_ELEMENTS = 400_000
MOST_SIGNS = 500_000  # "=", one for each attribute
CHUNK = 4 * 1024**2  # large: of a mark without end the parser reads all it has again with each piece
SAYS_UTF16 = re.compile(rb"""^\s*<\?xml[^>]*encoding=["'](utf-?16|ucs-?2)[^"']*["']""", re.IGNORECASE)


class Element:
    """One element with the line it begins on."""

    __slots__ = ("attributes", "children", "line", "tag", "texts")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag, self.attributes, self.line = tag, attributes, line
        self.children: list[Element] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.texts).strip()

    @property
    def where(self) -> str:
        return _("line %(line)s") % {"line": self.line}

    def all(self, tag: str) -> list["Element"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Element | None":
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str:
        found = self.first(tag)
        return found.text if found else ""


class TreeBuilder:
    """Builds elements from what the parser reports."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser: Any = None
        self.events = self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag.rpartition("}")[2], attributes, self.parser.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        elif element.tag != "schedule":
            words = _("this XML is no schedule: its first element is “%(tag)s”.") % {"tag": element.tag[:40]}
            raise RefusedSchedule(words, element.where)
        else:
            self.root = element
        self.open.append(element)
        self.events += element.tag == "event"
        self.elements += 1
        if len(self.open) > DEEPEST:
            raise RefusedSchedule(_("this XML is nested too deeply."), element.where)
        if self.elements > MOST_ELEMENTS:
            raise RefusedSchedule(_("this file has far more parts than a schedule."), element.where)
        if self.events > MOST_EVENTS:
            raise RefusedSchedule(_("more than %(limit)s events.") % {"limit": MOST_EVENTS}, element.where)

    def end(self, tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].texts.append(text)

    def close(self) -> "TreeBuilder":
        return self


def read(data: bytes, *, zone: tzinfo, frame: Frame) -> Schedule:
    """The schedule in this file; raises RefusedSchedule with the line of what is wrong."""
    root = parsed(data, frame)
    conference = facts_of(root.first("conference") or Element("conference", {}, root.line))
    bases = [conference.get("base_url"), root.value("base_url"), conference.get("url"), root.value("url")]
    generator = root.first("generator")
    frame_of(conference, bases, generator and generator.attributes.get("name"), zone, frame)
    change = moments.clock_of(conference.get("day_change"))
    events, rooms = read_days(root, frame, change)
    holder = root.first("conference") or root
    tracks = [track_of(named(element), frame) for element in holder.all("track")]
    return schedule_of(conference, root.value("version"), frame, rooms, filter(None, tracks), events)


def parsed(data: bytes, frame: Frame) -> Element:
    if data.count(b"=") > MOST_SIGNS:
        raise RefusedSchedule(_("this file has far more parts than a schedule."))
    builder = TreeBuilder()
    says_other = SAYS_UTF16.match(data[:200])  # and is none: its first bytes are plain letters
    builder.parser = DefusedXMLParser(
        target=builder, forbid_dtd=True, encoding="utf-8" if says_other else None
    )
    try:
        for start in range(0, len(data), CHUNK):
            builder.parser.feed(data[start : start + CHUNK])
        builder.parser.close()
    except RefusedSchedule:
        raise
    except (DefusedXmlException, ParseError, LookupError, ValueError) as error:
        raise refusal_of(error, builder) from error
    if says_other:
        frame.remarks.add("", _("the file says that it is UTF-16, and is read as the UTF-8 it is."))
    if builder.root is None:
        raise RefusedSchedule(_("this file is empty."))
    return builder.root


def refusal_of(error: Exception, builder: TreeBuilder) -> RefusedSchedule:
    if isinstance(error, DefusedXmlException):
        return RefusedSchedule(
            _("this XML brings a document type or entities of its own, which a schedule never needs.")
        )
    if not isinstance(error, ParseError):
        return RefusedSchedule(_("the encoding that this XML names is unknown or not its own."))
    return syntax_refusal(error, builder)


def syntax_refusal(error: ParseError, builder: TreeBuilder) -> RefusedSchedule:
    line, column = error.position
    place = _("line %(line)s, column %(column)s") % {"line": line, "column": column + 1}
    if error.code == 3:  # no element found: it ended too early
        return RefusedSchedule(
            _("the file ends in the middle; it was probably cut off while being sent."), place
        )
    inside = f" <{builder.open[-1].tag[:40]}>" if builder.open else ""
    return RefusedSchedule(_("this is no XML.") + inside, place)


def facts_of(element: Element) -> Facts:
    """Attributes and the texts of what is inside, each with its line."""
    lines = {child.tag: child.line for child in element.children}
    values: dict[str, Any] = {
        **element.attributes,
        **{child.tag: child.text for child in reversed(element.children)},
    }
    return Facts(values, lambda name: place(lines.get(name, element.line), name))


def place(line: int, name: str) -> str:
    words = _("line %(line)s") % {"line": line}
    return f"{words} ({name})" if name else words


def named(element: Element, name: str = "name") -> Facts:
    """An element whose own text is its name."""
    facts = facts_of(element)
    if element.text:
        facts.values.setdefault(name, element.text)
    return facts


def read_days(root: Element, frame: Frame, change: time | None) -> tuple[list[Event], list[Room]]:
    events: list[Event] = []
    rooms: list[Room] = []
    for element in root.all("day"):
        day = day_of(element, change)
        for holder in element.all("room"):
            room = room_of(facts_of(holder), frame)
            rooms += [room] if room else []
            name = holder.attributes.get("name", "")
            events += [read_event(event, frame, day, name) for event in holder.all("event")]
        events += [read_event(event, frame, day, "") for event in element.all("event")]
    return events, rooms


def day_of(element: Element, change: time | None) -> Day:
    given = element.attributes.get("date", "")
    found = moments.day_of(given)
    if given and not found:
        raise RefusedSchedule(_("“%(text)s” is no date.") % {"text": given[:60]}, element.where)
    begins = moments.clock_of(element.attributes.get("start", "")[11:16])
    return Day(found, next((clock for clock in (begins, change) if clock is not None), moments.DAY_CHANGE))


def read_event(element: Element, frame: Frame, day: Day, room: str) -> Event:
    facts = facts_of(element)
    facts.persons = [named(person) for person in inside(element, "persons", "person")]
    facts.links = [address_of(link) for link in inside(element, "links", "link")]
    facts.attachments = [address_of(item) for item in inside(element, "attachments", "attachment")]
    if recording := element.first("recording"):
        facts.values.setdefault("recording_license", recording.value("license"))
        facts.values.setdefault("do_not_record", recording.value("optout"))
    return event_of(facts, frame, day, room)


def inside(element: Element, holder: str, tag: str) -> list[Element]:
    return [found for group in element.all(holder) for found in group.all(tag)]


def address_of(element: Element) -> Facts:
    """A link whose text is its title, or its address where it has no other."""
    facts = named(element, "title")
    if not facts.get("href", "url") and element.text:
        facts.values["url"] = element.text
    return facts
