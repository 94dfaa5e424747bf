"""A timetable's whole life: imported, seen with its conflicts, dragged, released with a note, and heard of everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from conference.models import Outbox
from registration.services.booking import book_workshop
from registration.services.release_mails import tell_people
from sessions.exchange import frab_json
from sessions.exchange.schedule import Event, Room, Schedule
from sessions.models import Session, Slot, Workshop
from tests.browser.test_offline import WHOLE, wait_until
from tests.browser.test_schedule_editor import drag, item
from tests.factories import make_edition, make_organiser, make_registration
from tests.race.load import session_of

pytestmark = pytest.mark.django_db(transaction=True)
NINE = (
    (timezone.now() + timedelta(days=30)).astimezone(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
)


def event(number: int, title: str, hours: float, room: str, kind: str = "talk") -> Event:
    return Event(
        guid=f"00000000-0000-4000-8000-{number:012}",
        id=number,
        starts_at=NINE + timedelta(hours=hours),
        minutes=60,
        room=room,
        slug=f"camp-{number}-{kind}",
        title=title,
        type=kind,
        abstract="What it is about.",
    )


def schedule_file() -> bytes:
    """Three talks and a workshop as another house writes them; two of them in one room at one time."""
    events = (
        event(1, "Rivers", 0, "Hall"),
        event(2, "Boats", 0, "Hall"),
        event(3, "Tides", 2, "Hall"),
        event(4, "Knots", 2, "Room 1", "workshop"),
    )
    days = {"starts_on": NINE.date(), "ends_on": NINE.date(), "time_zone": "UTC", "version": "1"}
    rooms = (Room("Hall"), Room("Room 1"))
    return frab_json.write(Schedule("camp", "Camp", rooms=rooms, events=events, **days))


@pytest.fixture
def edition(live):
    return make_edition("Camp", slug="ed", starts_on=None, ends_on=None, time_zone="UTC")


@pytest.fixture
def organiser(open_page, edition, live):
    page = open_page()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(make_organiser()), "url": live}
    page.context.add_cookies([cookie])
    return page


def in_admin(page, edition, what):
    page.goto(f"/admin/conference/edition/{edition.pk}/{what}/")


def import_file(page, edition):
    in_admin(page, edition, "import")
    file = {"name": "schedule.json", "mimeType": "application/json", "buffer": schedule_file()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at what would happen").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Conflicts of the draft")).to_be_visible()


def release(page, edition, note):
    in_admin(page, edition, "release")
    page.get_by_label("What changed").fill(note)
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.get_by_text("The timetable is released.")).to_be_visible()


def times(page):
    """What the programme page shows: each title with its hour."""
    found = page.locator(".timetable-item[data-session]").all_inner_texts()
    return {text.split("\n")[0].split(". ")[-1]: text.split("–")[0][-5:] for text in found}


def test_a_timetable_is_imported_dragged_released_and_heard_of_everywhere(organiser, open_page, edition):
    import_file(organiser, edition)
    expect(organiser.get_by_text("“Boats” and “Rivers” are both in Hall").or_(
        organiser.get_by_text("“Rivers” and “Boats” are both in Hall"))).to_be_visible()  # fmt: skip

    in_admin(organiser, edition, "schedule")
    drag(organiser, item(organiser, "Boats"), "Room 1", 60)
    expect(organiser.locator("[data-conflicts]")).not_to_contain_text("both in Hall")
    release(organiser, edition, "The programme is here.")
    first = released()

    workshop = Workshop.objects.get(title="Knots")
    Session.objects.filter(pk=workshop.pk).update(takes_bookings=True)
    workshop.refresh_from_db()
    ada = make_registration("Ada", edition)
    book_workshop(registration=ada, workshop=workshop)
    tell_people()
    Outbox.objects.all().delete()
    visitor = open_page(service_workers="allow")
    visitor.goto("/ed/programme/")
    before = times(visitor)
    wait_until(visitor, WHOLE, 1)

    in_admin(organiser, edition, "schedule")
    steps = organiser.locator("[data-steps] li")
    for count, (title, room, minutes) in enumerate(
        (("Rivers", "Hall", 300), ("Tides", "Room 1", 330), ("Knots", "Hall", 180)), start=2
    ):
        drag(organiser, item(organiser, title), room, minutes)
        expect(steps).to_have_count(count)
    release(organiser, edition, "Three things moved.")
    moved = released()
    assert {title for title in moved if moved[title] != first[title]} == {"Rivers", "Tides", "Knots"}

    visitor.goto("/ed/programme/")
    now = times(visitor)
    assert now == {title: f"{at:%H:%M}" for title, at in moved.items()}
    assert before == {title: f"{at:%H:%M}" for title, at in first.items()}
    assert calendar(visitor) == moved
    feed = visitor.request.get("/ed/feed.atom").text()
    assert ("Three things moved." in feed, feed.count("Moved: ")) == (True, 3)

    wait_until(visitor, WHOLE, 2)
    visitor.context.set_offline(True)
    visitor.goto("/ed/programme/")
    assert times(visitor) == now
    visitor.goto(f"/ed/workshops/{workshop.slug}/")
    expect(visitor.get_by_role("main")).to_contain_text(f"{moved['Knots']:%H:%M}")

    while tell_people():
        pass
    (mail,) = Outbox.objects.all()
    assert mail.recipient == ada.user.email
    assert ("Moved: “Knots”" in mail.text, "Rivers" in mail.text) == (True, False)


def released() -> dict[str, datetime]:
    return {slot.session.title: slot.starts_at for slot in Slot.objects.released().select_related("session")}


def calendar(page) -> dict[str, datetime]:
    found = Calendar.from_ical(page.request.get("/ed/schedule.ics").text())
    return {str(one["SUMMARY"]): one["DTSTART"].dt for one in found.walk("VEVENT")}
