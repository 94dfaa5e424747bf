"""The parts of a publication in a browser: moved with the keyboard and the mouse, by two organisers at once."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories import make_organiser
from tests.race.load import session_of
from tests.sessions.publications import make_part, make_publication
from tests.sessions.test_publications_building import titles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def publication(db):
    made = make_publication(is_published=False)
    for kind, title in (("chapter", "A"), ("text", "a"), ("chapter", "B"), ("text", "b")):
        make_part(made, kind, title=title)
    return made


@pytest.fixture
def builder(open_page, publication, live):
    def as_organiser(name):
        page = open_page()
        session = session_of(make_organiser(name))
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live}])
        page.goto(f"/admin/conference_sessions/publication/{publication.pk}/contents/")
        return page

    return as_organiser


def grip(page, title):
    return page.get_by_role("button", name=f"Lift “{title}”", exact=True)


def stored(page, publication):
    expect(page.locator("[data-part-order]")).not_to_have_attribute("aria-busy", "true")
    return titles(publication)


def kept_after(page, act):
    """Wait until the script has its answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        act()
    return told.value.status


def test_part_is_lifted_moved_and_put_down_with_the_keyboard(builder, publication):
    page = builder("Ada")
    grip(page, "b").focus()
    page.keyboard.press("Space")
    expect(grip(page, "b")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("Place 2 of 4")).to_be_attached()
    expect(grip(page, "b")).to_be_focused()

    assert kept_after(page, lambda: page.keyboard.press("Space")) == 200
    assert stored(page, publication) == ["A", "b", "a", "B"]


def test_chapter_goes_with_what_stands_below_it_and_escape_puts_it_back(builder, publication):
    page = builder("Ada")
    grip(page, "B").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(page.locator("tr[data-part] th a")).to_have_text(["B", "b", "A", "a"])
    page.keyboard.press("Escape")
    expect(page.locator("tr[data-part] th a")).to_have_text(["A", "a", "B", "b"])
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")

    assert kept_after(page, lambda: page.keyboard.press("Enter")) == 200
    assert stored(page, publication) == ["B", "b", "A", "a"]


def test_second_organiser_who_drags_is_told_and_sees_what_the_first_did(builder, publication):
    ada, ben = builder("Ada"), builder("Ben")
    row = ada.locator("tr[data-part]", has_text="↳ b")
    assert kept_after(ada, lambda: row.drag_to(ada.locator("tr[data-part]", has_text="↳ a"))) == 200
    order = titles(publication)
    assert order != ["A", "a", "B", "b"]

    grip(ben, "a").focus()
    ben.keyboard.press("Space")
    ben.keyboard.press("ArrowDown")
    assert kept_after(ben, lambda: ben.keyboard.press("Space")) == 409

    expect(ben.get_by_text("Somebody else changed this publication meanwhile")).to_be_visible()
    expect(ben.locator("tr[data-part] th a")).to_have_text(order)
    assert titles(publication) == order
