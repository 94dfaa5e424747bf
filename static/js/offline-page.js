// On the page that stands in the place of others: what is kept on this device, as links.
const place = document.querySelector("[data-kept-pages]");

function linkTo(address, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words;
  item.append(link);
  return item;
}

async function listOf(name) {
  const cache = await caches.open(name);
  const request = (await cache.keys()).find(({ url }) => url.endsWith("/offline.json"));
  return request && (await cache.match(request)).json();
}

async function show(list) {
  const title = document.createElement("h3");
  title.textContent = list.title;
  const links = document.createElement("ul");
  for (const name of ["ticket", "programme", "now", "mine"]) {
    if (await caches.match(list[name])) links.append(linkTo(list[name], place.dataset[name]));
  }
  place.append(title, links);
  if (list.left_out) {
    const note = document.createElement("p");
    note.textContent = `${place.dataset.leftOut} ${list.left_out}`;
    place.append(note);
  }
  place.hidden = false;
}

for (const name of await caches.keys()) {
  const list = name.startsWith("edition ") && (await listOf(name));
  if (list) await show(list);
}
