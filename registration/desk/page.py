"""One page for the door and one for each room: what stands on it, and what its form does without a script."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.offline import account_marker
from registration.desk.answers import Shown, in_words, place_words, reasons, titles
from registration.desk.people import numbers_at, people_at, search
from registration.models import CheckIn, Registration
from registration.services.check_in import Answer, Kind, check_in, code_in, undo
from registration.views.person import person
from sessions.models import Session

NO_DEVICE = ""


def page_of(request: HttpRequest, edition: Edition, session: Session | None) -> dict[str, Any]:
    """The page; of a form that was sent, its answer or whom it found."""
    sent = request.POST
    answer, found, asked = None, [], sent.get("text", "")
    if "undo" in sent:
        answer = taken_back(request, edition, sent["undo"])
    elif "person" in sent or code_in(asked):
        answer = welcomed(request, edition, session)
    elif request.method == "POST":
        found = search(people_at(edition, session), asked)
    return {
        "session": session,
        "answer": answer,
        "found": found,
        "asked": "" if code_in(asked) else asked[:100],
        "nothing_found": request.method == "POST" and not answer and not found,
        "nonce": uuid4(),
        "numbers": numbers_at(edition, session),
        "words": words_of_script(session),
        "addresses": addresses(edition, session),
        "account": account_marker(person(request).pk),
    }


def welcomed(request: HttpRequest, edition: Edition, session: Session | None) -> Shown:
    sent = request.POST
    nonce, chosen = as_guid(sent.get("nonce", "")), as_guid(sent.get("person", ""))
    if "person" in sent and chosen is None:
        return in_words(Answer(Kind.UNKNOWN), edition, session)
    return welcome(
        edition=edition,
        session=session,
        code=sent.get("text", ""),
        chosen=chosen,
        nonce=nonce or uuid4(),
        by=person(request),
    )


def welcome(
    *, edition: Edition, session: Session | None, code: str, chosen: UUID | None, **scan: Any
) -> Shown:
    """Check in the person who was chosen from the list, else whoever has the code."""
    registration = None
    if chosen:
        registration = Registration.objects.filter(edition=edition, guid=chosen).first()
        if registration is None:
            return in_words(Answer(Kind.UNKNOWN), edition, session)
    way = CheckIn.Way.NAME if chosen else CheckIn.Way.SCAN
    answer = check_in(edition=edition, session=session, code=code, registration=registration, way=way, **scan)
    return in_words(answer, edition, session)


def taken_back(request: HttpRequest, edition: Edition, nonce: str) -> Shown:
    """The check-in is undone, also if somebody else did it before."""
    rows = CheckIn.objects.filter(registration__edition=edition).select_related("registration__user")
    guid = as_guid(nonce)
    rows = rows.select_related("registration__registration_type", "session")
    row = rows.filter(nonce=guid).first() if guid else None
    if row is None:
        return in_words(Answer(Kind.UNKNOWN), edition, None)
    undo(check_in=row, by=person(request))
    row.refresh_from_db()
    return in_words(Answer(Kind.UNDONE, row.registration, row), edition, row.session)


def as_guid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def addresses(edition: Edition, session: Session | None) -> dict[str, str]:
    query = f"?session={session.slug}" if session else ""
    return {
        "scan": reverse("registration:desk_scan", args=[edition.slug]),
        "undo": reverse("registration:desk_undo", args=[edition.slug]),
        "people": reverse("registration:desk_people", args=[edition.slug]) + query,
    }


def words_of_script(session: Session | None) -> dict[str, Any]:
    """What the device says by itself; a name in braces is filled in by the script."""
    return {
        "titles": titles(session),
        "reasons": reasons(),
        "places": place_words(),
        "here": _("At {time} on this device."),
        "not_listed": _(
            "This device has no such ticket on its list of {time}. It asks as soon as there is a network."
        ),
        "no_list": _("No network, and no list on this device yet. It asks as soon as there is a network."),
        "kept": _("Kept on this device; sent as soon as there is a network."),
        "connected": _("Connected"),
        "offline": _("No network. Scans are kept and sent later."),
        "logged_out": _("You are logged out. Scans are kept. Log in again, then they are sent."),
        "waiting_one": _("1 scan waits to be sent."),
        "waiting": _("{count} scans wait to be sent."),
        "none_waiting": _("Every scan is sent."),
        "checking": _("One moment…"),
        "arrived": _("Present") if session else _("Checked in"),
        "check_in": _("Note as present") if session else _("Check in"),
        "none_found": _("Nobody of that name."),
        "undo": _("Undo"),
        "undo_needs_network": _("This is on its way or there is no network: it can be taken back later."),
        "camera_on": _("Scan with the camera"),
        "camera_off": _("Close the camera"),
        "no_camera": _("The camera cannot be opened. Allow it in the browser, or type the name."),
        "later": _("Sent later: {title}"),
    }
