// The programme changes in place: a link or a search is fetched, its part of the page replaced, the address kept.
// Without this script, or when something goes wrong, the same links and form load the page.
const place = () => document.querySelector("[data-in-place]");
let asking; // the request under way; a newer one puts it off

// Where the focus stood, in words that still mean something when the part is new.
function focusIn(part) {
  const list = document.activeElement?.closest?.("[data-list]");
  if (list && part.contains(list)) {
    const items = [...list.children];
    return { list: list.dataset.list, index: items.findIndex((item) => item.contains(document.activeElement)) };
  }
  return document.activeElement?.name === "q" ? { q: true } : {};
}

function focusAgain(part, before) {
  const list = before.list && part.querySelector(`[data-list="${CSS.escape(before.list)}"]`);
  const link = before.list !== "chips" && list?.children[before.index]?.querySelector("a");
  const found = (before.q && part.querySelector("[name=q]")) || link || part.querySelector("[data-said]");
  found?.focus({ preventScroll: true });
}

function openAgain(before, after) {
  after.querySelector("details.filters").open = before.querySelector("details.filters")?.open;
  before.querySelectorAll("details > [data-list]").forEach((body) => {
    const same = after.querySelector(`[data-list="${CSS.escape(body.dataset.list)}"]`)?.closest("details");
    if (same) same.open = body.parentElement.open;
  });
}

function replace(html, { keepsFocus }) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const [before, after] = [place(), answer.querySelector("[data-in-place]")];
  if (!after) return false;
  const focused = focusIn(before);
  document.adoptNode(after);
  if (after.querySelector("details.filters")) openAgain(before, after);
  before.replaceWith(after);
  document.title = answer.title;
  // The links to this page in another language ask for the same.
  const languages = [...answer.querySelectorAll("body a[hreflang]")];
  document.querySelectorAll("body a[hreflang]").forEach((link, index) => {
    if (languages[index]) link.href = languages[index].getAttribute("href");
  });
  if (keepsFocus) focusAgain(after, focused);
  document.getElementById(after.dataset.inPlace).textContent = after.querySelector("[data-said]")?.textContent ?? "";
  document.dispatchEvent(new CustomEvent("page-part-replaced", { detail: after }));
  return true;
}

async function show(address, { isNew }) {
  asking?.abort();
  asking = new AbortController();
  place().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    const html = await answer.text();
    if (!answer.ok) throw new Error(answer.statusText);
    if (isNew) history.pushState({ inPlace: true }, "", address);
    if (!replace(html, { keepsFocus: isNew })) throw new Error("no such part");
  } catch (error) {
    if (error.name !== "AbortError") window.location.assign(address);
  }
}

function isOurs(link) {
  return place()?.contains(link) && link.pathname === window.location.pathname && !link.hash && !link.target;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link) {
    closeFacets(event.target.closest?.(".facet"));
    return;
  }
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!isPlain || event.defaultPrevented || !isOurs(link)) return;
  event.preventDefault();
  show(link.href, { isNew: true });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get" || !place()?.contains(form)) return;
  event.preventDefault();
  const address = new URL(form.action);
  const said = [...new FormData(form)].filter(([, value]) => value);
  address.search = new URLSearchParams(said).toString();
  show(address.href, { isNew: true });
});

// Back and Forward between addresses of this page; a jump within it needs nothing.
let here = window.location.pathname + window.location.search;
window.addEventListener("popstate", () => {
  const there = window.location.pathname + window.location.search;
  if (there !== here) show(window.location.href, { isNew: false });
});
document.addEventListener("page-part-replaced", () => {
  here = window.location.pathname + window.location.search;
});

function closeFacets(except) {
  place()?.querySelectorAll(".facet[open]").forEach((facet) => {
    if (facet !== except) facet.open = false;
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const facet = document.activeElement?.closest?.(".facet[open]");
  if (!facet) return;
  facet.open = false;
  facet.querySelector("summary").focus();
});
