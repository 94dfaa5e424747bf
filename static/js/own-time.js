// Beside the edition's times the visitor's own, where the two clocks differ. The words come from the page:
// <p data-zone="Europe/Brussels" data-own="{time} your time" data-note="… {zone} …">.
const TIMES = ":is(.timetable th, .programme-when, .agenda-time, .hero-facts, .session-meta) time:not([data-done])";

const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang || "en";

function clockIn(zone, options = {}) {
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone, ...options,
  });
}

function add(time, theirs, mine, pattern) {
  time.dataset.done = "";
  const start = new Date(time.dateTime);
  if (Number.isNaN(start.getTime()) || !time.dateTime.includes("T")) return;
  const day = { weekday: "short" };
  if (clockIn(theirs, day).format(start) === clockIn(mine, day).format(start)) return;
  const weekday = new Intl.DateTimeFormat("en", { ...day, timeZone: mine }).format(start);
  const isSameDay = weekday === new Intl.DateTimeFormat("en", { ...day, timeZone: theirs }).format(start);
  const format = clockIn(mine, isSameDay ? {} : day);
  const until = time.dataset.until ? clockIn(mine).format(new Date(time.dataset.until)) : "";
  const words = document.createElement("span");
  words.className = "own-time";
  words.textContent = `(${pattern.replace("{time}", format.format(start) + (until && `–${until}`))})`;
  time.after(" ", words);
}

export function addOwnTimes() {
  const place = document.querySelector("[data-zone]");
  if (!place || !own || own === place.dataset.zone) return;
  document.querySelectorAll(`main ${TIMES}`).forEach((time) => add(time, place.dataset.zone, own, place.dataset.own));
  const isShown = document.querySelector(".own-time");
  if (isShown && place.dataset.note && !place.querySelector(".own-time-note")) {
    const note = document.createElement("span");
    note.className = "own-time-note";
    note.textContent = place.dataset.note.replace("{zone}", own.replaceAll("_", " "));
    place.append(" ", note);
  }
}

addOwnTimes();
document.addEventListener("page-part-replaced", addOwnTimes);
