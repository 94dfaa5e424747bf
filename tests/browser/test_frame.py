"""What holds on every public page, in a real browser."""

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from conference.mail.unsubscribing import link_for
from conference.models import User
from tests.crawl import crawl, language_of

WIDTHS = (360, 390, 768, 1280, 1920)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


def axe_findings(page, *tags):
    # Only what is wrong is asked for: the rest would be most of the answer.
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return {violation["id"]: [node["target"] for node in violation["nodes"]][:3] for violation in found}


def overhangs(page, widths=WIDTHS):
    """By width of the screen, how many pixels the page scrolls sideways."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {width: pixels for width, pixels in found.items() if pixels > 0}


def test_axe_finds_nothing_in_light_and_dark_and_no_screen_scrolls_sideways(open_page, public_pages):
    """The whole of it in English; in Dutch, whose words are longer, whether the smallest screen holds them."""
    page = open_page(bypass_csp=True)
    page.add_init_script(Axe().axe_script)
    found, english = {}, in_english(public_pages)
    for path in english:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        problems = axe_findings(page, *RULES) | overhangs(page)
        page.emulate_media(color_scheme="dark")
        problems |= {f"dark {rule}": nodes for rule, nodes in axe_findings(page, "cat.color").items()}
        found[path] = problems
    for path in set(public_pages).difference(english):
        page.goto(path)
        found[path] = overhangs(page, WIDTHS[:1])

    assert {path: problems for path, problems in found.items() if problems} == {}


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
    for path in public_pages:
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
    """The watched page fails at the end; what its scripts ask for comes while the keys are pressed."""
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

    assert {path: found for path, found in wrong.items() if found} == {}
    assert broken == []


def test_skip_link_leads_past_the_menu(page, live):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
