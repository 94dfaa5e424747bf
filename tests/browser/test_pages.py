"""From a word inside a presentation to the page where it stands, past the gate, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from sessions.files.documents import make_pdf
from sessions.previews.asking import ask_for_preview
from sessions.previews.making import make_due
from tests.browser.accessible import problems_at, wrong_pages
from tests.factories import make_edition, make_registration_type, make_session
from tests.sessions.previews.files import uploaded

pytestmark = pytest.mark.django_db(transaction=True)
LINES = ["Bells", "Doors", "Desks", "Lamps", "Maps", "Chalk", "Marmalade for breakfast", "Umbrellas"]


@pytest.fixture
def deck(live):
    """A function that makes a presentation of eight pages, its pictures drawn from a real file."""

    def make(open_pages, audience="members", **fields):
        edition = make_edition(open_pages=open_pages, **fields)
        made = uploaded(
            make_pdf("Morning", LINES, pages=8),
            session=make_session(edition),
            audience=audience,
            title="Morning",
        )
        ask_for_preview(made.current_file)
        make_due()
        return made

    return make


def address(deck, number):
    return f"/presentations/{deck.guid}/pages/{number}/"


def fill_in(page):
    page.get_by_label("Your name").fill("Petra Lindqvist")
    page.get_by_label("Email").fill("petra@example.org")
    page.get_by_label("Country").select_option("SE")
    page.get_by_role("checkbox", name="My data may be used").check()


def expect_page(page, number, text):
    """The picture of this page is drawn, and its text stands beside it."""
    expect(page.get_by_text(f"Page {number} of 8", exact=True)).to_be_visible()
    picture = page.get_by_role("img", name=f"Page {number};")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.page-picture img').naturalWidth === 1600")
    expect(page.locator(".page-text")).to_contain_text(text)


def test_a_stranger_finds_a_word_of_page_seven_meets_the_gate_and_reads_on_as_a_member(page, deck):
    made = deck(open_pages=7)
    page.goto("/library/")
    page.get_by_label("Search the library").last.fill("marmalade")
    page.get_by_role("button", name="Search", exact=True).last.click()
    expect(page.locator("mark").first).to_have_text("Marmalade")
    page.get_by_role("link", name="Page 7").click()

    expect(page).to_have_url(re.compile(address(made, 7)))
    expect_page(page, 7, "Marmalade")
    expect(page.get_by_role("heading", name="Free, with an account")).to_be_visible()
    page.get_by_role("link", name="Create a free account").click()
    fill_in(page)
    page.get_by_role("button", name="Create my account").click()

    expect(page).to_have_url(re.compile(address(made, 7)))
    expect_page(page, 7, "Marmalade")
    expect(page.locator(".gate")).to_have_count(0)
    page.get_by_role("link", name="Next page").click()
    expect_page(page, 8, "Umbrellas")


def test_who_registers_at_the_gate_is_back_on_the_page_that_was_closed(page, deck):
    made = deck(2, "attendees")
    make_registration_type(made.edition)
    page.goto(address(made, 7))
    expect(page.locator(".page-picture")).to_have_count(0)
    expect(page.get_by_text("Marmalade")).to_have_count(0)
    page.get_by_role("link", name="Register", exact=True).last.click()
    fill_in(page)
    page.get_by_label("Your role").select_option("teacher")
    page.get_by_role("button", name="Register", exact=True).click()

    expect(page).to_have_url(re.compile(address(made, 7)))
    expect_page(page, 7, "Marmalade")


def test_arrow_keys_turn_pages_and_nothing_else_does_but_the_links(page, deck):
    made = deck(8)
    page.goto(address(made, 2))
    page.keyboard.press("ArrowRight")
    expect_page(page, 3, "Desks")
    page.keyboard.press("ArrowLeft")
    expect_page(page, 2, "Doors")
    page.keyboard.press("ArrowLeft")
    expect_page(page, 1, "Bells")
    page.keyboard.press("ArrowLeft")
    expect_page(page, 1, "Bells")

    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("link", name="Next page").focus()
    page.keyboard.press("Enter")
    expect_page(page, 2, "Doors")


def test_the_viewer_and_the_gate_are_open_to_everybody_on_every_screen(open_page, deck):
    made = deck(3)
    page = open_page(bypass_csp=True)
    paths = (address(made, 2), address(made, 7), made.get_absolute_url(), "/library/?q=doors")

    assert wrong_pages({path: problems_at(page, path) for path in paths}) == {}
