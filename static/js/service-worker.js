// Keeps pages for when there is no network. The site serves this file at /service-worker.js.
// Five kinds of caches:
//   shell                          the page that stands in the place of others, in each language visited
//   static                         style sheets, scripts, fonts and pictures
//   visited                        public pages that were opened, the latest of them
//   edition <list> <release>.<n>   the public pages of one edition in one language, fetched without cookies
//   account <marker>               a person's own programme; gone as soon as anybody else, or nobody, is logged in
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
const ADMIN = /^(\/\w\w)?\/admin\//;
const ACCOUNTS = /^(\/\w\w)?\/accounts\//;
const OWN_PAGE = /\/my-programme\/$/;
const CHANGES_OWN = /\/(stars|book|give-back)\/$/;

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
  event.waitUntil(onVisit(event.data, ++turns).catch(() => {}));
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

async function dated(response) {
  const html = (await response.text()).replace("<html ", `<html data-kept-at="${response.headers.get("Kept-At")}" `);
  return new Response(html, { headers: response.headers });
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

// --- Keeping ---

async function remember(url, response, turn) {
  if (!isPage(response)) return;
  const html = await response.text();
  const account = accountOn(html);
  await see(account, turn);
  if (url.search) return;
  if (account) {
    if (OWN_PAGE.test(url.pathname)) await keepOwn(url, response, html, account);
  } else if (isPublic(response)) {
    const visited = await caches.open(VISITED);
    await visited.delete(url.href); // so that it counts as the newest
    await put(visited, url.href, response, html);
    await trim(visited, MOST_VISITED);
  }
}

function isPage(response) {
  const type = response.headers.get("Content-Type") || "";
  return response.status === 200 && response.type === "basic" && !response.redirected && type.startsWith("text/html");
}

function isPublic(response) {
  const control = response.headers.get("Cache-Control") || "";
  return /\bpublic\b/.test(control) && !/private|no-store/.test(control);
}

function accountOn(html) {
  return html.match(/<html [^>]*\bdata-account="(\w+)"/)?.[1] || "";
}

// What a person chose is in their own programme at once, also without opening it.
function changeOwn(event) {
  const network = fetch(event.request);
  event.waitUntil(network.then(() => refreshOwn(++turns)).catch(() => {}));
  return network;
}

async function refreshOwn(turn) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(ACCOUNT))) {
    for (const { url } of await (await caches.open(name)).keys()) await keepMine(new URL(url), turn);
  }
}

// What another account left behind goes as soon as this one is seen.
async function see(account, turn) {
  if (turn < lastTurn) return;
  lastTurn = turn;
  lastSeen = account;
  for (const name of await caches.keys()) {
    if (name.startsWith(ACCOUNT) && name !== ACCOUNT + account) await caches.delete(name);
  }
}

async function keepOwn(url, response, html, account) {
  if (lastSeen !== account) return;
  await put(await caches.open(ACCOUNT + account), url.href, response, html);
  if (lastSeen !== account) await caches.delete(ACCOUNT + account); // logged out meanwhile
}

async function put(cache, address, response, html) {
  const headers = new Headers(response.headers);
  headers.set("Kept-At", new Date().toISOString());
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  await cache.put(address, new Response(html, { headers }));
  await keepFiles([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]));
}

async function keepFiles(addresses) {
  const files = await caches.open(STATIC);
  for (const address of new Set(addresses)) {
    if (await files.match(address)) continue;
    const response = await fetch(address, { credentials: "omit" });
    if (response.status === 200) await files.put(address, response);
  }
}

async function keepShell(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (isPage(response) && isPublic(response)) {
    await put(await caches.open(SHELL), address, response, await response.text());
  }
}

async function trim(cache, most) {
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - most))) await cache.delete(request);
}

// --- A whole edition ---

// A page from the network is open: { account, files, list }, the list where its edition's pages are to be kept.
async function onVisit({ account, files, list }, turn) {
  await see(account, turn);
  await keepFiles(files);
  if (!list) return;
  if (!running.has(list)) running.set(list, keepEdition(list, account, turn).finally(() => running.delete(list)));
  await running.get(list);
}

async function keepEdition(address, account, turn) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (response.status !== 200) return;
  const text = await response.text();
  const list = JSON.parse(text);
  if (account) await keepMine(new URL(list.mine, self.location.origin), turn);
  const prefix = `${EDITION}${new URL(address).pathname} ${list.release}.`;
  const name = prefix + list.content;
  if ((await isWhole(name, address)) || (await isFresh(prefix, address))) return;
  await keepShell(list.offline);
  const begun = new Date().toISOString();
  const cache = await caches.open(name);
  if (!(await fetchAll(cache, list.pages))) return; // what is missing comes with the next visit
  await put(cache, address, new Response(text, { headers: response.headers }), text);
  await dropOlder(name, address, list, begun);
}

async function keepMine(url, turn) {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store" });
  await remember(url, response, turn);
}

// The list itself is put in last, so that its presence says that all is there.
async function isWhole(name, address) {
  return (await caches.has(name)) && Boolean(await (await caches.open(name)).match(address));
}

// The same release, fetched a moment ago.
async function isFresh(prefix, address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefix)) continue;
    const list = await (await caches.open(name)).match(address);
    if (list && Date.now() - Date.parse(list.headers.get("Kept-At")) < CONTENT_AGE) return true;
  }
  return false;
}

// A few at a time; false if the network or the server had enough before the end.
async function fetchAll(cache, pages) {
  const waiting = [...pages];
  let goesOn = true;
  const fetchSome = async () => {
    while (goesOn && waiting.length) {
      const page = waiting.shift();
      if (await cache.match(page)) continue;
      const response = await fetch(page, { credentials: "omit", priority: "low" }).catch(() => undefined);
      if (!response || response.status === 429 || response.status >= 500) goesOn = false;
      else if (isPage(response) && isPublic(response)) await keepPublic(cache, page, response);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));
  return goesOn;
}

async function keepPublic(cache, page, response) {
  const html = await response.text();
  if (!accountOn(html)) await put(cache, page, response, html);
}

// Earlier states of the edition, and visited pages of it that are older than this one.
async function dropOlder(name, address, list, begun) {
  const ofList = `${EDITION}${new URL(address).pathname} `;
  for (const other of await caches.keys()) {
    if (other.startsWith(ofList) && other !== name) await caches.delete(other);
  }
  const visited = await caches.open(VISITED);
  for (const request of await visited.keys()) {
    const kept = await visited.match(request);
    const isOfEdition = new URL(request.url).pathname.startsWith(list.home);
    if (isOfEdition && kept.headers.get("Kept-At") < begun) await visited.delete(request);
  }
}
