"""The released timetable for calendars, apps and screens: the same for everybody, answered 304 while nothing changed.

An edition that is not published has none, not for organisers either: what everybody may keep knows no one.
"""

from calendar import timegm
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from conference.content import ContentState, content_state
from conference.models import Edition, Room
from conference.templatetags.texts import shown
from sessions.exchange import frab_json, frab_xml
from sessions.exchange.calendar import calendar, for_calendar
from sessions.exchange.collecting import schedule_of
from sessions.exchange.schedule import Schedule
from sessions.models import Kind, Session, Slot
from sessions.models.slot import SlotQuerySet
from speakers.models import Speaker

SHAPE = 1  # of what is written; a new one makes every answer a new one
JSON, XML = "application/json; charset=utf-8", "application/xml; charset=utf-8"
ICS = "text/calendar; charset=utf-8"


def schedule_json(request: HttpRequest, edition: str) -> HttpResponse:
    found = published(edition)
    return answer(
        request, content_state(found), JSON, f"{edition}.json", lambda: frab_json.write(timed(found))
    )


def schedule_xml(request: HttpRequest, edition: str) -> HttpResponse:
    found = published(edition)
    return answer(request, content_state(found), XML, f"{edition}.xml", lambda: frab_xml.write(timed(found)))


def schedule_ics(request: HttpRequest, edition: str) -> HttpResponse:
    found = published(edition)
    return calendar_of(request, found, Slot.objects.filter(session__edition=found), edition)


def track_ics(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    found = published(edition)
    track = get_object_or_404(found.tracks.all(), slug=slug)
    slots = Slot.objects.filter(session__edition=found, session__track=track)
    return calendar_of(request, found, slots, f"{edition}-{slug}", shown(track, "name")[0])


def room_ics(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    found = published(edition)
    room = Room.objects.filter(venue__edition=found, slug=slug).first()
    if room is None:
        raise Http404
    slots = Slot.objects.filter(session__edition=found, room=room)
    return calendar_of(request, found, slots, f"{edition}-{slug}", shown(room, "name")[0])


def session_ics(request: HttpRequest, edition: str, slug: str, *, is_workshop: bool = False) -> HttpResponse:
    found = published(edition)
    session = get_object_or_404(Session.objects.known().filter(edition=found), slug=slug)
    if (session.kind == Kind.WORKSHOP) != is_workshop:
        there = "sessions:session_ics" if is_workshop else "sessions:workshop_ics"
        return redirect(there, edition, slug, permanent=True)
    slots = Slot.objects.filter(session=session)
    if not public(slots).exists():
        raise Http404
    return calendar_of(request, found, slots, f"{edition}-{slug}", shown(session, "title")[0])


def speaker_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """A person's sessions in all editions."""
    speaker = get_object_or_404(Speaker.objects.on_stage(), slug=slug)
    theirs = Session.objects.filter(appearances__speaker=speaker)
    slots = public(Slot.objects.filter(session__in=theirs.values("pk")))
    return answer(request, content_state(), ICS, f"{slug}.ics", lambda: written(slots, speaker.public_name))


def published(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.published(), slug=slug)


def timed(edition: Edition) -> Schedule:
    """The schedule, unless nothing at all is known of when the edition takes place."""
    schedule = schedule_of(edition)
    if not schedule.starts_on and not schedule.events:
        raise Http404
    return schedule


def public(slots: SlotQuerySet) -> SlotQuerySet:
    """Slots of the latest release, and what it cancelled, as far as their sessions are public."""
    return slots.filter(release__is_latest=True, session__in=Session.objects.known().order_by().values("pk"))


def calendar_of(
    request: HttpRequest, edition: Edition, slots: SlotQuerySet, file_name: str, name: str = ""
) -> HttpResponse:
    whole = " – ".join(words for words in (shown(edition, "short_title")[0], name) if words)
    build = lambda: written(public(slots), whole)  # noqa: E731
    return answer(request, content_state(edition), ICS, f"{file_name}.ics", build)


def written(slots: SlotQuerySet, name: str) -> bytes:
    return calendar(for_calendar(slots), name=name, language=get_language() or "en")


def answer(
    request: HttpRequest, state: ContentState, kind: str, file_name: str, build: Callable[[], bytes]
) -> HttpResponse:
    """What build() gives, or that it is still what the reader has; then it is not built."""
    etag = state.etag(SHAPE, request.path)
    changed_at = timegm(state.changed_at.utctimetuple()) if state.changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=changed_at)
    if response is None:
        response = HttpResponse(build(), content_type=kind)
        response["Content-Disposition"] = f'inline; filename="{file_name}"'
    response["ETag"] = etag
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at)
    # Everybody's, so pages of other sites may read it too.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
