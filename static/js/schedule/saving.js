// Sends each step at once and in order, draws what the server answers, and asks what others changed.
import { refused, tell, unheard } from "./notices.js";
import { backToSaid, changed, keyOf, setState, store, words } from "./store.js";

const root = document.querySelector(".schedule");
const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
export const EVERY = 4000; // milliseconds between two questions for changes
const queue = [];
let isSending = false;

// A step is saved in the order it was made. `then` runs when it is done.
export function take(step, then = () => {}) {
  queue.push({ step, then });
  if (!isSending) sendNext();
}

export function place(item, where, then) {
  const target = store.state.items.find((each) => keyOf(each) === keyOf(item));
  const shown = { parts: [], ...item, ...where, lane: 0, lanes: 1, time: words.saving, saving: true };
  if (target) Object.assign(target, shown);
  else {
    store.state.waiting = store.state.waiting.filter((each) => keyOf(each) !== keyOf(item));
    store.state.items.push(shown);
  }
  changed();
  take(placing(item, where), then);
}

const clockOf = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");

function placing(item, where) {
  const { day, room, minutes, start } = where;
  return { do: "place", session: item.session, slot: item.slot, seen: item.seen, day, room, minutes, start: clockOf(start) };
}

async function sendNext() {
  const next = queue[0];
  isSending = Boolean(next);
  if (!next) return;
  let answer = null;
  try {
    answer = await ask(root.dataset.page, { method: "POST", body: JSON.stringify(next.step), keepalive: true });
  } catch {
    queue.length = 0;
    backToSaid();
    unheard(words.offline, () => take(next.step, next.then));
  }
  if (answer) {
    queue.shift();
    receive(next, answer);
  }
  sendNext();
}

async function ask(address, options = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
  const response = await fetch(address, { credentials: "same-origin", ...options, headers });
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (isJson) return { status: response.status, ...(await response.json()) };
  const said = response.redirected || response.status === 200 ? words.logged_out : response.status === 403 ? words.forbidden : words.offline;
  return { status: response.status, refusal: said };
}

function receive({ step, then }, answer) {
  if (!answer.refusal) {
    follow(step, answer.state);
    setState(answer.state);
    then();
    return;
  }
  queue.length = 0; // what was built upon the refused step does not stand either
  if (answer.state) setState(answer.state);
  else backToSaid();
  refused(answer.refusal, answer.is_changed && step.do !== "undo" ? () => take(anyway(step), then) : null);
}

// Steps made while this one was on its way were built upon it: they have seen what it led to.
function follow(step, state) {
  if (step.do !== "place") return;
  const mine = state.items.find((item) => (step.slot ? item.slot === step.slot : item.session === step.session));
  const isAsSent = mine && mine.day === step.day && mine.room === step.room && mine.minutes === step.minutes && clockOf(mine.start) === step.start;
  if (!isAsSent) return;
  queue.map((each) => each.step).filter((each) => each.session === step.session && each.slot === step.slot).forEach((each) => {
    each.slot = mine.slot;
    each.seen = mine.seen;
  });
}

// The same step, upon what is there now.
function anyway(step) {
  const now = step.slot
    ? [...store.state.items, ...store.state.waiting].find((item) => item.slot === step.slot)
    : store.state.items.find((item) => item.session === step.session);
  return { ...step, slot: now?.slot ?? null, seen: now?.seen ?? null };
}

async function refresh(since = "") {
  try {
    const answer = await ask(`${root.dataset.state}?since=${encodeURIComponent(since)}`);
    if (answer.items && !isSending && !queue.length) receiveOthers(answer);
  } catch {
    // The next question may be heard again.
  }
}

function receiveOthers(state) {
  const known = store.state.steps[0]?.pk ?? 0;
  const [latest] = state.steps;
  setState(state);
  if (latest && latest.pk > known && !latest.may_undo) tell(words.changed_by.replace("{who}", latest.who).replace("{words}", latest.words));
}

export function watch() {
  const look = () => {
    if (document.visibilityState === "visible" && !isSending && !store.busy) refresh(store.state.version);
  };
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  // Who leaves while steps are on their way is asked first.
  window.addEventListener("beforeunload", (event) => isSending && event.preventDefault());
}
