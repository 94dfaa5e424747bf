// Putting workshops in one's order without loading the page anew: buttons, arrow keys and dragging; each change is
// saved at once, one after the other, and the page says whether it is saved. Without this script each button is sent.
const form = document.querySelector("[data-ranking]");
const ranked = form.querySelector("[data-ranked]");
const others = form.querySelector("[data-others]");
const state = form.querySelector("[data-ranking-state]");
const words = form.dataset;
const AGAIN = 4000; // milliseconds until what failed is tried again
const SLACK = 6; // pixels before a press becomes a drag
const HOLD = 250; // milliseconds a finger rests before it drags instead of scrolling
let isSaving = false;
let isWaiting = false; // something changed while the last change was on its way
let lastWords = ""; // what the last change did, said again once it is saved
let pressed = null;
let dragged = null;

// --- The order -------------------------------------------------------------------------------------

const items = () => [...ranked.children];
const titleOf = (item) => item.dataset.title;

function settle(item) {
  const isRanked = item.parentElement === ranked;
  item.querySelector("input[name=order]")?.remove();
  if (isRanked) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "order", value: item.dataset.choice });
    item.prepend(input);
  }
  const text = isRanked ? words.moved : words.left;
  const number = items().indexOf(item) + 1;
  lastWords = text.replace("{title}", titleOf(item)).replace("{number}", number).replace("{count}", items().length);
  say(`${lastWords} ${words.saving}`, "saving");
  save();
}

function act(name, item) {
  const list = items();
  const place = list.indexOf(item);
  if (name === "add") ranked.append(item);
  else if (name === "remove") others.append(item);
  else if (name === "up" && place > 0) list[place - 1].before(item);
  else if (name === "down" && place < list.length - 1) list[place + 1].after(item);
  else return;
  settle(item);
}

function keepFocus(item, name) {
  const buttons = item.querySelector(item.parentElement === ranked ? "[data-for-ranked]" : "[data-for-others]");
  (buttons.querySelector(`[value^="${name}"]`) ?? buttons.querySelector("button")).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

// Whoever adds one often adds the next: the page stands still, and the next button has the focus.
function addInPlace(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  if (!next) {
    act("add", item);
    return keepFocus(item, "up");
  }
  const top = next.getBoundingClientRect().top;
  act("add", item);
  next.querySelector("[data-for-others] button").focus({ preventScroll: true });
  window.scrollBy({ top: next.getBoundingClientRect().top - top, behavior: "instant" });
}

// --- Saving ----------------------------------------------------------------------------------------

function say(text, kind) {
  state.textContent = text;
  state.dataset.state = kind;
}

async function save() {
  if (isSaving) {
    isWaiting = true;
    return;
  }
  isSaving = true;
  isWaiting = false;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) {
      form.elements.seen.value = said.seen;
      isSaving = false;
      if (isWaiting) return save();
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
      say(`${lastWords} ${words.saved.replace("{time}", time)}`, "saved");
    } else if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
    else say(said.refusal ? `${said.refusal} ${words.lost}` : words.lost, "failed");
  } catch {
    say(words.failed, "failed");
    isWaiting = true;
    setTimeout(() => {
      isSaving = false;
      save();
    }, AGAIN);
    return;
  }
  isSaving = false;
}

// --- Buttons and keys ------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  const [name] = (event.submitter?.value ?? "").split(":");
  const item = event.submitter?.closest("[data-choice]");
  event.preventDefault();
  if (!item) return void save();
  if (name === "add") return addInPlace(item);
  act(name, item);
  keepFocus(item, name);
});

form.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-choice]");
  const name = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!name || !item || item.parentElement !== ranked || !event.target.closest(".ranking-buttons")) return;
  event.preventDefault();
  act(name, item);
  keepFocus(item, name);
});

window.addEventListener("beforeunload", (event) => {
  if (isSaving || isWaiting) event.preventDefault();
});

// --- Dragging: with mouse or pen at once, with a finger after it rested ------------------------------

function begin() {
  dragged = pressed.item;
  dragged.dataset.lifted = "";
  ranked.dataset.dragging = "";
}

function end(isKept) {
  clearTimeout(pressed?.timer);
  const item = dragged;
  const start = pressed?.after;
  pressed = dragged = null;
  if (!item) return;
  delete item.dataset.lifted;
  delete ranked.dataset.dragging;
  if (!isKept) start ? start.before(item) : ranked.append(item);
  else if (item.nextElementSibling !== start) settle(item);
}

ranked.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("[data-choice]");
  if (!item || event.button !== 0 || event.target.closest("a, button, summary")) return;
  pressed = { item, y: event.clientY, after: item.nextElementSibling };
  if (event.pointerType === "touch") pressed.timer = setTimeout(begin, HOLD);
  else event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!pressed) return;
  const isFar = Math.abs(event.clientY - pressed.y) > SLACK;
  if (!dragged && isFar && event.pointerType === "touch") return end(false);
  if (!dragged && isFar) begin();
  if (!dragged) return;
  const below = items().find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && event.clientY < box.top + box.height / 2;
  });
  if (below !== dragged.nextElementSibling) below ? below.before(dragged) : ranked.append(dragged);
});

document.addEventListener("pointerup", () => end(true));
document.addEventListener("pointercancel", () => end(false));
document.addEventListener("touchmove", (event) => dragged && event.preventDefault(), { passive: false });
document.addEventListener("keydown", (event) => event.key === "Escape" && end(false));

form.dataset.live = "";
form.querySelector("[data-ranking-hint]").hidden = false;
