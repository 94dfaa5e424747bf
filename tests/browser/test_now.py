"""The screen at a door goes on by itself: with the clock, over midnight, and without a network."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conference.content import touch
from tests.factories import make_edition, make_release, make_room, make_session, make_slot


@pytest.fixture
def hall(live):
    """Something is on now, something else begins in half an hour, and a third thing in a day."""
    edition = make_edition(slug="ed", starts_on=timezone.localdate())
    hall, release = make_room(edition, "Hall", slug="hall"), make_release(edition)
    for title, minutes in (("On stage", -30), ("After it", 30), ("The day after", 24 * 60)):
        starts_at = timezone.now() + timedelta(minutes=minutes)
        make_slot(make_session(edition, title), starts_at, minutes=60, room=hall, release=release)
    return hall


def parts(page):
    """The titles under Now, Next and Later."""
    return [
        page.locator(f'[data-place="{place}"] .now-title').all_inner_texts()
        for place in ("now", "next", "later")
    ]


def test_now_moves_forward_without_a_network_and_comes_back_with_it(page, hall):
    page.clock.install(time=timezone.now())
    page.goto("/ed/now/hall/")
    assert parts(page) == [["On stage"], ["After it"], ["The day after"]]
    shown_at = page.locator(".now-clock").inner_text()

    page.context.set_offline(True)
    page.clock.run_for("45:00")
    assert parts(page) == [["After it"], ["The day after"], []]
    assert page.locator(".now-clock").inner_text() != shown_at
    page.locator(".now-offline", has_text="No network since").wait_for()

    page.clock.fast_forward("24:00:00")
    page.clock.run_for("00:02")
    assert parts(page) == [["The day after"], [], []]

    hall.venue.edition.sessions.filter(title="On stage").update(title="Moved", title_en="Moved")
    hall.slots.filter(title="On stage").update(title="Moved", title_en="Moved")
    touch(hall.venue.edition)
    page.context.set_offline(False)
    page.clock.run_for("00:50")
    page.get_by_text("Moved").first.wait_for()
    assert page.locator(".now-offline").is_hidden()
    assert page.locator(".now-clock").inner_text() == shown_at  # the clock of the house, not of the device


def test_screen_refreshes_without_javascript(open_page, hall):
    page = open_page(java_script_enabled=False)
    page.goto("/ed/now/hall/")

    assert parts(page) == [["On stage"], ["After it"], ["The day after"]]
    assert page.locator('noscript meta[http-equiv="refresh"]').count() == 1


def test_screen_at_the_door_fills_it_and_hides_nothing_that_is_on(open_page, hall):
    for width, height in ((1920, 1080), (1080, 1920)):
        page = open_page(width, height)
        page.goto("/ed/now/hall/")
        title = page.locator('[data-place="now"] .now-title')
        size = title.evaluate("(title) => parseFloat(getComputedStyle(title).fontSize)")
        overhang = page.evaluate("document.documentElement.scrollHeight - innerHeight")

        assert (size > 60, overhang <= 0) == (True, True), (size, overhang)
