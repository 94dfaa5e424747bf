// Keeps pages for when there is no network. The site serves the files of this folder as one, /service-worker.js;
// this one answers, keeping.js puts pages away and editions.js fetches all of an edition.
//
// Five kinds of caches:
//   shell                          the page that stands in the place of others, in each language visited
//   static                         style sheets, scripts, fonts and pictures
//   visited                        public pages that were opened, the latest of them
//   edition <list> <release>.<n>   the public pages of one edition in one language, fetched without cookies
//   account <marker>               a person's own programme and ticket, and the desk they work at; gone as soon as anybody else, or nobody, is logged in
//
// A page goes into a public cache only if the server calls it public and it names no account.
const SHELL = "shell";
const STATIC = "static";
const VISITED = "visited";
const EDITION = "edition ";
const ACCOUNT = "account ";
const PATIENCE = 4000; // milliseconds for the network, where a copy is at hand
const MOST_VISITED = 60;
const MOST_STATIC = 200;
const AT_ONCE = 3; // pages fetched side by side
const CONTENT_AGE = 15 * 60 * 1000; // a new release is fetched at once, smaller changes not more often than this
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const ADMIN = /^(\/\w\w)?\/admin\//; // elsewhere, its answers say what they are: no path that was chosen stands here
const ACCOUNTS = /^(\/\w\w)?\/accounts\//;
const OWN_PAGE = /\/(my-programme|my-registration\/ticket)\/$|^(\/\w\w)?\/desk\/[\w-]+\/([\w-]+\/)?$/;
const NAMES = "desk-people"; // the database of the desk's scripts with names; scans that wait are in another one
const CHANGES_OWN = /\/(stars|book|give-back|ticket\/reissue|my-registration\/cancel)\/$/;

let turns = 0; // visits in the order in which they were asked for
let lastTurn = 0;
let lastSeen; // the account of the last page that came from the network; "" is nobody
const running = new Map(); // editions that are being fetched

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell("/offline/"));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("message", (event) => {
  event.waitUntil(onVisit(event.data, new URL(event.source.url), ++turns).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || ADMIN.test(url.pathname)) return;
  if (request.method !== "GET") {
    // Somebody logs in or out: whose pages may be here is open until the next page says.
    if (ACCOUNTS.test(url.pathname)) event.waitUntil(see("", ++turns));
    else if (CHANGES_OWN.test(url.pathname)) event.respondWith(changeOwn(event));
  } else if (/^\/(static|media)\//.test(url.pathname)) {
    event.respondWith(fileOf(request, url));
  } else if (request.mode === "navigate") {
    event.respondWith(pageOf(event, url));
  } else if (request.headers.get("Accept")?.startsWith("text/html")) {
    event.respondWith(fetchAndKeep(event, url)); // a page's script asks for the page anew
  }
});

// --- Answers ---

function fetchAndKeep(event, url) {
  const turn = ++turns;
  const network = fetch(event.request);
  const copy = network.then((response) => response.clone());
  event.waitUntil(copy.then((response) => remember(url, response, turn)).catch(() => {}));
  return network;
}

async function pageOf(event, url) {
  const network = fetchAndKeep(event, url);
  const kept = await find(url);
  if (!kept) return network.catch(() => shellFor(url));
  const waits = [network.catch(() => undefined)];
  if (!url.search) waits.push(new Promise((resolve) => setTimeout(resolve, PATIENCE)));
  const response = await Promise.race(waits);
  return !response || [502, 503, 504].includes(response.status) ? dated(kept) : response;
}

// The copy of this page, a person's own before everybody's, the newer before the older.
async function find(url) {
  const found = [];
  for (const name of await caches.keys()) {
    if ([SHELL, STATIC].includes(name)) continue;
    const response = await (await caches.open(name)).match(url.origin + url.pathname);
    if (response) found.push({ isOwn: name.startsWith(ACCOUNT), at: response.headers.get("Kept-At"), response });
  }
  found.sort((one, other) => other.isOwn - one.isOwn || other.at.localeCompare(one.at));
  return found[0]?.response;
}

// The copy, with a line that says how old it is in the words of the page.
async function dated(response) {
  const at = response.headers.get("Kept-At");
  const html = await response.text();
  const words = html.match(/data-kept-words="([^"]*)"/)?.[1] || "%time";
  const note = words.replace("%time", inWords(new Date(at), html.match(/<html lang="([\w-]+)"/)?.[1]));
  const said = html.replace("<main ", `<p class="offline-note" role="status">${note}</p><main `);
  return new Response(said.replace("<html ", `<html data-kept-at="${at}" `), { headers: response.headers });
}

function inWords(at, language) {
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { weekday: "long", day: "numeric", month: "long" };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, { ...day, ...clock }).format(at);
}

// In the language of the address, as far as it is here.
async function shellFor(url) {
  const shell = await caches.open(SHELL);
  const pages = (await shell.keys()).map((request) => new URL(request.url).pathname);
  const fits = pages.filter((page) => url.pathname.startsWith(page.replace(/offline\/$/, "")));
  const page = fits.sort((one, other) => other.length - one.length)[0];
  if (!page) return Response.error();
  const response = await shell.match(page);
  return new Response(await response.text(), { status: 503, headers: response.headers });
}

async function fileOf(request, url) {
  const files = await caches.open(STATIC);
  if (HASHED.test(url.pathname)) {
    const kept = await files.match(request.url);
    if (kept) return kept;
  }
  try {
    const response = await fetch(request);
    if (response.status === 200) {
      await files.put(request.url, response.clone());
      await trim(files, MOST_STATIC);
    }
    return response;
  } catch (problem) {
    return (await files.match(request.url)) || Response.error();
  }
}
