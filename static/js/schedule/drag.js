// Drag and resize with mouse, pen or finger. A finger holds still for a moment first, so that it can still scroll.
import { gridElement as grid, elementOf, hideGhost, keep, minutesAt, placeAt, showGhost, snap } from "./grid.js";
import { place, take } from "./saving.js";
import { STEP, changed, find, keyOf, say, showDay, store } from "./store.js";
import { tell } from "./notices.js";

const SLACK = 4; // pixels before a press becomes a drag
const HOLD = 300; // milliseconds a finger rests
const EDGE = 48; // pixels from where the grid scrolls by itself
const LINGER = 600; // milliseconds over another day until it is shown
const side = document.querySelector("[data-side]");
let pressed = null; // an item under a pointer that may become a drag
let drag = null;

export function startDragging(lengthToGive) {
  document.addEventListener("pointerdown", (event) => press(event, lengthToGive));
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });
  document.addEventListener("contextmenu", (event) => drag && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag && cancel());
}

function press(event, lengthToGive) {
  const element = event.target.closest("[data-key]");
  if (!element || event.button !== 0 || event.target.closest("a") || drag) return;
  const item = find(element.dataset.key);
  if (!item) return;
  const minutes = item.minutes ?? lengthToGive();
  const isPlaced = item.start !== undefined;
  pressed = {
    item, x: event.clientX, y: event.clientY, id: event.pointerId,
    isResize: Boolean(event.target.closest(".grid-resize")),
    heldAt: isPlaced ? minutesAt(event.clientY) - item.start : 0,
    where: { day: store.day, start: item.start, minutes, room: item.room },
    moved: false,
  };
  if (event.pointerType === "touch") pressed.timer = setTimeout(begin, HOLD);
}

function begin() {
  if (!pressed) return;
  drag = pressed;
  pressed = null;
  store.busy = true;
  document.documentElement.dataset.dragging = drag.isResize ? "resize" : "move";
  elementOf(keyOf(drag.item))?.setAttribute("data-lifted", "");
  requestAnimationFrame(step);
}

function move(event) {
  if (pressed && event.pointerId === pressed.id) {
    const isFar = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > SLACK;
    if (isFar && event.pointerType === "touch") letGo();
    else if (isFar) begin();
  }
  if (drag && event.pointerId === drag.id) Object.assign(drag, { x: event.clientX, y: event.clientY, moved: true });
}

// Once for each picture: scroll at the edges, then show where the item would go.
function step(at) {
  if (!drag) return;
  scrollAtEdges();
  lingerOverDay(at);
  const over = document.elementFromPoint(drag.x, drag.y);
  drag.isOut = !drag.isResize && Boolean(over && side.contains(over));
  drag.isOver = drag.isResize || Boolean(over && grid.contains(over));
  side.toggleAttribute("data-drop", drag.isOut && Boolean(drag.item.slot));
  if (!drag.isOver) hideGhost();
  else showGhost(aim(), drag.item);
  requestAnimationFrame(step);
}

function aim() {
  if (drag.isResize) {
    const end = snap(minutesAt(drag.y));
    drag.where.minutes = Math.min(Math.max(end - drag.where.start, STEP), 1440);
  } else Object.assign(drag.where, placeAt(drag.x, drag.y, drag.heldAt), { day: store.day });
  return drag.where;
}

function scrollAtEdges() {
  const box = grid.getBoundingClientRect();
  if (drag.y < box.top || drag.y > box.bottom || drag.x < box.left || drag.x > box.right) return;
  const pull = (near, far) => (near < EDGE ? near - EDGE : far < EDGE ? EDGE - far : 0) / 3;
  grid.scrollBy(drag.isResize ? 0 : pull(drag.x - box.left, box.right - drag.x), pull(drag.y - box.top - 40, box.bottom - drag.y));
}

function lingerOverDay(at) {
  const tab = drag.isResize ? null : document.elementFromPoint(drag.x, drag.y)?.closest("[data-day]");
  if (!tab || tab.dataset.day === store.day) drag.lingering = null;
  else if (drag.lingering?.tab !== tab) drag.lingering = { tab, since: at };
  else if (at - drag.lingering.since > LINGER) showDay(tab.dataset.day);
}

function release(event) {
  letGo();
  if (!drag || event.pointerId !== drag.id) return;
  const { item, where, moved, isOver, isOut } = drag;
  if (moved && isOver) aim();
  end();
  if (!moved) return;
  suppressClick();
  const isSame = ["day", "start", "minutes", "room"].every((name) => item[name] === where[name]);
  if (isOut && item.slot && item.start !== undefined) take({ do: "remove", session: item.session, slot: item.slot, seen: item.seen }, () => tell(say("removed", item)));
  else if (isOver && !isSame) place(item, { ...where, start: keep(where.start) }, () => tell(say("saved")));
}

// The click that a browser makes of a press and its release is no wish to pick the item up.
function suppressClick() {
  const stop = (event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
}

function cancel() {
  letGo();
  if (drag) end();
}

function letGo() {
  clearTimeout(pressed?.timer);
  pressed = null;
}

function end() {
  elementOf(keyOf(drag.item))?.removeAttribute("data-lifted");
  side.removeAttribute("data-drop");
  delete document.documentElement.dataset.dragging;
  hideGhost();
  drag = null;
  store.busy = false;
  changed();
}
