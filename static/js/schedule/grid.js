// Draws the shown day: a column for each room, every item placed by custom properties; elements are kept and moved.
import { make, mark, set } from "./elements.js";
import { STEP, clock, keyOf, onDay, roomName, say, store, timeOf, troubled, words } from "./store.js";

const MINUTE = { normal: 1.5, compact: 0.8 }; // pixels
const LAST_START = 1440 - STEP;
const drawn = new Map(); // key -> element
const grid = document.querySelector("[data-grid]");
const canvas = make("div", { class: "grid-canvas" });
const ghost = make("div", { class: "grid-ghost", "aria-hidden": "true" });
let columns = new Map(); // room -> element
let shape = "";
let zoom = "normal";

export const gridElement = grid;
export const perMinute = () => MINUTE[zoom];

export function setZoom(name) {
  const middle = (grid.scrollTop + grid.clientHeight / 2) / perMinute();
  zoom = name;
  mark(grid, { zoom: name });
  set(grid, { minute: `${perMinute()}px` });
  grid.scrollTop = middle * perMinute() - grid.clientHeight / 2;
}

export function drawGrid() {
  drawFrame();
  const items = onDay();
  const marked = troubled();
  const keys = new Set(items.map(keyOf));
  for (const [key, element] of drawn) {
    if (keys.has(key)) continue;
    element.remove();
    drawn.delete(key);
  }
  const first = items.find((item) => keyOf(item) === store.chosen) ?? items[0];
  items.forEach((item) => {
    const element = drawn.get(keyOf(item)) ?? newElement(keyOf(item));
    fill(element, item, marked.has(item.slot));
    element.firstChild.tabIndex = item === first ? 0 : -1;
    const column = columns.get(item.room) ?? columns.get(null);
    if (element.parentNode !== column) column.append(element);
  });
}

function drawFrame() {
  const { rooms, from, to } = store.state;
  const now = JSON.stringify([rooms, from, to]);
  if (now === shape) return;
  shape = now;
  drawn.clear();
  set(canvas, { from, to, columns: rooms.length });
  const heads = rooms.map((room) =>
    make("div", { class: "grid-head" }, room.name, room.seats ? make("small", {}, say("seats", { seats: room.seats })) : null),
  );
  const hours = make("div", { class: "grid-hours", "aria-hidden": "true" });
  for (let hour = from; hour < to; hour += 60) {
    const label = make("span", {}, clock(hour));
    set(label, { start: hour });
    hours.append(label);
  }
  columns = new Map(rooms.map((room) => [room.pk, make("div", { class: "grid-room", role: "group", "aria-label": room.name })]));
  canvas.replaceChildren(make("div", { class: "grid-head grid-corner" }), ...heads, hours, ...columns.values());
  if (canvas.parentNode !== grid) grid.append(canvas);
}

function newElement(key) {
  const grip = make("button", { type: "button", class: "grid-grip" });
  const element = make("div", { class: "grid-slot", "data-key": key }, grip, make("span", { class: "grid-resize", title: words.resize }));
  drawn.set(key, element);
  return element;
}

function fill(element, item, isTroubled) {
  const isBeside = item.lanes > 1;
  mark(element, { kind: item.kind, nested: item.nested, troubled: isTroubled || isBeside, saving: item.saving, late: item.start + item.minutes > 1440 });
  set(element, { start: item.start, minutes: item.minutes, lane: item.lane, lanes: item.lanes });
  if (item.hue === null) element.removeAttribute("data-hue");
  else element.dataset.hue = item.hue;
  const text = JSON.stringify([item.title, item.time, item.people, item.part_of, item.parts, item.status, item.room, isTroubled, isBeside]);
  if (element.shown === text) return;
  element.shown = text;
  const trouble = isTroubled ? words.in_conflict : isBeside ? words.overlaps : "";
  const inside = item.part_of ? say("part_of", { title: item.part_of }) : "";
  const grip = element.firstChild;
  grip.replaceChildren(
    make("span", { class: "grid-time" }, trouble ? "⚠ " : "", item.time),
    make("strong", {}, item.number ? `${item.number}. ${item.title}` : item.title),
    make("span", { class: "grid-people" }, [item.status, inside, item.people].filter(Boolean).join(" · ")),
    ...item.parts.map((title) => make("span", { class: "grid-part" }, title)),
  );
  grip.setAttribute("aria-label", [item.title, item.time, roomName(item.room), inside, item.status, trouble, ...item.parts].filter(Boolean).join(", "));
  grip.title = [item.title, item.people, inside, trouble].filter(Boolean).join("\n");
}

export const elementOf = (key) => drawn.get(key);

export function focusOn(key) {
  store.chosen = key;
  const grip = drawn.get(key)?.firstChild;
  if (!grip) return;
  drawn.forEach((element) => { element.firstChild.tabIndex = -1; });
  grip.tabIndex = 0;
  grip.focus({ preventScroll: true });
  drawn.get(key).scrollIntoView({ block: "nearest", inline: "nearest" });
}

// The place under a point of the window; the item was taken hold of so many minutes below its start.
export function placeAt(x, y, heldAt) {
  const rooms = [...columns].filter(([, column]) => column.getBoundingClientRect().left <= x);
  const [room, column] = rooms.at(-1) ?? [...columns][0];
  const minutes = store.state.from + (y - column.getBoundingClientRect().top) / perMinute();
  return { room, start: keep(snap(minutes - heldAt)) };
}

export function minutesAt(y) {
  const top = canvas.querySelector(".grid-room").getBoundingClientRect().top;
  return store.state.from + (y - top) / perMinute();
}

export const snap = (minutes) => Math.round(minutes / STEP) * STEP;
export const keep = (start) => Math.min(Math.max(start, 0), LAST_START);

// The grid has room for an hour at least; the ghost may go a little beyond until the place is saved.
export function showGhost(place, item) {
  const column = columns.get(place.room) ?? columns.get(null);
  if (ghost.parentNode !== column) column.append(ghost);
  set(ghost, { start: place.start, minutes: place.minutes });
  const text = `${timeOf(place)} ${item.title}`;
  if (ghost.textContent !== text) ghost.textContent = text;
}

export function hideGhost() {
  ghost.remove();
}

export function showGhostInView() {
  ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
}
