// What stands beside the grid: items without a time, conflicts, what happened, and what to do with the chosen item.
import { make, mark } from "./elements.js";
import { focusOn } from "./grid.js";
import { tell } from "./notices.js";
import { take } from "./saving.js";
import { find, formOf, keyOf, may, placeWords, say, showDay, store, words } from "./store.js";

const part = (name) => document.querySelector(`[data-${name}]`);
const drawn = new Map(); // name -> what was drawn last
const search = document.getElementById("schedule-q");

export function startLists() {
  search.addEventListener("input", drawWaiting);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("schedule:chosen", drawChosen);
  part("undo").addEventListener("submit", (event) => {
    event.preventDefault();
    take({ do: "undo" }, () => tell(words.undone));
  });
}

export function drawLists() {
  if (isNew("waiting")) drawWaiting();
  if (isNew("conflicts")) drawConflicts();
  if (isNew("steps")) drawSteps();
  drawChosen();
  document.querySelectorAll("a[data-day]").forEach((link) => {
    if (link.dataset.day === store.day) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
}

// Long lists are drawn again only when something in them changed.
function isNew(name) {
  const text = JSON.stringify(store.state[name]);
  if (drawn.get(name) === text) return false;
  drawn.set(name, text);
  return true;
}

function drawWaiting() {
  const asked = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const holds = (item) => asked.every((word) => `${item.title} ${item.people} ${item.label} ${item.number ?? ""}`.toLocaleLowerCase().includes(word));
  const rows = store.state.waiting.filter(holds).map(waitingRow);
  const focused = document.activeElement?.closest?.("[data-waiting] [data-key]")?.dataset.key;
  part("waiting").replaceChildren(...(rows.length ? rows : [make("li", {}, asked.length ? words.none_found : words.none_waiting)]));
  part("waiting-count").textContent = `(${store.state.waiting.length})`;
  if (focused) part("waiting").querySelector(`[data-key="${focused}"] button`)?.focus();
}

function waitingRow(item) {
  const inside = item.part_of && say("part_of", { title: item.part_of });
  const details = [inside, item.label, item.status, item.people].filter(Boolean).join(" · ");
  const title = item.number ? `${item.number}. ${item.title}` : item.title;
  const grip = make("button", { type: "button" }, make("strong", {}, title), make("span", { class: "schedule-quiet" }, details));
  return make("li", { "data-key": keyOf(item), class: "waiting-item" }, grip, make("a", { href: formOf(item), "aria-label": `${words.form}: ${item.title}` }, words.form));
}

function drawConflicts() {
  const { conflicts } = store.state;
  document.querySelectorAll("[data-conflict-count]").forEach((count) => { count.textContent = `(${store.state.conflict_count})`; });
  const rows = conflicts.map((conflict) => {
    const jumps = conflict.slots.map(find).filter((item) => item?.day).map((item) => jump(item));
    const cure = conflict.cure && make("a", { href: conflict.cure }, words.cure);
    const mark_ = make("span", { "aria-hidden": "true" }, "⚠ ");
    return make("li", {}, mark_, conflict.words, conflict.is_blocking && make("strong", {}, ` (${words.blocking})`), ...jumps, cure || null);
  });
  part("conflicts").replaceChildren(...(rows.length ? rows : [make("li", {}, words.no_conflicts)]));
}

function jump(item) {
  const button = make("button", { type: "button", class: "link-button", "aria-label": `${words.show}: ${item.title}` }, words.show);
  button.addEventListener("click", () => {
    showDay(item.day);
    focusOn(keyOf(item));
  });
  return button;
}

function drawSteps() {
  const rows = store.state.steps.map((step) => {
    const text = step.is_undone ? `${step.words} (${words.is_undone})` : step.words;
    const row = make("li", {}, text, make("small", {}, `${step.who}, ${step.when}`));
    mark(row, { undone: step.is_undone });
    if (step.may_undo) row.append(button("undo", { do: "undo", change: step.pk }, () => tell(words.undone), "link-button"));
    return row;
  });
  part("steps").replaceChildren(...rows);
}

function button(word, step, then, look = "button") {
  const element = make("button", { type: "button", class: look }, words[word]);
  element.addEventListener("click", () => take(step, then));
  return element;
}

// The chosen item in words, with what can be done with it besides moving it.
function drawChosen() {
  const item = find(store.chosen);
  const box = part("chosen");
  box.hidden = !item?.day;
  if (box.hidden) return;
  const names = { session: item.session, slot: item.slot, seen: item.seen };
  const copy = item.kind === "break" && item.room !== null && may.add && button("copy", { do: "copy", ...names }, () => tell(words.saved));
  const remove = may.delete && button("remove", { do: "remove", ...names }, () => tell(say("removed", item)));
  box.replaceChildren(
    ...[make("strong", {}, item.title), make("span", {}, placeWords(item)), copy, remove, make("a", { href: formOf(item) }, words.form)].filter(Boolean),
  );
}
