// Puts pages and files away, each where it belongs. Part of /service-worker.js, after answers.js.

async function remember(url, response, turn) {
  if (response.headers.get("X-Offline") === "never") return; // a page of the administration, which names no account
  if (!isPage(response)) {
    if (OWN_PAGE.test(url.pathname) && response.status < 500) await dropOwn(url); // no longer there, or no longer theirs
    return;
  }
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
    if (!name.startsWith(ACCOUNT) || name === ACCOUNT + account) continue;
    await caches.delete(name);
    indexedDB.deleteDatabase(NAMES);
  }
}

async function keepOwn(url, response, html, account) {
  if (lastSeen !== account) return;
  await put(await caches.open(ACCOUNT + account), url.href, response, html);
  if (lastSeen !== account) await caches.delete(ACCOUNT + account); // logged out meanwhile
}

async function dropOwn(url) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(ACCOUNT))) {
    await (await caches.open(name)).delete(url.origin + url.pathname);
  }
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
