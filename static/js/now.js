// Moves "now" forward with the clock, and fetches the page anew while there is a network.
// Without a network the page goes on with the slots it holds and says since when it has heard nothing.
const EVERY = 40_000; // milliseconds between two fetches, and a little more, so that screens do not ask all at once
const SPREAD = 10_000;
const WAITS = 15_000;
const LATE = 90_000; // a clock that is wrong by more than this is corrected by the server's
const note = document.querySelector(".now-offline");
let root = document.querySelector("[data-now]");
let lastHtml = "";
let offlineSince = document.documentElement.dataset.keptAt;
let ahead = 0; // what the server's clock is ahead of ours

const now = () => Date.now() + ahead;

function clockOf(moment) {
  const words = new Intl.DateTimeFormat("en-GB", { timeZone: root.dataset.zone, hour: "2-digit", minute: "2-digit" });
  return words.format(moment);
}

function setText(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

// Which items stand under Now, Next and Later; all that begin next at the same moment are next.
function placesOf(items, seconds) {
  const left = items.filter(({ dataset }) => dataset.ends > seconds);
  const coming = left.filter(({ dataset }) => dataset.starts > seconds);
  const first = Math.min(...coming.map(({ dataset }) => dataset.starts));
  return {
    now: left.filter(({ dataset }) => dataset.starts <= seconds),
    next: coming.filter(({ dataset }) => Number(dataset.starts) === first),
    later: coming.filter(({ dataset }) => dataset.starts > first),
  };
}

function arrange(board, seconds) {
  const items = [...board.querySelectorAll("[data-starts]")];
  const places = placesOf(items, seconds);
  for (const [name, found] of Object.entries(places)) {
    const part = board.querySelector(`[data-place="${name}"]`);
    const list = part.querySelector("ol");
    const isSame = found.length === list.children.length && found.every((item, at) => item === list.children[at]);
    if (!isSame) list.replaceChildren(...found);
    part.hidden = !found.length;
  }
  board.querySelector('[data-place="none"]').hidden = items.some(({ dataset }) => dataset.ends > seconds);
  return places.now.length > 0;
}

function moveOn() {
  setText(root.querySelector(".now-clock time"), clockOf(now()));
  const seconds = now() / 1000;
  const isOn = [...root.querySelectorAll("[data-board]")].map((board) => arrange(board, seconds)).some(Boolean);
  if (isOn) root.querySelector('[data-phase="between"] span')?.remove(); // it named the time that has come
  const isOver = root.dataset.ends !== "" && root.dataset.ends <= seconds;
  const before = root.querySelector('[data-phase="before"]');
  const isBefore = before && !before.hidden && !isOn && !isOver;
  const shown = { before: isBefore, between: !isOn && !isOver && !isBefore, over: isOver };
  for (const [phase, isShown] of Object.entries(shown)) {
    const words = root.querySelector(`[data-phase="${phase}"]`);
    if (words) words.hidden = !isShown;
  }
}

function sayOffline() {
  note.hidden = !offlineSince;
  if (offlineSince) setText(note, note.dataset.words.replace("%time", clockOf(new Date(offlineSince))));
}

// What was unfolded stays so, and the keyboard stays where it was.
function show(fresh) {
  const open = [...root.querySelectorAll("details[open]")].map((part) => part.closest("section")?.firstElementChild.id);
  const at = root.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  root.replaceWith(fresh);
  root = fresh;
  for (const id of open.filter(Boolean)) {
    document.getElementById(id)?.closest("section").querySelector("details")?.setAttribute("open", "");
  }
  if (at) root.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

function takeOver(html) {
  if (html === lastHtml) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-now]");
  if (!fresh) return;
  const script = 'script[src*="/now."]';
  if (page.querySelector(script)?.getAttribute("src") !== document.querySelector(script)?.getAttribute("src")) {
    window.location.reload(); // the site has a new version of this script
    return;
  }
  lastHtml = html;
  document.title = page.title;
  show(document.adoptNode(fresh));
}

async function refresh() {
  try {
    const response = await fetch(window.location.href, {
      headers: { Accept: "text/html" },
      cache: "no-cache",
      signal: AbortSignal.timeout(WAITS),
    });
    if (!response.ok) throw new Error(response.status);
    const said = Date.parse(response.headers.get("Date"));
    if (said) ahead = Math.abs(said - Date.now()) > LATE ? said - Date.now() : 0;
    takeOver(await response.text());
    offlineSince = undefined;
  } catch {
    offlineSince ||= new Date(now()).toISOString();
  }
  sayOffline();
}

// A preview of another moment stands still.
if (root && !("held" in root.dataset)) {
  const tick = () => {
    if (document.hidden) return;
    refresh().then(moveOn);
  };
  document.querySelector(".offline-note")?.remove(); // this page has a line of its own, which comes and goes
  sayOffline();
  moveOn();
  setInterval(moveOn, 1000);
  setInterval(tick, EVERY + Math.random() * SPREAD);
  document.addEventListener("visibilitychange", tick);
  window.addEventListener("online", tick);
  if (offlineSince) tick();
}
