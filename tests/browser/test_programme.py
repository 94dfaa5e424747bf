"""The programme changes in place, by mouse and keyboard, and the Back button goes back."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from sessions.models import Topic, Track
from sessions.services.timetable import release_timetable
from tests.factories import make_edition, make_organiser, make_room, make_session, make_slot

pytestmark = pytest.mark.django_db(transaction=True)
STAYS = "document.documentElement.dataset.stays = 'yes'"  # gone once the page is loaded anew


@pytest.fixture
def programme():
    edition = make_edition(slug="ed")
    hall, track = (
        make_room(edition, "Hall"),
        Track.objects.create(edition=edition, name="Teaching", slug="teaching"),
    )
    for hour, title in enumerate(["Opening", "Peer learning"]):
        session = make_session(edition, title, slug=f"s{hour}", track=track if hour else None)
        session.topics.add(Topic.objects.create(name=f"Topic {title}", slug=f"topic-{hour}"))
        make_slot(session, datetime(2027, 3, 13, 9 + hour, tzinfo=UTC), room=hall)
    make_slot(
        make_session(edition, "Closing", slug="closing", track=track), datetime(2027, 3, 14, 9, tzinfo=UTC)
    )
    release_timetable(edition=edition, by=make_organiser())


def titles(page):
    return page.locator("#programme .timetable-item > a, #programme .programme-title").all_inner_texts()


def test_filters_change_the_page_in_place_and_back_goes_back(programme, page):
    page.goto("/ed/programme/")
    page.evaluate(STAYS)
    assert titles(page) == ["Opening", "Peer learning", "Closing"]

    # By keyboard: open the filter, choose, and stand where one stood.
    page.locator(".facet > summary", has_text="Topic").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ed/programme/?topic=topic-0")
    expect(page.locator(":focus")).to_have_attribute("aria-current", "true")
    assert titles(page) == ["Opening"]
    assert page.locator("#programme-said").inner_text() == "1 of 3 sessions"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    page.fill("#q", "PÉER")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?topic=topic-0&q=P%C3%89ER")
    page.wait_for_selector("text=Nothing in the programme fits all of this")
    page.go_back()
    page.wait_for_selector(".timetable-item")
    assert (titles(page), page.input_value("#q")) == (["Opening"], "")

    page.get_by_role("link", name="Take away: Topic: Topic Opening").click()
    page.wait_for_url("**/ed/programme/")
    page.get_by_role("link", name="By track").click()
    page.wait_for_selector("#track-teaching")
    assert titles(page) == ["Peer learning", "Closing", "Opening"]
    for _step in range(3):
        page.go_back()
    page.wait_for_url(lambda address: "?" not in address)
    page.wait_for_selector(".timetable-item >> nth=2")
    assert page.evaluate("document.documentElement.dataset.stays") == "yes"


def test_visitors_elsewhere_see_their_own_time_beside_the_editions(programme, open_page):
    page = open_page(timezone_id="America/New_York")
    page.goto("/ed/programme/")
    assert page.locator(".timetable th .own-time").first.inner_text() == "(04:00 your time)"
    assert "(America/New York)" in page.locator(".own-time-note").inner_text()
    page.goto("/ed/sessions/s0/")
    assert page.locator(".hero-facts .own-time").inner_text() == "(04:00–05:00 your time)"

    near = open_page(timezone_id="Europe/Paris")
    near.goto("/ed/programme/")
    assert near.locator(".own-time").count() == 0


def test_the_same_links_work_without_scripts_on_a_telephone(programme, open_page):
    page = open_page(390, 844, java_script_enabled=False)
    page.goto("/ed/programme/")
    page.get_by_text("Search and filter").click()
    page.locator(".facet > summary", has_text="Track").click()
    page.get_by_role("link", name="Teaching 2").click()

    assert titles(page) == ["Peer learning", "Closing"]
    assert page.get_by_role("link", name="Clear all").get_attribute("href") == "./"
