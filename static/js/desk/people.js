// The list of who is expected, as this device has it: it finds names, and says what a ticket is without a network.
import { fetchList } from "./network.js";
import { people as lists } from "./store.js";
import { fill, place, timeOf, words } from "./words.js";

const [HASH, GUID, NAME, KIND, REFERENCE, STATUS, ARRIVED, CHECK_IN, PLACE] = Array(9).keys();
const HASH_LENGTH = 24;
const MOST_FOUND = 30;
const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss" };
const here = new Map(); // who was welcomed on this device and is not on the list as such: guid → { words, checkIn }
let list; // { address, account, at, etag, since, people, numbers }
let folded = [];

// --- The list --------------------------------------------------------------------------------------

// What was kept for this account; lists of anybody else go.
export async function load() {
  for (const kept of await lists.all()) {
    if (kept.account !== place.account) await lists.remove(kept.address);
    else if (kept.address === place.people) take(kept);
  }
}

function take(found) {
  list = found;
  folded = list.people.map((row) => ` ${fold(row[NAME])}`);
}

// Throws what the network throws.
export async function refresh() {
  const confirmed = [...here].filter(([, { checkIn }]) => checkIn).map(([guid]) => guid);
  const fresh = await fetchList(place.people, list?.etag);
  if (fresh.body) {
    take({ ...fresh.body, address: place.people, account: place.account, etag: fresh.etag });
    for (const row of list.people) if (row[ARRIVED]) here.delete(row[GUID]);
  }
  confirmed.forEach((guid) => here.delete(guid)); // the list knows better: they may be taken back elsewhere
  list.at = Date.now();
  list.since = fresh.since;
  await lists.put(list);
}

export const since = () => list?.since || 0;
export const numbers = () => list?.numbers;

export function setNumbers(found) {
  if (list && found) list.numbers = found;
}

// --- One person ------------------------------------------------------------------------------------

export function codeIn(text) {
  const code = text.replace(/\s+/g, "").toUpperCase();
  return text.length <= 100 && /^[A-Z2-7]{32}$/.test(code) ? code : "";
}

async function hashOf(code) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, HASH_LENGTH);
}

async function rowOf({ code, person }) {
  if (!list) return undefined;
  const [column, value] = person ? [GUID, person] : [HASH, await hashOf(code)];
  return list.people.find((row) => row[column] === value);
}

// What the answer would be as far as this device knows: nothing of it is sure before the server says so.
export async function guess(scan) {
  if (!scan.person && !codeIn(scan.code)) return answer("unreadable", "bad", words.reasons.unreadable);
  const row = await rowOf({ code: codeIn(scan.code), person: scan.person });
  if (!row) {
    const text = list ? fill(words.not_listed, { time: timeOf(list.at) }) : words.no_list;
    return { ...answer("unknown", "warn", text), isUnsure: true };
  }
  const person = { name: row[NAME], detail: row[KIND], person: row[GUID] };
  if (row[STATUS] !== "confirmed") return { ...answer(row[STATUS], "bad", words.reasons[row[STATUS]]), ...person };
  const arrived = arrivalOf(row);
  if (arrived) return { ...answer("already", "warn", arrived.words), ...person, check_in: arrived.checkIn };
  return { ...answer("welcome", "good", words.kept), ...person, note: words.places[row[PLACE]] || "" };
}

function answer(kind, tone, text) {
  return { kind, tone, title: words.titles[kind], words: text, name: "", detail: "", note: "", person: "", check_in: "" };
}

function arrivalOf(row) {
  return here.get(row[GUID]) || (row[ARRIVED] && { words: row[ARRIVED], checkIn: row[CHECK_IN] });
}

// With a check-in the server has said so: then it is known also after the page was closed.
export function welcomed(person, moment, checkIn = "") {
  const text = fill(words.here, { time: timeOf(moment) });
  here.set(person, { words: text, checkIn });
  if (checkIn) note(person, text, checkIn);
}

export function takenBack(person) {
  here.delete(person);
  note(person, "", "");
}

function note(person, text, checkIn) {
  const row = list?.people.find((one) => one[GUID] === person);
  if (!row) return;
  row[ARRIVED] = text;
  row[CHECK_IN] = checkIn;
  list.etag = ""; // it is no longer the list that the server sent
  lists.put(list);
}

// --- Names -----------------------------------------------------------------------------------------

function fold(text) {
  const letters = text.toLowerCase().replace(/[łøđðıæœþß]/g, (sign) => PLAIN[sign]);
  return letters.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Whose name has a word beginning with each word, or whose reference it is; nothing without a list.
export function search(text) {
  const asked = fold(text).split(" ").filter(Boolean);
  if (!list || !asked.length) return undefined;
  const fits = (row, index) =>
    row[STATUS] !== "cancelled" &&
    (fold(row[REFERENCE]) === asked.join(" ") || asked.every((word) => folded[index].includes(` ${word}`)));
  return list.people.filter(fits).slice(0, MOST_FOUND).map((row) => ({
    guid: row[GUID],
    name: row[NAME],
    about: [row[KIND], row[REFERENCE], row[STATUS] === "confirmed" ? "" : words.titles[row[STATUS]]].filter(Boolean).join(" · "),
    arrived: arrivalOf(row),
  }));
}
