// Parts of a publication are moved by dragging their row, or with the keyboard by its grip; a chapter goes with what
// stands below it. The buttons do the same without this.
const form = document.querySelector("[data-part-order]");
const body = form?.querySelector("tbody");
let lifted = []; // the row, and for a chapter all rows below it
let before = [];

const rows = () => [...body.rows];
const order = () => rows().map((row) => row.dataset.part).join(",");
const isHeading = (row) => row.dataset.kind === "chapter";
const say = (words) => (form.querySelector("[data-told]").textContent = words);

function blockOf(row) {
  const all = rows();
  const start = all.indexOf(row);
  if (!isHeading(row)) return [row];
  const next = all.findIndex((other, place) => place > start && isHeading(other));
  return all.slice(start, next < 0 ? all.length : next);
}

function put(next) {
  for (const row of lifted) body.insertBefore(row, next);
}

function putBack() {
  for (const row of before) body.append(row);
}

async function keep() {
  if (order() === before.map((row) => row.dataset.part).join(",")) return;
  const data = new FormData(form);
  data.set("order", order());
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.href, { method: "POST", body: data });
    if (!answer.ok) return location.assign(location.href); // shows what is stored, and says why
    const { seen } = await answer.json();
    for (const input of document.querySelectorAll("input[name=seen]")) input.value = seen;
  } catch {
    location.assign(location.href);
  }
  form.removeAttribute("aria-busy");
}

function lift(row) {
  lifted = blockOf(row);
  before = rows();
}

function letGo(grip) {
  grip.setAttribute("aria-pressed", "false");
  lifted = [];
}

// --- By mouse ---------------------------------------------------------------------------------------
function drag(event) {
  const row = event.target.closest?.("tr[data-part]");
  if (!lifted.length) return;
  event.preventDefault();
  if (!row || lifted.includes(row)) return;
  if (!isHeading(lifted[0])) {
    const { top, height } = row.getBoundingClientRect();
    return put(event.clientY < top + height / 2 ? row : row.nextSibling);
  }
  const all = rows();
  const heading = all.slice(0, all.indexOf(row) + 1).findLast(isHeading);
  if (!heading || lifted.includes(heading)) return;
  const isAbove = all.indexOf(heading) < all.indexOf(lifted[0]);
  put(isAbove ? heading : blockOf(heading).at(-1).nextSibling);
}

// --- By keyboard ------------------------------------------------------------------------------------
function step(isUp) {
  const rest = rows().filter((row) => !lifted.includes(row));
  const all = rows();
  const stops = isHeading(lifted[0]) ? [...rest.filter(isHeading), null] : [...rest, null];
  const places = stops.map((stop) => (stop ? rest.indexOf(stop) : rest.length));
  const now = rest.filter((row) => all.indexOf(row) < all.indexOf(lifted[0])).length;
  const place = isUp ? places.findLast((one) => one < now) : places.find((one) => one > now);
  if (place !== undefined) put(rest[place] ?? null);
  say(form.dataset.place.replace("{place}", rows().indexOf(lifted[0]) + 1).replace("{count}", rows().length));
}

function press(event) {
  const grip = event.target.closest("[data-grip]");
  if (!grip) return;
  const isLifted = grip.getAttribute("aria-pressed") === "true";
  if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    if (isLifted) {
      letGo(grip);
      say(form.dataset.down);
      return keep();
    }
    lift(grip.closest("tr"));
    grip.setAttribute("aria-pressed", "true");
    say(form.dataset.lifted);
  } else if (isLifted && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    step(event.key === "ArrowUp");
    grip.focus(); // a row that moves loses it
  } else if (isLifted && event.key === "Escape") {
    event.preventDefault();
    putBack();
    letGo(grip);
    grip.focus();
    say(form.dataset.back);
  }
}

function leave(event) {
  const grip = event.target.closest("[data-grip]");
  const isMoving = lifted.length && body.contains(document.activeElement);
  if (!grip || isMoving || grip.getAttribute("aria-pressed") !== "true") return;
  setTimeout(() => {
    if (document.activeElement === grip) return; // it only moved
    putBack();
    letGo(grip);
  });
}

if (body) {
  for (const row of rows()) row.draggable = true;
  for (const grip of body.querySelectorAll("[data-grip]")) grip.hidden = false;
  body.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    lift(event.target.closest("tr[data-part]"));
  });
  body.addEventListener("dragover", drag);
  body.addEventListener("drop", (event) => event.preventDefault());
  body.addEventListener("dragend", () => {
    lifted = [];
    keep();
  });
  body.addEventListener("keydown", press);
  body.addEventListener("focusout", leave);
}
