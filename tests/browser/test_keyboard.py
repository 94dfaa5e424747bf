"""Registering, choosing a workshop and checking people in without a mouse; sending a presentation stands in test_collecting."""

import re

import pytest
from playwright.sync_api import expect

from registration.models import CheckIn, Registration
from tests.browser.keyboard import fill, press, tab_to
from tests.browser.test_desk import log_in
from tests.factories import (
    make_edition,
    make_organiser,
    make_registration,
    make_registration_type,
    make_workshop,
)

pytestmark = pytest.mark.django_db(transaction=True)
# Tab goes round: from the last place of the page out into the browser, and in again at the first.
IN_READING_ORDER = """() => {
  const stops = [...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)")];
  const shown = stops.filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled && one.type !== "radio");
  return shown.every((one) => one.tabIndex === 0);
}"""
# Pasted without a clipboard, as a password manager does it.
PASTE = """(field) => {
  const held = new DataTransfer();
  held.setData("text/plain", "pasted words");
  return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def edition(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    edition = make_edition(slug="ed")
    make_registration_type(edition)
    make_workshop(edition, "Folding paper", slug="paper", capacity=5)
    return edition


def test_registering_and_choosing_a_workshop(page, edition):
    page.goto("/ed/")
    press(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Register"))
    expect(page).to_have_url(re.compile("/ed/register/"))
    assert page.evaluate(IN_READING_ORDER)
    fill(page, page.get_by_label("Your name"), "Petra Lindqvist")
    fill(page, page.get_by_label("Email"), "petra@example.org")
    fill(page, page.get_by_label("Country"), "Swed")
    fill(page, page.get_by_label("Your role"), "Tea")
    press(page, page.get_by_role("checkbox", name="My data may be used"), "Space")
    press(page, page.get_by_role("button", name="Register", exact=True))
    expect(page.get_by_text("You have a place.")).to_be_visible()

    page.goto("/ed/workshops/")
    press(page, page.get_by_role("link", name="Folding paper").first)
    expect(page).to_have_url(re.compile("/ed/workshops/paper/"))
    press(page, page.locator("main form[method=post] button").first)
    expect(page.get_by_role("main")).to_contain_text(re.compile("place", re.IGNORECASE))

    registration = Registration.objects.get()
    assert (registration.user.name, registration.user.country.code) == ("Petra Lindqvist", "SE")
    assert [booking.status for booking in registration.bookings.all()] == ["confirmed"]


def test_what_is_missing_is_said_where_the_keyboard_comes_next(page, edition):
    page.goto("/ed/register/")
    fill(page, page.get_by_label("Your name"), "Petra")
    page.evaluate("document.querySelector('main form').noValidate = true")
    press(page, page.get_by_role("button", name="Register", exact=True))

    expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Your name")).to_have_value("Petra")
    described = page.get_by_label("Email").evaluate(
        "field => field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id)?.textContent).join(' ')"
    )
    assert described.strip()


def test_checking_in_and_taking_it_back(open_page, edition):
    ada = make_registration("Ada Lovelace", edition)
    page = open_page()
    log_in(page, make_organiser("Lotte"))
    page.goto("/desk/ed/")
    page.locator("[data-desk][data-ready]").wait_for()
    fill(page, page.get_by_label("Code or name"), "lovelace")
    page.keyboard.press("Enter")
    found = page.get_by_role("list", name="People found").get_by_role("button")
    found.first.wait_for()
    press(page, found.first)
    page.locator("[data-answer]").get_by_text("Ada Lovelace").wait_for()
    assert [row.registration for row in CheckIn.objects.standing()] == [ada]

    press(page, page.get_by_role("button", name="Undo").first)
    page.locator("[data-answer][data-kind=undone]").wait_for()
    assert not CheckIn.objects.standing().exists()


def test_the_keyboard_goes_on_from_where_it_was_after_a_way_round(page, edition):
    """No trap: from the last place of the page Tab leads out of it, and back to its first."""
    page.goto("/accounts/login/")
    tab_to(page, page.get_by_role("contentinfo").get_by_role("link").last)
    page.keyboard.press("Tab")
    tab_to(page, page.get_by_role("link", name="Skip to the content"))


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/login/code/", "/accounts/signup/", "/ed/register/"]
)
def test_what_one_would_have_to_remember_may_be_pasted_and_filled_in_by_the_browser(page, edition, path):
    """WCAG 3.3.8: no page that lets somebody in asks for more than what a password manager can do."""
    page.goto(path)
    fields = page.locator("main form input:is([type=email], [type=password], [type=text], [name=code])")
    assert fields.count() > 0
    for number in range(fields.count()):
        field = fields.nth(number)
        assert field.evaluate(PASTE), field
        assert field.get_attribute("autocomplete") not in (None, "off"), field.evaluate(
            "one => one.outerHTML"
        )
