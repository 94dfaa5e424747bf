"""What stands around a session on its page: links, topics, what runs at the same time, what is akin. One query."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, DateTimeField, Exists, Q, QuerySet, Value
from django.db.models.functions import Cast

from conference.addresses import address
from conference.models import Edition
from conference.translated_columns import in_language
from sessions.models import Kind, Session, SessionLink, Slot, Topic
from sessions.outline import Entry, Time

MOST_BESIDE = 12
MOST_AKIN = 6
# What floors above keep for a session: branches of the same union, made with `marked`.
BRANCHES: "list[Callable[[Session], QuerySet]]" = []


@dataclass(frozen=True)
class Neighbour:
    """Another session, as a link says it; of which edition only where it is another one."""

    title: str
    url: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    edition: str = ""


@dataclass
class Surroundings:
    links: list[tuple[str, str]] = field(default_factory=list)  # title and address
    attachments: list[tuple[str, str]] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)
    beside: list[Neighbour] = field(default_factory=list)
    akin: list[Neighbour] = field(default_factory=list)
    cancelled_times: list[Time] = field(default_factory=list)
    above: set[str] = field(default_factory=set)  # what floors above have to show, by name


@dataclass(frozen=True)
class Row:
    """One row of the union; what its columns hold depends on the first."""

    what: str
    starts_at: datetime | None
    ends_at: datetime | None
    title: str
    address: str  # a slug, or a whole address
    kind: str
    room: str  # of a link its position
    edition: str  # its slug
    edition_title: str


def surroundings_of(entry: Entry, edition: Edition) -> Surroundings:
    session = entry.session
    parts = [cancelled_slots(session), links_of(session), topics_of(session), akin_to(session)]
    parts += [branch(session) for branch in BRANCHES]
    if entry.times:
        parts.append(beside(entry, edition))
    first, *others = parts
    rows = [Row(*values) for values in first.union(*others, all=True)]
    found = Surroundings()
    for row in sorted(rows, key=lambda row: int(row.room) if row.what == "link" else 0):
        take_in(found, row, edition)
    found.topics.sort()
    found.beside = sorted(found.beside, key=lambda one: (one.starts_at, one.room, one.title))[:MOST_BESIDE]
    found.akin = nearest([row for row in rows if row.what == "akin"], edition)
    return found


def take_in(found: Surroundings, row: Row, edition: Edition) -> None:
    if row.what == "cancelled" and row.starts_at and row.ends_at:
        found.cancelled_times.append(Time(row.starts_at, row.ends_at, row.room))
    elif row.what == "link":
        shelf = found.links if row.kind == SessionLink.Kind.LINK else found.attachments
        shelf.append((row.title or row.address, row.address))
    elif row.what == "topic":
        query = urlencode({"topic": row.address})
        found.topics.append((row.title, f"{address('sessions:programme', edition.slug)}?{query}"))
    elif row.what == "beside":
        found.beside.append(neighbour(row, edition))
    elif row.what != "akin":
        found.above.add(row.what)


def nearest(rows: Iterable[Row], edition: Edition) -> list[Neighbour]:
    """Those of this edition first, then those that share the most topics, of the latest edition; each once."""
    shared = Counter(rows)

    def order(row: Row) -> tuple[Any, ...]:
        began = row.starts_at.timestamp() if row.starts_at else 0
        return row.edition != edition.slug, -shared[row], -began, row.title

    return [neighbour(row, edition) for row in sorted(shared, key=order)[:MOST_AKIN]]


def neighbour(row: Row, edition: Edition) -> Neighbour:
    name = "sessions:workshop" if row.kind == Kind.WORKSHOP else "sessions:session"
    elsewhere = row.edition_title if row.edition != edition.slug else ""
    url = address(name, row.edition, row.address)
    return Neighbour(row.title, url, row.starts_at, row.ends_at, row.room or "", elsewhere)


# --- The branches of the union: the same columns, in the order of Row ---


def nothing() -> Value:
    return Value("", output_field=CharField())


def never() -> Cast:
    return Cast(Value(None), DateTimeField())


def columns(rows: QuerySet, what: str, *values: Any) -> QuerySet:
    """The title's own column is meant, not that of a language: which one is said by `in_language`."""
    said = Value(what, output_field=CharField())
    return rows.order_by().values_list(said, *values)


def marked(session: Session, name: str, there_is: Exists) -> QuerySet:
    """A row of that name if there is such a thing; for `BRANCHES`."""
    words = [nothing() for _column in range(6)]
    rows = Session.objects.rewrite(False).filter(there_is, pk=session.pk)
    return columns(rows, name, never(), never(), *words)


def cancelled_slots(session: Session) -> QuerySet:
    slots = Slot.objects.rewrite(False).cancelled().filter(session=session.pk, starts_at__isnull=False)
    words: list[Any] = [nothing(), nothing(), nothing(), in_language("room_name"), nothing(), nothing()]
    return columns(slots, "cancelled", "starts_at", "ends_at", *words)


def links_of(session: Session) -> QuerySet:
    words: list[Any] = ["title", "url", "kind", Cast("position", CharField()), nothing(), nothing()]
    return columns(SessionLink.objects.filter(session=session.pk), "link", never(), never(), *words)


def topics_of(session: Session) -> QuerySet:
    words: list[Any] = [in_language("name"), "slug", nothing(), nothing(), nothing(), nothing()]
    topics = Topic.objects.rewrite(False).filter(sessions=session.pk)
    return columns(topics, "topic", never(), never(), *words)


def beside(entry: Entry, edition: Edition) -> QuerySet:
    """What else is released at the same time; breaks and the session's own parts are no choice."""
    moments = Q()
    for time in entry.times:
        moments |= Q(starts_at__lt=time.ends_at, ends_at__gt=time.starts_at)
    own = [entry.session.pk, *([entry.session.part_of_id] if entry.session.part_of_id else [])]
    slots = Slot.objects.rewrite(False).released().filter(moments, session__edition=edition)
    slots = slots.filter(session__status=Session.Status.PUBLISHED).exclude(session__kind=Kind.BREAK)
    slots = slots.exclude(session__in=own).exclude(session__part_of=entry.session.pk)
    words: list[Any] = [in_language("title"), "session__slug", "session__kind", in_language("room_name")]
    return columns(
        slots, "beside", "starts_at", "ends_at", *words, "session__edition__slug", nothing()
    )  # fmt: skip


def akin_to(session: Session) -> QuerySet:
    """A row for each topic that another session shares."""
    own = Topic.objects.filter(sessions=session.pk).order_by().values("pk")
    others = Session.objects.rewrite(False).published().filter(topics__in=own).exclude(pk=session.pk)
    began = Cast("edition__starts_on", DateTimeField())
    words: list[Any] = [in_language("title"), "slug", "kind", nothing(), "edition__slug"]
    return columns(others, "akin", began, never(), *words, in_language("edition__short_title"))
