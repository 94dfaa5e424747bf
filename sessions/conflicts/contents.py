"""Rules about people, places and what is missing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.conflicts.draft import Draft
from sessions.conflicts.registry import Finding, rule
from sessions.conflicts.times import by_speaker
from sessions.conflicts.words import room_of, time_of, title_of
from sessions.models import Kind, Session


@rule("not_available", gettext_lazy("Speaker not available"))
def not_available(draft: Draft) -> Iterator[Finding]:
    """Who entered no times can always come."""
    for speaker, slots in by_speaker(draft):
        times = draft.available.get(speaker.pk)
        if not times:
            continue
        for slot in slots:
            if any(start <= slot.starts_at and end >= slot.ends_at for start, end in times):
                continue
            words = _("%(name)s is not available for all of “%(title)s” on %(when)s.")
            names = {"name": speaker.name, "title": title_of(slot.session), "when": time_of(draft, slot)}
            yield Finding(words % names, slots=[slot])


@rule("room_small", gettext_lazy("Room smaller than the places"))
def room_small(draft: Draft) -> Iterator[Finding]:
    for slot in draft.slots:
        places, room = slot.session.capacity, slot.room
        if places and room and room.capacity is not None and room.capacity < places:
            words = _("“%(title)s” has %(places)s places, and %(room)s holds %(capacity)s.") % {
                "title": title_of(slot.session), "places": places,
                "room": room_of(slot), "capacity": room.capacity,
            }  # fmt: skip
            yield Finding(words, slots=[slot])


@rule("no_abstract", gettext_lazy("Without abstract"), cure="id_abstract_en")
def no_abstract(draft: Draft) -> Iterator[Finding]:
    for session in expected(draft):
        if not session.has_abstract:  # type: ignore[attr-defined]
            yield Finding(
                _("“%(title)s” has no abstract.") % {"title": title_of(session)}, sessions=[session]
            )


@rule("no_speaker", gettext_lazy("Without speaker"), cure="appearances-group")
def no_speaker(draft: Draft) -> Iterator[Finding]:
    """The people of its parts are people enough for a session."""
    for session in expected(draft):
        if not any(draft.people.get(one.pk) for one in [session, *draft.parts_of(session)]):
            yield Finding(_("“%(title)s” has no speaker.") % {"title": title_of(session)}, sessions=[session])


def expected(draft: Draft) -> Iterator[Session]:
    """What people come for: published, or in the draft of the timetable already; not breaks."""
    for session in draft.sessions.values():
        if session.kind != Kind.BREAK and (is_published(session) or draft.slots_of(session)):
            yield session


def is_published(session: Session) -> bool:
    return session.status == Session.Status.PUBLISHED


@rule("no_time", gettext_lazy("Published without a time"))
def no_time(draft: Draft) -> Iterator[Finding]:
    """A part without a time is shown with its session."""
    for session in draft.sessions.values():
        parent = draft.parent_of(session)
        if not is_published(session) or session.kind == Kind.BREAK or draft.slots_of(session):
            continue
        if parent is None or not draft.slots_of(parent):
            words = _("“%(title)s” is published and has no time; it is listed under “time to be announced”.")
            yield Finding(words % {"title": title_of(session)}, sessions=[session])


@rule("not_published", gettext_lazy("Has a time and is not published"), cure="content")
def not_published(draft: Draft) -> Iterator[Finding]:
    for session in draft.sessions.values():
        if slots := [] if is_published(session) else draft.slots_of(session):
            words = _("“%(title)s” is not published, so its time will not be released.")
            yield Finding(words % {"title": title_of(session)}, slots=slots)
