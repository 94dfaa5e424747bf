// Has pages kept for when there is no network, and says of a kept page how old it is.
const { keptAt, account = "" } = document.documentElement.dataset;

// A visit to the programme, or to what is on now, is worth keeping the edition for; not where data is to be saved.
function listOfEdition() {
  const manifest = document.querySelector('link[rel="manifest"]');
  const isWorthIt = /\/(programme|now|my-programme)\//.test(window.location.pathname);
  return manifest && isWorthIt && !navigator.connection?.saveData ? new URL("offline.json", manifest.href).href : "";
}

async function keep() {
  await navigator.serviceWorker.register("/service-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  active.postMessage({
    account,
    list: listOfEdition(),
    files: files.filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith("/static/"))
      .map(({ pathname }) => pathname),
  });
}

function sayHowOld() {
  const at = new Date(keptAt);
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { weekday: "long", day: "numeric", month: "long" };
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(at);
  const note = document.createElement("p");
  note.className = "offline-note";
  note.setAttribute("role", "status");
  note.textContent = document.querySelector("script[data-kept-words]").dataset.keptWords.replace("%time", words);
  document.body.querySelector("main").before(note);
}

if (keptAt) sayHowOld();
else if ("serviceWorker" in navigator) {
  const start = () => keep().catch(() => {}); // private windows may refuse; the site works without
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
}
