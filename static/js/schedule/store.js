// What the editor knows: the draft as the server last said it, the day that is shown, and words in the page's language.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const listeners = [];

export const STEP = 5; // minutes
export const words = read("schedule-words");
export const may = read("schedule-may");
export const store = {
  state: read("schedule-state"),
  day: "",
  chosen: "", // key of the item that has the focus
  busy: false, // an item is being moved: what others do is drawn afterwards
};

export function onChange(listener) {
  listeners.push(listener);
}

export function changed() {
  listeners.forEach((listener) => listener());
}

let said = document.getElementById("schedule-state").textContent; // the draft in the server's own words, without what is on its way

export function setState(state) {
  said = JSON.stringify(state);
  store.state = state;
  if (!state.days.some((day) => day.date === store.day)) store.day = state.days[0].date;
  if (!store.busy) changed();
}

// Nothing of what was on its way is saved.
export function backToSaid() {
  setState(JSON.parse(said));
}

export function showDay(day) {
  store.day = day;
  const address = new URL(window.location.href);
  address.searchParams.set("day", day);
  window.history.replaceState({}, "", address);
  changed();
}

// A slot is known by its guid, what waits for its first slot by its session's.
export const keyOf = (item) => item.slot || `session-${item.session}`;

export function find(key) {
  return [...store.state.items, ...store.state.waiting].find((item) => keyOf(item) === key);
}

export const onDay = () => store.state.items.filter((item) => item.day === store.day);
export const troubled = () => new Set(store.state.troubled);

export function say(key, names = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => names[name] ?? whole);
}

export function clock(minutes) {
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return [Math.floor(inDay / 60), inDay % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

export const roomName = (pk) => store.state.rooms.find((room) => room.pk === pk)?.name ?? words.no_room;
const dayName = (date) => store.state.days.find((day) => day.date === date)?.words ?? date;
export const timeOf = (place) => `${clock(place.start)}–${clock(place.start + place.minutes)}`;
export const placeWords = (place) => `${dayName(place.day)}, ${timeOf(place)}, ${roomName(place.room)}`;

const item = document.querySelector(".schedule").dataset.item;
export const formOf = ({ session }) => item.replace("00000000-0000-0000-0000-000000000000", session);
