"""The schedule editor in a browser: dragging, the keyboard, two organisers at once, undo."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sessions.models import Slot, SlotChange
from tests.factories import make_edition, make_organiser, make_room, make_session, make_slot
from tests.race.load import session_of

NINE = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(db):
    edition = make_edition(starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 14), time_zone="UTC")
    rooms = [make_room(edition, name) for name in ("Room 1", "Room 2")]
    make_slot(make_session(edition, "Keynote"), NINE, room=rooms[0])
    make_session(edition, "Panel")
    return edition


@pytest.fixture
def editor(open_page, edition, live):
    def as_organiser(name):
        page = open_page()
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session_of(make_organiser(name)),
            "url": live,
        }
        page.context.add_cookies([cookie])
        page.goto(f"/admin/conference/edition/{edition.pk}/schedule/")
        return page

    return as_organiser


def item(page, title):
    return page.locator(".grid-slot", has_text=title)


def drag(page, what, room, minutes, held=6):
    """Take hold of an item near its top and let go over a room, so many minutes below the grid's first hour."""
    what.hover(position={"x": 20, "y": 6})  # waits until the page has stopped shifting
    start = what.bounding_box()
    page.mouse.down()
    column = page.get_by_role("group", name=room, exact=True).bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 20)
    page.mouse.move(column["x"] + 40, column["y"] + minutes * 1.5 + held, steps=4)
    expect(page.locator(".grid-ghost")).to_be_visible()
    page.mouse.up()


def saved(page):
    expect(page.locator("[data-saving]")).to_have_count(0)
    return [
        (slot.session.title, slot.starts_at - NINE, slot.room and slot.room.name)
        for slot in Slot.objects.draft()
    ]


def test_items_are_dragged_to_a_room_and_a_time_and_each_step_is_undone(editor):
    page = editor("Ada")
    drag(page, item(page, "Keynote"), "Room 2", 150)
    expect(item(page, "Keynote")).to_contain_text("10:30–11:30")
    assert saved(page) == [("Keynote", timedelta(minutes=90), "Room 2")]

    page.get_by_label("Length to give").fill("45")
    drag(page, page.locator(".waiting-item", has_text="Panel"), "Room 1", 240, held=0)
    expect(item(page, "Panel")).to_contain_text("12:00–12:45")
    expect(page.get_by_text("Everything has a time.")).to_be_visible()

    item(page, "Keynote").locator(".grid-grip").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".waiting-item", has_text="Panel")).to_be_visible()
    page.locator("[data-undo]").get_by_role("button").click()
    expect(item(page, "Keynote")).to_contain_text("09:00–10:00")
    assert saved(page) == [("Keynote", timedelta(0), "Room 1")]
    assert SlotChange.objects.filter(undone_at=None).count() == 0


def test_the_same_is_done_by_keyboard_and_said_aloud(editor):
    page = editor("Ada")
    voice = page.locator("[aria-live]")
    keynote = item(page, "Keynote").get_by_role("button")
    keynote.focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(voice).to_have_text("Saturday 13 March 2027, 09:10–10:05, Room 2")
    page.keyboard.press("Escape")
    expect(voice).to_have_text("Keynote put back.")
    assert saved(page) == [("Keynote", timedelta(0), "Room 1")]

    expect(keynote).to_be_focused()
    for key in ("Space", "ArrowDown", "ArrowRight", "Shift+ArrowUp", "PageDown", "Space"):
        page.keyboard.press(key)
    expect(voice).to_have_text("Keynote: Sunday 14 March 2027, 09:05–10:00, Room 2.")
    assert saved(page) == [("Keynote", timedelta(days=1, minutes=5), "Room 2")]
    assert Slot.objects.get().ends_at - Slot.objects.get().starts_at == timedelta(minutes=55)


def test_the_second_of_two_organisers_is_told_and_loses_nothing(editor):
    ada, ben = editor("Ada"), editor("Ben")
    ben.route("**/schedule/state/*", lambda route: route.abort())  # Ben's page has not heard of it yet
    drag(ada, item(ada, "Keynote"), "Room 2", 150)
    expect(item(ada, "Keynote")).to_contain_text("10:30")
    after_ada = saved(ada)

    drag(ben, item(ben, "Keynote"), "Room 1", 300)

    notice = ben.get_by_role("alert")
    expect(notice).to_contain_text("Ada moved “Keynote”")
    expect(item(ben, "Keynote")).to_contain_text("10:30–11:30")
    assert saved(ben) == after_ada

    notice.get_by_role("button", name="Do it anyway").click()
    expect(item(ben, "Keynote")).to_contain_text("13:00–14:00")
    assert saved(ben) == [("Keynote", timedelta(hours=4), "Room 1")]
    ada.evaluate(
        "document.dispatchEvent(new Event('visibilitychange'))"
    )  # who comes back to the page asks at once
    expect(item(ada, "Keynote")).to_contain_text("13:00–14:00")
    expect(ada.locator("[aria-live]")).to_contain_text("Ben: “Keynote” moved from")
