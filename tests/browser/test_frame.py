"""What holds on every public page, in a real browser."""

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from tests.crawl import crawl

WIDTHS = (360, 390, 768, 1280, 1920)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENTRANCES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]


@pytest.fixture
def public_pages(live, client):
    """A few addresses of every kind of public page of the demonstration, and those for logging in."""
    call_command("load_demo", stdout=StringIO())
    pages = [page.path for page in crawl(client, of_each=1) if page.is_html]
    assert len(pages) > 20
    return list(dict.fromkeys([*pages, *ENTRANCES]))


def axe_findings(page, *tags):
    report = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(tags)}})
    return {
        violation["id"]: [node["target"] for node in violation["nodes"]][:3]
        for violation in report.response["violations"]
    }


def overhangs(page):
    """By width of the screen, how many pixels the page scrolls sideways."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {width: pixels for width, pixels in found.items() if pixels > 0}


def test_axe_finds_nothing_in_light_and_dark_and_no_screen_scrolls_sideways(open_page, public_pages):
    page = open_page(bypass_csp=True)
    found = {}
    for path in public_pages:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        problems = axe_findings(page, *RULES) | overhangs(page)
        page.emulate_media(color_scheme="dark")
        problems |= {f"dark {rule}": nodes for rule, nodes in axe_findings(page, "cat.color").items()}
        if problems:
            found[path] = problems

    assert found == {}


@pytest.mark.smoke
def test_every_public_page_loads_whole_and_keeps_to_the_policy(page, public_pages):
    """The watched page fails at the end for other hosts, policy violations and script errors."""
    broken = []
    page.on("response", lambda answer: answer.status >= 400 and broken.append((answer.status, answer.url)))
    for path in public_pages:
        page.goto(path, wait_until="networkidle")

    assert broken == []


def test_every_public_page_reads_without_javascript(open_page, public_pages):
    page = open_page(java_script_enabled=False)
    without = []
    for path in public_pages:
        page.goto(path)
        if page.locator("main h1").count() != 1 or not page.locator("main h1").is_visible():
            without.append(path)

    assert without == []


NEXT_FOCUS = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  at.dataset.reached = "";
  return {
    tag: at.tagName,
    href: at.getAttribute("href"),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    text: at.outerHTML.slice(0, 90),
  };
}"""
NOT_REACHED = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary"
  )].filter(item => item.checkVisibility() && !item.disabled && item.tabIndex >= 0
    && !("reached" in item.dataset)).map(item => item.outerHTML.slice(0, 90))"""


def test_keyboard_reaches_everything_with_a_visible_focus_and_the_skip_link_first(page, public_pages):
    wrong = {}
    for path in public_pages:
        page.goto(path)
        page.keyboard.press("Tab")
        focus = page.evaluate(NEXT_FOCUS)
        first, unmarked = focus["href"], []
        for _ in range(400):
            if focus["tag"] == "BODY":
                break
            if not focus["marked"]:
                unmarked.append(focus["text"])
            page.keyboard.press("Tab")
            focus = page.evaluate(NEXT_FOCUS)
        missed = page.evaluate(NOT_REACHED)
        if first != "#content" or missed or unmarked:
            wrong[path] = {"first": first, "missed": missed[:3], "no visible focus": unmarked[:3]}

    assert wrong == {}


def test_skip_link_leads_past_the_menu(page, live):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
