// The same by keyboard: choose with the arrows, pick up with Enter, move, save with Enter or put back with Escape.
import { focusOn, gridElement as grid, hideGhost, keep, showGhost, showGhostInView } from "./grid.js";
import { tell } from "./notices.js";
import { place, take } from "./saving.js";
import { STEP, changed, find, keyOf, may, onDay, placeWords, say, showDay, store } from "./store.js";

let held = null; // {item, where}
let isSpaceDown = false; // put down with the space bar: letting go of it is no new click

export const isHolding = () => held !== null;

export function startKeyboard(lengthToGive) {
  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-key]");
    // A click without a pointer is Enter or Space, or a command of a screen reader.
    if (element && event.detail === 0 && !event.target.closest("a") && !held) pickUp(element.dataset.key, lengthToGive());
  });
  document.addEventListener("keydown", (event) => {
    if (held) holding(event);
    else if (event.target.closest(".grid-slot")) choosing(event);
    if (isUndo(event)) {
      event.preventDefault();
      take({ do: "undo" }, () => tell(say("undone")));
    }
  }, { capture: true });
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && isSpaceDown) event.preventDefault();
    if (event.key === " ") isSpaceDown = false;
  }, { capture: true });
  grid.addEventListener("focusin", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key || key === store.chosen) return;
    store.chosen = key;
    document.dispatchEvent(new CustomEvent("schedule:chosen"));
  });
  document.addEventListener("focusout", (event) => {
    const isLeft = held && event.relatedTarget && event.target.closest("[data-key]")?.dataset.key === keyOf(held.item);
    if (isLeft && event.relatedTarget.closest("[data-key]")?.dataset.key !== keyOf(held.item)) putBack();
  });
}

function isUndo(event) {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  return event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isTyping && !held;
}

function pickUp(key, minutes) {
  const item = find(key);
  if (!item || !may[item.slot ? "change" : "add"]) return;
  const isPlaced = item.start !== undefined;
  const first = { start: Math.max(store.state.from + 60, 0), room: store.state.rooms[0].pk, minutes };
  const where = { day: store.day, ...(isPlaced ? { start: item.start, room: item.room, minutes: item.minutes } : first) };
  held = { item, where };
  store.busy = true;
  document.documentElement.dataset.dragging = "keys";
  showGhost(where, item);
  showGhostInView();
  tell(say("picked", { title: item.title, place: placeWords(where) }));
}

const MOVES = {
  ArrowUp: (where) => { where.start = keep(where.start - STEP); },
  ArrowDown: (where) => { where.start = keep(where.start + STEP); },
  ArrowLeft: (where) => { where.room = beside(where.room, -1); },
  ArrowRight: (where) => { where.room = beside(where.room, 1); },
  PageUp: (where) => otherDay(where, -1),
  PageDown: (where) => otherDay(where, 1),
};
const LENGTHS = {
  ArrowUp: (where) => { where.minutes = Math.max(where.minutes - STEP, STEP); },
  ArrowDown: (where) => { where.minutes = Math.min(where.minutes + STEP, 1440); },
};

function holding(event) {
  const act = (event.shiftKey ? LENGTHS : MOVES)[event.key];
  if (act) {
    act(held.where);
    showGhost(held.where, held.item);
    showGhostInView();
    tell(placeWords(held.where));
  } else if (event.key === "Enter" || event.key === " ") {
    isSpaceDown = event.key === " ";
    putDown();
  } else if (event.key === "Escape") putBack();
  else return; // Tab leaves, which puts it back
  event.preventDefault();
  event.stopPropagation();
}

function beside(pk, by) {
  const { rooms } = store.state;
  const index = rooms.findIndex((room) => room.pk === pk) + by;
  return rooms[Math.min(Math.max(index, 0), rooms.length - 1)].pk;
}

function otherDay(where, by) {
  const { days } = store.state;
  const index = days.findIndex((day) => day.date === where.day) + by;
  if (!days[index]) return;
  where.day = days[index].date;
  showDay(where.day);
}

function letGo() {
  const { item, where } = held;
  held = null;
  store.busy = false;
  delete document.documentElement.dataset.dragging;
  hideGhost();
  return { item, where };
}

function putDown() {
  const { item, where } = letGo();
  const done = () => {
    const now = store.state.items.find((each) => (item.slot ? each.slot === item.slot : each.session === item.session));
    if (now) focusOn(keyOf(now));
    tell(say("placed", { title: item.title, place: placeWords(now ?? where) }));
  };
  const isSame = ["day", "start", "minutes", "room"].every((name) => item[name] === where[name]);
  if (isSame) {
    changed();
    done();
  } else place(item, where, done);
}

function putBack() {
  const { item } = letGo();
  if (item.day && item.day !== store.day) showDay(item.day);
  changed();
  if (item.start !== undefined) focusOn(keyOf(item));
  tell(say("put_back", item));
}

// Without an item in hand the arrows go from one to the next: up and down in its room, left and right between rooms.
function choosing(event) {
  const item = find(event.target.closest("[data-key]").dataset.key);
  if (!item) return;
  if (event.key === "Delete" && may.delete) {
    take({ do: "remove", session: item.session, slot: item.slot, seen: item.seen }, () => {
      tell(say("removed", item));
      document.querySelector(`[data-key="session-${item.session}"] button`)?.focus();
    });
    return;
  }
  const next = neighbour(item, event.key);
  if (next === undefined) return;
  event.preventDefault();
  if (next) focusOn(keyOf(next));
}

function neighbour(item, key) {
  const order = store.state.rooms.map((room) => room.pk);
  const items = onDay().sort((one, other) => one.start - other.start);
  const same = items.filter((each) => each.room === item.room);
  const at = same.indexOf(item);
  if (key === "ArrowUp") return same[at - 1] ?? null;
  if (key === "ArrowDown") return same[at + 1] ?? null;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const by = key === "ArrowLeft" ? -1 : 1;
  for (let index = order.indexOf(item.room) + by; index >= 0 && index < order.length; index += by) {
    const there = items.filter((each) => each.room === order[index]);
    if (there.length) return there.reduce((one, other) => (Math.abs(other.start - item.start) < Math.abs(one.start - item.start) ? other : one));
  }
  return null;
}
