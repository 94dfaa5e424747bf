"""Going through a page with the keys alone, as somebody does who uses no mouse."""

STOPS = 90  # presses of the Tab key after which nobody looks any further
# What a person sees of the place where they are: a frame around it, and nothing lying over all of it.
SEEN = """item => {
  const style = getComputedStyle(item), box = item.getBoundingClientRect();
  const isThere = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && (item.contains(top) || top.contains(item) || [...(item.labels || [])].some((one) => one.contains(top)));
  };
  const across = [0.1, 0.5, 0.9].map((part) => box.left + box.width * part);
  const down = [0.1, 0.5, 0.9].map((part) => box.top + box.height * part);
  return {
    framed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: across.some((x) => down.some((y) => isThere(x, y))),
  };
}"""
HERE = "item => item === document.activeElement || (item.contains(document.activeElement) && item.tagName === 'SUMMARY')"


def tab_to(page, place):
    """Go on by the Tab key alone until this has the focus, which is then to be seen."""
    for _stop in range(STOPS):
        if place.evaluate(HERE):
            assert place.evaluate(SEEN) == {"framed": True, "inView": True}, place
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not lead to {place}.")


def press(page, place, key="Enter"):
    tab_to(page, place)
    page.keyboard.press(key)


def fill(page, place, words):
    """In a list of choices, the first letters choose."""
    tab_to(page, place)
    page.keyboard.type(words)
