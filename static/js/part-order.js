// Rows of a publication's parts can be dragged where they belong; the buttons do the same without this.
const form = document.querySelector("[data-part-order]");
const body = form?.querySelector("tbody");
let lifted = null;
let before = "";

const order = () => [...body.rows].map((row) => row.dataset.part).join(",");

async function keep() {
  const data = new FormData(form);
  data.set("order", order());
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body: data });
    if (!answer.ok) location.reload();
  } catch {
    location.reload(); // shows what is stored
  }
  form.removeAttribute("aria-busy");
}

function lift(event) {
  lifted = event.target.closest("tr[data-part]");
  before = order();
  event.dataTransfer.effectAllowed = "move";
}

function drag(event) {
  const row = event.target.closest?.("tr[data-part]");
  if (!lifted) return;
  event.preventDefault();
  if (!row || row === lifted) return;
  const { top, height } = row.getBoundingClientRect();
  body.insertBefore(lifted, event.clientY < top + height / 2 ? row : row.nextSibling);
}

function drop() {
  if (lifted && order() !== before) keep();
  lifted = null;
}

if (body) {
  for (const row of body.rows) row.draggable = true;
  body.addEventListener("dragstart", lift);
  body.addEventListener("dragover", drag);
  body.addEventListener("drop", (event) => event.preventDefault());
  body.addEventListener("dragend", drop);
}
