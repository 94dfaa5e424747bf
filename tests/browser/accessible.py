"""What is wrong on a page for people who see, point or read otherwise: one look, the same for every test."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.names import misnamed

WIDE, ZOOMED, NARROW = 1280, 640, 320  # a window of 1280 at 200 %, and at 400 %
WIDTHS = (1920, 768, ZOOMED, NARROW)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the administration the structure is Django's, and its habits are judged by the criteria alone.
CRITERIA = [tag for tag in RULES if tag != "best-practice"]
# What changes with the colours and the width of a page; its structure is the same on every screen.
DRAWN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# What scripts put there when the page is loaded stands, and what changes gently has changed.
SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const one of document.getAnimations()) {
    try { one.finish(); } catch { one.cancel(); } // what turns for ever has no end to go to
  }
}"""


def problems_at(page, path):
    """Opens that page and looks at it; nothing where all is well."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.goto(path)
    return problems_of(page)


def problems_of(page):
    """On a wide screen in light, at 200 % in dark, and by how many pixels it scrolls sideways on any screen."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    in_light = findings(page, "light", WIDE, "tag", CRITERIA if "/admin/" in page.url else RULES)
    named_wrong = {"names": wrong[:5]} if (wrong := misnamed(page)) else {}
    in_dark = findings(page, "dark", ZOOMED, "rule", DRAWN)
    return in_light | named_wrong | in_dark | overhangs(page)


def findings(page, scheme, width, kind, values):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(SETTLED)
    # Only what is wrong is asked for: the rest would be most of the answer.
    options = {"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return {
        f"{scheme} {violation['id']}": [node["target"] for node in violation["nodes"]][:3]
        for violation in found
    }


def overhangs(page, widths=WIDTHS):
    """By width of the screen, how many pixels the page scrolls sideways."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found[f"sideways at {width}"] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {width: pixels for width, pixels in found.items() if pixels > 0}


def wrong_pages(found):
    """Of the problems by page, those where there are any."""
    return {page: problems for page, problems in found.items() if problems}
