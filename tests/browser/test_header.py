"""The top of every page on a small screen: two rows, and menus that need neither a mouse nor a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import press, tab_to
from tests.factories import make_edition, make_registration_type

pytestmark = pytest.mark.django_db(transaction=True)
TARGET = 44  # pixels that a finger needs
# How many rows stand above each other: middles that lie further apart than half a line.
ROWS = """header => {
  const middles = [...header.children].filter((one) => one.checkVisibility()).map((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return (top + bottom) / 2;
  });
  return middles.sort((one, other) => one - other).filter((at, number) => !number || at - middles[number - 1] > 12).length;
}"""


@pytest.fixture
def edition(live):
    edition = make_edition(slug="ed", title="A conference with a rather long name, 2nd edition")
    make_registration_type(edition)
    return edition


def main_menu(page):
    return page.get_by_role("navigation", name="Main")


def too_small(places):
    boxes = [place.bounding_box() for place in places.all()]
    assert boxes
    return [box for box in boxes if box["width"] < TARGET or box["height"] < TARGET]


@pytest.mark.parametrize("width", [320, 390])
def test_two_rows_on_a_telephone(open_page, edition, width):
    page = open_page(width, 844)
    for path in ("/ed/", "/de/ed/", "/library/", "/accounts/login/"):
        page.goto(path)
        header = page.locator(".site-header > .container")
        assert header.evaluate(ROWS) <= 2, path
        assert too_small(header.locator("button:visible, summary:visible")) == [], path


def test_the_menu_opens_over_the_page_and_closes_again_by_keys_alone(open_page, edition):
    page = open_page(390, 844, java_script_enabled=False)
    page.goto("/ed/")
    menu = page.get_by_role("button", name="Menu")
    expect(main_menu(page)).to_be_hidden()

    press(page, menu)
    expect(main_menu(page).get_by_role("link", name="Programme")).to_be_visible()
    assert too_small(main_menu(page).get_by_role("link")) == []
    page.keyboard.press("Escape")
    expect(main_menu(page)).to_be_hidden()

    press(page, menu)
    press(page, main_menu(page).get_by_role("button", name="Close"))
    expect(main_menu(page)).to_be_hidden()
    press(page, menu)
    press(page, main_menu(page).get_by_role("link", name="Programme"))
    expect(page).to_have_url(re.compile("/ed/programme/"))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_languages_are_behind_a_sign_that_everybody_knows(open_page, edition, width):
    page = open_page(width, 844, java_script_enabled=False)
    page.goto("/ed/?q=x")
    links = page.locator(".site-languages").get_by_role("link")
    assert links.count() == 0

    press(page, page.locator(".site-languages summary"))
    assert links.all_inner_texts() == ["Nederlands", "Français", "Deutsch"]
    assert too_small(links) == []
    press(page, links.first)
    expect(page).to_have_url(re.compile(r"/nl/ed/\?q=x"))


def test_on_a_wide_screen_nothing_is_hidden(page, edition):
    page.goto("/ed/")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Close")).to_be_hidden()
    tab_to(page, main_menu(page).get_by_role("link", name="Programme"))
