"""The library by mouse, by keyboard and without JavaScript: the address says everything, and Back goes back."""

import pytest
from playwright.sync_api import expect

from sessions.library.index import rebuild
from sessions.models import Topic, TopicWord
from tests.browser.accessible import problems_at, wrong_pages
from tests.browser.test_programme import STAYS
from tests.factories import make_edition, make_presentation, make_preview, make_session

pytestmark = pytest.mark.django_db(transaction=True)
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def library():
    session = make_session(make_edition("Second conference", slug="ed"), "Opening")
    peace = Topic.objects.create(name="Peace education", slug="peace")
    TopicWord.objects.create(topic=peace, word="harmony")
    for title, language in (
        ("Dialogue at school", "en"),
        ("Dialogue in the street", "nl"),
        ("Numbers", "en"),
    ):
        deck = make_presentation(session, title, language=language, open_pages=1)
        make_preview(deck, "A first page", "A second about bridges" if title == "Numbers" else "Nothing more")
        if language == "en":
            deck.topics.add(peace)
    rebuild()


def titles(page):
    return page.locator(".hit-title").all_inner_texts()


def said(page):
    return page.locator("#library-said").inner_text()


def test_words_and_facets_change_the_page_in_place_and_back_goes_back(library, page):
    page.goto("/library/")
    page.evaluate(STAYS)
    page.fill("#library-q", "dialogue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/?q=dialogue")
    page.wait_for_selector("text=2 found")
    assert titles(page) == ["Dialogue at school", "Dialogue in the street"]
    assert (said(page), page.evaluate("document.activeElement.id")) == ("2 found", "library-q")

    # By keyboard: what was closed stays closed, and one stands where one stood.
    page.locator(".library-facet > summary", has_text="What").press("Enter")
    page.locator(".library-facet a", has_text="Peace education").press("Enter")
    page.wait_for_url("**/library/?q=dialogue&topic=peace")
    expect(page.locator(":focus")).to_have_attribute("aria-current", "true")
    assert (titles(page), said(page)) == (["Dialogue at school"], "1 found")
    assert page.evaluate(FOCUSED).startswith("Peace education")
    assert page.locator(".library-facet:not([open]) > summary", has_text="What").count() == 1
    chips = [" ".join(words.split()) for words in page.locator(".chips a").all_inner_texts()]
    assert chips[1:] == ["Take away: Topic: Peace education", "Clear all"]
    assert page.title().startswith("“dialogue” in the library")

    # New words keep what was chosen; what is taken away leads to the number of hits.
    page.fill("#library-q", "harmony")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/?topic=peace&q=harmony")
    expect(page.locator("#library-said")).to_have_text("2 found")
    page.locator(".chips a", has_text="Topic: Peace").press("Enter")
    page.wait_for_url("**/library/?q=harmony")
    expect(page.locator("#hits")).to_be_focused()

    for address, number in (
        ("?topic=peace&q=harmony", 2),
        ("?q=dialogue&topic=peace", 1),
        ("?q=dialogue", 2),
    ):
        page.go_back()
        page.wait_for_url(f"**/library/{address}")
        expect(page.locator("#hits")).to_have_text(f"{number} found")
    assert page.input_value("#library-q") == "dialogue"
    assert page.evaluate("document.documentElement.dataset.stays") == "yes"


def test_from_the_box_on_every_page_to_the_page_of_a_file_by_keyboard_alone(library, page):
    page.goto("/ed/")
    for _stop in range(3):  # past the skip link and the name of the site
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "site-q"
    page.keyboard.type("page")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/?q=page")
    while page.evaluate("document.activeElement.closest('.hit-page') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/presentations/*/pages/1/")


def test_everything_works_without_javascript(library, open_page):
    page = open_page(390, 844, java_script_enabled=False)
    page.goto("/ed/")
    page.fill("#site-q", "dialogue")
    page.locator(".site-search button").click()
    page.locator(".library-filters > summary").click()
    page.locator(".library-facet a", has_text="Peace education").click()
    assert page.url.endswith("/library/?q=dialogue&topic=peace")
    assert titles(page) == ["Dialogue at school"]
    page.fill("#library-q", "xylophone")
    page.locator(".library-search button").click()
    assert page.locator("#hits").inner_text() == "0 found"
    page.locator("a", has_text="Show the whole library").click()
    assert page.url.endswith("/library/")


def test_answers_and_no_answer_are_open_to_everybody(library, open_page):
    """To these no link leads; the other pages are in test_everyone."""
    page = open_page(bypass_csp=True)
    asked = ("/library/?q=dialogue&topic=peace", "/library/?q=bridges", "/library/?q=nothing+there")

    assert wrong_pages({path: problems_at(page, path) for path in asked}) == {}
