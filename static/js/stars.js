// A star button on every element with data-session="<guid>": kept in the account of whoever is logged in, else in
// this browser, by edition. What a browser kept is handed to the account on the first page after log-in.
const notice = document.querySelector("[data-stars]");
const words = notice.dataset;
const isAccount = "account" in words;
const PREFIX = "stars:";
const TAKEN = "stars-taken";
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const starred = new Set(isAccount ? words.starred.split(" ").filter(Boolean) : read(PREFIX + words.edition));

// --- What this browser keeps -----------------------------------------------------------------------

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "[]");
    return Array.isArray(kept) ? kept.filter((guid) => GUID.test(guid)).slice(0, 500) : [];
  } catch {
    return [];
  }
}

function write() {
  const key = PREFIX + words.edition;
  if (starred.size) localStorage.setItem(key, JSON.stringify([...starred]));
  else localStorage.removeItem(key);
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// --- What the account keeps ------------------------------------------------------------------------

let queue = Promise.resolve(); // one after the other, so that the last press wins

async function post(action, guids) {
  const body = new URLSearchParams(guids.map((guid) => ["session", guid]));
  body.set("action", action);
  const headers = { Accept: "application/json", "X-CSRFToken": words.token };
  const answer = await fetch(words.url, { method: "POST", headers, body, redirect: "error" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function send(action, guids) {
  queue = queue.catch(() => {}).then(() => post(action, guids));
  return queue;
}

async function takeOver() {
  const isTaken = sessionStorage.getItem(TAKEN) !== null;
  sessionStorage.removeItem(TAKEN);
  let isNews = false;
  for (const key of keys()) {
    const sent = read(key);
    const answer = sent.length ? await send("take_over", sent) : { starred: [] };
    localStorage.removeItem(key);
    answer.starred.forEach((guid) => starred.add(guid));
    isNews ||= answer.starred.length > 0;
  }
  if (isNews && document.querySelector("[data-own-programme]")) {
    sessionStorage.setItem(TAKEN, ""); // the list is the server's: it comes anew, and then says so
    window.location.reload();
  } else if (isNews || isTaken) say(words.taken);
  show();
}

// --- What the page shows ---------------------------------------------------------------------------

function say(text, title = "") {
  notice.querySelector("[role=status]").textContent = text.replace("{title}", title);
  notice.querySelector("div").hidden = false;
}

function decorate() {
  document.querySelectorAll("[data-session]:not([data-has-star])").forEach((place) => {
    place.dataset.hasStar = "";
    const button = notice.querySelector("template").content.firstElementChild.cloneNode(true);
    const heading = place.querySelector("h1, h2, h3, h4, a");
    const title = place.dataset.title || heading?.textContent.trim().replace(/\s+/g, " ") || "";
    button.dataset.star = place.dataset.session;
    button.dataset.title = title;
    button.setAttribute("aria-label", words.label.replace("{title}", title));
    const form = place.querySelector(".star-form");
    if (form) form.replaceWith(button);
    else if (heading) heading.after(button);
    else place.append(button);
  });
}

function show() {
  decorate();
  document.querySelectorAll(".star[data-star]").forEach((button) => {
    const isKept = starred.has(button.dataset.star);
    button.setAttribute("aria-pressed", String(isKept));
    button.querySelector("span").textContent = isKept ? words.kept : words.short;
  });
  document.dispatchEvent(new CustomEvent("starschange"));
}

function set(guid, isOn) {
  if (isOn) starred.add(guid);
  else starred.delete(guid);
  show();
}

async function toggle(guid, title) {
  const isOn = !starred.has(guid);
  set(guid, isOn);
  try {
    if (isAccount) await send(isOn ? "star" : "unstar", [guid]);
    else write();
    say(isOn ? words.added : words.removed, title);
  } catch {
    set(guid, !isOn);
    say(words.failed);
  }
}

function reread() {
  if (isAccount) return;
  starred.clear();
  read(PREFIX + words.edition).forEach((guid) => starred.add(guid));
  show();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".star[data-star]");
  if (button) toggle(button.dataset.star, button.dataset.title);
  if (event.target.closest(".star-notice-close")) notice.querySelector("div").hidden = true;
});
window.addEventListener("storage", reread); // another page of this browser
window.addEventListener("pageshow", (event) => event.persisted && reread());
show();
// Items that a filter puts into the page get their button too.
new MutationObserver(() => {
  if (document.querySelector("[data-session]:not([data-has-star])")) show();
}).observe(document.querySelector("main"), { childList: true, subtree: true });
if (isAccount) takeOver().catch(() => {}); // the next page tries again
