"""What a screen reader is told about each control, beside the words that are seen on it (WCAG 2.5.3)."""

import re

MARK = "data-walked"
# The words that are painted on a control, or on the labels of a field; clipped ones are for screen readers only.
SEEN = """mark => {
  const isPainted = (node) => {
    for (let one = node.parentElement; one; one = one.parentElement) {
      const style = getComputedStyle(one), box = one.getBoundingClientRect();
      if (style.visibility === "hidden" || style.opacity === "0" || style.display === "none") return false;
      if (box.width <= 1 || box.height <= 1) return style.display === "contents" ? true : false;
    }
    return true;
  };
  const words = (item) => {
    const texts = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
    let said = "";
    while (texts.nextNode()) {
      const inField = texts.currentNode.parentElement.closest("select, textarea, option");
      if (!inField && isPainted(texts.currentNode)) said += " " + texts.currentNode.data;
    }
    return said;
  };
  const controls = "a[href], button, summary, input:not([type=hidden]), select, textarea, [role=button], [role=link], [role=tab]";
  return [...document.querySelectorAll(controls)].filter((one) => one.checkVisibility()).map((one, number) => {
    one.setAttribute(mark, number);
    const isPush = one.matches("input[type=submit], input[type=button], input[type=reset]");
    const parts = one.matches("input, select, textarea") ? [...(one.labels || [])] : [one];
    return { seen: isPush ? one.value : parts.map(words).join(" "), html: one.outerHTML.slice(0, 120) };
  });
}"""


def misnamed(page):
    """Controls without a name, and those whose name lacks the words that are seen on them."""
    controls = page.evaluate(SEEN, MARK)
    told = told_names(page)
    wrong = []
    for number, control in enumerate(controls):
        name = told.get(str(number))
        if name is None:  # left out of the tree on purpose, or by an ancestor: axe looks after those
            continue
        if not name.strip():
            wrong.append(("no name", control["html"]))
        elif bare(control["seen"]) not in bare(name):
            wrong.append((control["seen"].strip()[:60], name[:60]))
    return wrong


def bare(words):
    """Letters and digits: arrows, stars and spaces are not said."""
    return re.sub(r"[\W_]+", "", words).casefold()


def told_names(page):
    """From the browser's own accessibility tree, by the mark that each control got."""
    session = page.context.new_cdp_session(page)
    try:
        root = session.send("DOM.getDocument", {"depth": -1})["root"]
        marks = dict(marked(root))
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    told = {node.get("backendDOMNodeId"): node for node in nodes if not node.get("ignored")}
    return {mark: told[key].get("name", {}).get("value", "") for key, mark in marks.items() if key in told}


def marked(node):
    attributes = node.get("attributes", [])
    if MARK in attributes[::2]:
        yield node["backendNodeId"], attributes[attributes.index(MARK) + 1]
    for child in node.get("children", []):
        yield from marked(child)
