// Turn the pages of a presentation with the arrow keys, by the links that are on the page anyway.

const TURNS = { ArrowLeft: "prev", ArrowRight: "next" };
const FIELDS = "input, select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  const rel = TURNS[event.key];
  const elsewhere = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest(FIELDS);
  if (!rel || elsewhere) return;
  const link = document.querySelector(`.page-turn a[rel="${rel}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
