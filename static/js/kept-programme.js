// The programme that this browser keeps: the page holds every session, and those with a star come into view.
const place = document.querySelector("[data-kept-programme]");
const NAMED = 3; // of many things at the same time
const rows = [...place.querySelectorAll(".agenda-item")];

function isStarred(row) {
  return row.querySelector('.star[aria-pressed="true"]') !== null;
}

function meet(one, other) {
  const [a, b] = [one.dataset, other.dataset];
  if (!a.starts || !b.starts || a.pk === b.pk || a.pk === b.partOf || b.pk === a.partOf) return false;
  return Number(a.starts) < Number(b.ends) && Number(b.starts) < Number(a.ends);
}

function sayClashes(row, others) {
  row.querySelectorAll(".field-error").forEach((old) => old.remove());
  const clashes = others.filter((other) => other !== row && meet(row, other));
  const lines = clashes.slice(0, NAMED).map((other) => {
    return place.dataset.clash.replace("{title}", other.querySelector("h3").textContent.trim());
  });
  if (clashes.length > NAMED) lines.push(place.dataset.more.replace("{count}", clashes.length - NAMED));
  lines.forEach((line) => {
    const words = document.createElement("p");
    words.className = "field-error";
    words.textContent = line;
    row.querySelector(".agenda-what").append(words);
  });
}

// A row whose star was taken away stays until the page is left, so that it can be taken back.
function show() {
  const starred = rows.filter(isStarred);
  starred.forEach((row) => {
    row.hidden = false;
  });
  rows.forEach((row) => sayClashes(row, starred.includes(row) ? starred : []));
  place.querySelectorAll(".agenda-day").forEach((day) => {
    day.hidden = !day.querySelector(".agenda-item:not([hidden])");
  });
  document.querySelector("[data-kept]").hidden = starred.length === 0;
  document.querySelector("[data-nothing]").hidden = starred.length > 0;
}

document.querySelector("[data-without-script]").hidden = true;
document.addEventListener("starschange", show);
show();
