// What the page shows: the large answer, those before it, numbers, people found, and how the network is.
import { play } from "./sound.js";
import { desk, fill, timeOf, words } from "./words.js";

const MOST_PAST = 12;
const panel = desk.querySelector("[data-answer]");
const undo = desk.querySelector("[data-undo]");
const past = desk.querySelector("[data-past]");
const results = desk.querySelector("[data-results]");
const none = desk.querySelector("[data-none]");
const state = desk.querySelector("[data-state]");
let isMuted = false;
let current;

export const mute = (is) => (isMuted = is);
export const shown = () => current;

// --- The answer ------------------------------------------------------------------------------------

export function show(answer, moment = Date.now()) {
  if (current) remember(current.answer, current.moment);
  current = { answer, moment };
  put(answer);
  if (!isMuted) play(answer.tone);
}

export function put(answer) {
  panel.dataset.tone = answer.tone;
  panel.dataset.kind = answer.kind;
  for (const part of ["title", "name", "detail", "note", "words"]) {
    panel.querySelector(`[data-part=${part}]`).textContent = answer[part] || "";
  }
  undo.hidden = !(answer.check_in || answer.scan);
}

// What a device said alone is said by the server now: the same place, no new sound.
export function settle(answer, nonce) {
  if (current?.answer.scan !== nonce) return false;
  current.answer = answer;
  put(answer);
  return true;
}

export function checking() {
  if (current) remember(current.answer, current.moment);
  current = undefined;
  put({ tone: "ready", kind: "", title: words.checking });
}

// A line under the answer; also for what came back later.
export function remember(answer, moment, text = answer.title) {
  const line = document.createElement("li");
  line.dataset.tone = answer.tone;
  const time = document.createElement("time");
  time.textContent = timeOf(moment);
  const title = document.createElement("strong");
  title.textContent = text;
  const name = document.createElement("span");
  name.textContent = answer.name;
  line.append(time, title, name);
  const lines = past.querySelector("ol");
  lines.prepend(line);
  while (lines.children.length > MOST_PAST) lines.lastElementChild.remove();
  past.hidden = false;
}

// --- Around it -------------------------------------------------------------------------------------

export function number(name, value) {
  desk.querySelector(`[data-number=${name}]`).textContent = value;
}

export function waiting(count) {
  number("waiting", count);
  desk.querySelector("[data-waiting]").hidden = !count;
}

// "connected", "offline", "busy" or "logged_out", and how many scans wait.
export function network(how, count) {
  const wait = count === 1 ? words.waiting_one : count ? fill(words.waiting, { count }) : "";
  const about = { offline: words.offline, busy: words.offline, logged_out: words.logged_out }[how] || "";
  const text = [about, wait].filter(Boolean).join(" ");
  desk.dataset.network = how;
  if (state.textContent !== text) state.textContent = text;
  state.hidden = !text;
  if (how === "connected") document.querySelector(".offline-note")?.remove();
}

// --- People ----------------------------------------------------------------------------------------

export function found(people) {
  results.replaceChildren(...(people || []).map(lineOf));
  none.hidden = !people || people.length > 0;
}

function lineOf({ guid, name, about, arrived }) {
  const line = document.createElement("li");
  line.className = "desk-person";
  const text = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = name;
  text.append(strong, quiet(about));
  if (arrived) text.append(quiet(`${words.arrived}. ${arrived.words}`));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.person = guid;
  button.textContent = arrived ? words.undo : words.check_in;
  button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  if (arrived) {
    button.dataset.kind = "quiet";
    button.dataset.takeBack = arrived.checkIn;
  }
  line.append(text, button);
  return line;
}

function quiet(words) {
  const span = document.createElement("span");
  span.className = "desk-quiet";
  span.textContent = words;
  return span;
}
