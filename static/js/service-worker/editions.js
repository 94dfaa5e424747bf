// Fetches all public pages of an edition. Part of /service-worker.js, after keeping.js.

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
