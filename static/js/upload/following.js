// Follow how far a file is, in its place: <div data-follow="address">, as long as something in it is [data-going].

const FIRST_WAIT = 1500; // milliseconds; each look waits a little longer than the one before
const LONGEST_WAIT = 15000;
const LONGER = 1.25;
const LONGEST = 30 * 60 * 1000; // whoever left the page open so long loads it again
const followed = new WeakSet();
const shown = new WeakMap(); // place → the piece of page in it

function isGoing(place) {
  return place.isConnected && place.querySelector("[data-going]") !== null;
}

// Only what is new, so that a screen reader says nothing twice.
function show(place, html) {
  if (html === shown.get(place)) return;
  shown.set(place, html);
  const piece = new DOMParser().parseFromString(html, "text/html");
  piece.querySelector("[data-without-script]")?.remove();
  place.replaceChildren(...[...piece.body.childNodes].map((node) => document.adoptNode(node)));
}

async function look(place) {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.follow, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  show(place, await answer.text());
}

function follow(place) {
  let wait = FIRST_WAIT;
  const ends = Date.now() + LONGEST;
  const step = async () => {
    if (!isGoing(place) || Date.now() > ends) return;
    try {
      await look(place);
    } catch {
      // The network comes back; the next look tells.
    }
    wait = Math.min(wait * LONGER, LONGEST_WAIT);
    setTimeout(step, wait);
  };
  setTimeout(step, wait);
}

export function followAll() {
  for (const place of document.querySelectorAll("[data-follow]")) {
    if (followed.has(place)) continue;
    followed.add(place);
    place.querySelector("[data-without-script]")?.remove();
    follow(place);
  }
}
