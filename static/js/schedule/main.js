// The schedule editor: turns the list, which works without it, into a grid to drag on where there is room for one.
import { startDragging } from "./drag.js";
import { drawGrid, gridElement, perMinute, setZoom } from "./grid.js";
import { listen } from "./listening.js";
import { isHolding, startKeyboard } from "./keyboard.js";
import { drawLists, startLists } from "./lists.js";
import { EVERY, watch } from "./saving.js";
import { onChange, onDay, showDay, store } from "./store.js";

const root = document.querySelector(".schedule");
const length = root.querySelector("[data-length]");
const zoom = root.querySelector("[data-zoom]");

const lengthToGive = () => Math.min(Math.max(Math.round(Number(length.value) / 5) * 5 || 60, 5), 1440);

function start() {
  root.dataset.script = "";
  root.querySelectorAll(".needs-script").forEach((element) => { element.hidden = false; });
  root.querySelector("[data-list]").hidden = true;
  gridElement.hidden = false;
  store.day = root.querySelector("[data-day][aria-current]").dataset.day;
  setZoom("normal");
  onChange(drawGrid);
  onChange(drawLists);
  drawGrid();
  drawLists();
  gridElement.scrollTop = firstStart() * perMinute();
  startDragging(lengthToGive);
  startKeyboard(lengthToGive);
  startLists();
  zoom.addEventListener("click", () => {
    const isCompact = zoom.getAttribute("aria-pressed") !== "true";
    zoom.setAttribute("aria-pressed", isCompact);
    setZoom(isCompact ? "compact" : "normal");
  });
  root.querySelectorAll("a[data-day]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || isHolding()) return;
    event.preventDefault();
    showDay(link.dataset.day);
  }));
  watch();
}

function firstStart() {
  const starts = onDay().map((item) => item.start);
  return starts.length ? Math.max(Math.min(...starts) - store.state.from - 30, 0) : 0;
}

const isWide = window.matchMedia("(min-width: 48rem)").matches;
const isGrid = root.dataset.view === "grid" || (root.dataset.view !== "list" && isWide);
root.querySelectorAll("[data-to]").forEach((link) => {
  link.hidden = false;
  if ((link.dataset.to === "grid") === isGrid) link.setAttribute("aria-current", "true");
});
if (isGrid) start();
else listen(EVERY);
