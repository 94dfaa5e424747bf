// Fetches all public pages of an edition. Part of /service-worker.js, after keeping.js.

// A page from the network is open: { account, files, own, list }, the list where its edition's pages are to be kept.
async function onVisit({ account, files, own = [], list }, url, turn) {
  await see(account, turn);
  await keepFiles(files);
  if (!account) await keepFirst(url, turn);
  else for (const address of own) await keepMine(new URL(address), turn);
  if (!list) return;
  if (!running.has(list)) running.set(list, keepEdition(list, account, turn).finally(() => running.delete(list)));
  await running.get(list);
}

// The first page of all was there before this worker.
async function keepFirst(url, turn) {
  if (!url.search && !(await find(url))) await remember(url, await fetch(url, { credentials: "omit" }), turn);
}

async function keepEdition(address, account, turn) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (response.status !== 200) return;
  const text = await response.text();
  const list = JSON.parse(text);
  if (account) {
    for (const page of [list.mine, list.ticket]) await keepMine(new URL(page, self.location.origin), turn);
  }
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

// Earlier states of the edition go; what was visited of it and is older than this one is renewed, or goes too.
async function dropOlder(name, address, list, begun) {
  const ofList = `${EDITION}${new URL(address).pathname} `;
  for (const other of await caches.keys()) {
    if (other.startsWith(ofList) && other !== name) await caches.delete(other);
  }
  const [cache, visited] = [await caches.open(name), await caches.open(VISITED)];
  for (const { url } of await visited.keys()) {
    const isOlder = (await visited.match(url)).headers.get("Kept-At") < begun;
    if (!isOlder || !new URL(url).pathname.startsWith(list.home)) continue;
    if (await cache.match(url)) await visited.delete(url);
    else await renew(visited, url);
  }
}

async function renew(visited, url) {
  const response = await fetch(url, { credentials: "omit" }).catch(() => undefined);
  if (!response || response.status >= 500) return;
  if (isPage(response) && isPublic(response)) await keepPublic(visited, url, response);
  else await visited.delete(url);
}
