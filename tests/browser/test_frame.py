"""What holds on every public page, in a real browser."""

from io import StringIO

import pytest
from django.core.management import call_command

from conference.mail.unsubscribing import link_for
from conference.models import User
from tests.browser.accessible import overhangs, wrong_pages
from tests.crawl import crawl, language_of

SMALL = 360
# No link leads here: what is on now is linked on the days of the conference only.
UNLINKED = ["/offline/", "/second-conference/now/", "/second-conference/now/hall/"]
ENTRANCES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]


@pytest.fixture
def public_pages(live, client):
    """An address of every kind of public page of the demonstration in each language, and those for logging in."""
    call_command("load_demo", stdout=StringIO())
    pages = [page.path for page in crawl(client, of_each=1) if page.is_html]
    assert len(pages) > 20
    mailed = link_for(User.objects.order_by("pk").first()).removeprefix(live)
    return list(dict.fromkeys([*pages, *UNLINKED, *ENTRANCES, mailed]))


def in_english(pages):
    """One page of each template: the same elements stand in every language, only the words differ."""
    return [path for path in pages if language_of(path) == "en"]


def broken_answers(page):
    """A list that fills with whatever this page asks for and does not get."""
    broken = []
    page.on("response", lambda answer: answer.status >= 400 and broken.append((answer.status, answer.url)))
    return broken


@pytest.mark.smoke
@pytest.mark.postgresql  # on SQLite the walk by keyboard comes past all these pages
def test_every_public_page_loads_whole_and_keeps_to_the_policy(page, public_pages):
    """The watched page fails at the end for other hosts, policy violations and script errors."""
    broken = broken_answers(page)
    for path in in_english(public_pages):
        page.goto(path)

    assert broken == []


# Written down while it happens, so that a key press needs no question after it.
WRITE_DOWN_FOCUS = """() => {
  window.focused = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    target.dataset.reached = "";
    focused.push({
      href: target.getAttribute("href"),
      marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      text: target.outerHTML.slice(0, 90),
    });
  });
}"""
NOT_REACHED = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary"
  )].filter(item => item.checkVisibility() && !item.disabled && item.tabIndex >= 0
    && !("reached" in item.dataset)).map(item => item.outerHTML.slice(0, 90))"""


def walk_by_keyboard(page):
    """What is wrong on the way with the Tab key through the page."""
    page.evaluate(WRITE_DOWN_FOCUS)
    missed = page.evaluate(NOT_REACHED)
    for _ in range(5):  # more stops than we count: groups of choices, frames that scroll
        for _missing in missed:
            page.keyboard.press("Tab")
        missed = page.evaluate(NOT_REACHED)
    focused = page.evaluate("focused")
    unmarked = [one["text"] for one in focused if not one["marked"]]
    wrong = {"missed": missed[:3], "no visible focus": unmarked[:3]}
    if not focused or focused[0]["href"] != "#content":
        wrong["first"] = focused[:1]
    return {what: found for what, found in wrong.items() if found}


def test_every_page_loads_whole_and_keyboard_reaches_everything_and_it_reads_without_javascript(
    page, open_page, public_pages
):
    """The watched page fails at the end; what its scripts ask for comes while the keys are pressed.

    The small screen also holds the longer words of other languages.
    """
    plain, broken, wrong = open_page(java_script_enabled=False), broken_answers(page), {}
    for path in in_english(public_pages):
        page.goto(path)
        wrong[path] = walk_by_keyboard(page)
        page.wait_for_load_state("networkidle")
        plain.goto(path)
        if plain.locator("main h1").count() != 1 or not plain.locator("main h1").is_visible():
            wrong[path]["without JavaScript"] = "no heading"
    for path in set(public_pages).difference(wrong):
        page.goto(path)
        wrong[path] = overhangs(page, [SMALL])

    assert wrong_pages(wrong) == {}
    assert broken == []


def test_skip_link_leads_past_the_menu(page, live):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
