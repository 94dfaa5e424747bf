// Has pages kept for when there is no network, by the service worker.
const { keptAt, account = "" } = document.documentElement.dataset;

// A visit to the programme, or to what is on now, is worth keeping the edition for; not where data is to be saved.
function listOfEdition() {
  const manifest = document.querySelector('link[rel="manifest"]');
  const isWorthIt = /\/(programme|now|my-programme)\//.test(window.location.pathname);
  return manifest && isWorthIt && !navigator.connection?.saveData ? new URL("offline.json", manifest.href).href : "";
}

// What a person needs at the door is kept before they open it.
function ownPages() {
  return [...document.querySelectorAll("a[data-keep]")].map((link) => link.href);
}

async function keep() {
  await navigator.serviceWorker.register("/service-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const files = loaded.filter((name) => name.startsWith(`${window.location.origin}/static/`));
  active.postMessage({ account, list: listOfEdition(), own: ownPages(), files });
}

// Of a kept page the service worker itself says how old it is.
if (!keptAt && "serviceWorker" in navigator) {
  const start = () => keep().catch(() => {}); // private windows may refuse; the site works without
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
}
