// The desk: a code or a chosen name becomes a scan, a scan gets an answer, with a network or without one.
import { Camera } from "./camera.js";
import { post } from "./network.js";
import * as people from "./people.js";
import * as screen from "./screen.js";
import * as sending from "./sending.js";
import { desk, fill, place, words } from "./words.js";

const REFRESH = 60_000; // milliseconds
const RETRY = 5000;
const form = desk.querySelector("[data-ask]");
const field = form.querySelector("#desk-text");
const results = desk.querySelector("[data-results]");
const device = { id: setting("desk-id", crypto.randomUUID().slice(0, 8)), name: setting("desk-name", "") };
let how = "connected";
let turn = Promise.resolve();

// --- What this device remembers of itself ----------------------------------------------------------

function setting(key, otherwise) {
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, otherwise);
    return localStorage.getItem(key);
  } catch {
    return otherwise;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // for as long as the page is open
  }
}

// --- One scan --------------------------------------------------------------------------------------

// One after the other, so that each answer stands until the next.
function scan(given) {
  turn = turn.then(() => handle(given)).catch(() => {});
  return turn;
}

async function handle({ code = "", person = "" }) {
  const row = { nonce: crypto.randomUUID(), url: place.scan, session: place.session, code, person };
  row.at = Date.now();
  row.since = people.since();
  const guess = await people.guess(row);
  if (guess.kind === "unreadable") {
    screen.show(guess);
    return;
  }
  Object.assign(row, { kind: guess.kind, whom: guess.person });
  screen.checking();
  await sending.keep(row);
  try {
    if (!navigator.onLine) throw new Error("offline");
    const answer = await sending.sendOne(row, device);
    how = "connected";
    settle(answer, row);
    screen.show(answer, row.at);
  } catch (problem) {
    await answerAlone(row, guess, problem.message);
  }
  await tell();
}

// Without the server: as far as the list goes. Who is here already need not be asked for again.
async function answerAlone(row, guess, problem) {
  how = problem;
  if (guess.kind === "already") await sending.forget(row.nonce);
  else if (guess.kind === "welcome" || guess.isUnsure) guess.scan = row.nonce;
  screen.show(guess, row.at);
  if (guess.kind === "welcome") people.welcomed(guess.person, row.at);
}

function settle(answer, row) {
  if (answer.kind === "welcome") people.welcomed(answer.person, row.at, answer.check_in);
  else if (answer.kind === "undone" || row.kind === "welcome") people.takenBack(answer.person || row.whom);
}

// --- Kept scans ------------------------------------------------------------------------------------

async function sendKept() {
  if (!(await sending.kept()).length) return;
  try {
    await sending.sendAll(device, (row, answer) => {
      if (!answer) return;
      settle(answer, row);
      if (screen.settle(answer, row.nonce)) return;
      if (answer.kind !== row.kind) screen.remember(answer, row.at, fill(words.later, answer));
    });
    how = "connected";
  } catch (problem) {
    how = problem.message;
  }
  await tell();
}

async function refresh() {
  try {
    await people.refresh();
    if (how !== "connected") await sendKept();
    how = "connected";
  } catch (problem) {
    how = problem.message;
  }
  await tell();
}

async function tell() {
  const waiting = await sending.kept();
  const mine = waiting.filter(({ url, session, kind }) => url === place.scan && session === place.session && kind === "welcome");
  const numbers = people.numbers();
  screen.waiting(waiting.length);
  screen.network(how, waiting.length);
  if (!numbers) return;
  screen.number("expected", numbers.expected);
  screen.number("arrived", numbers.arrived + mine.length);
}

// --- Taking back -----------------------------------------------------------------------------------

async function takeBack({ checkIn, nonce, person, name }) {
  if (nonce && !sending.isOnItsWay(nonce) && (await sending.kept()).some((row) => row.nonce === nonce)) {
    await sending.forget(nonce);
    people.takenBack(person);
    screen.show({ kind: "undone", tone: "warn", title: words.titles.undone, name, person });
  } else {
    await takeBackThere(checkIn, person);
  }
  await tell();
}

async function takeBackThere(checkIn, person) {
  try {
    if (!checkIn) throw new Error("offline");
    const { answer } = await post(place.takeBack, { check_in: checkIn }, RETRY);
    people.takenBack(person);
    screen.show(answer);
    await refresh();
  } catch {
    screen.show({ kind: "undone", tone: "bad", title: words.undo, words: words.undo_needs_network });
  }
}

desk.querySelector("[data-undo]").addEventListener("submit", (event) => {
  const shown = screen.shown()?.answer;
  if (!shown) return; // the answer of a form that was sent: so is this one
  event.preventDefault();
  takeBack({ checkIn: shown.check_in, nonce: shown.scan, person: shown.person, name: shown.name });
  field.focus();
});

// --- Typing and a scanner that types ---------------------------------------------------------------

form.addEventListener("submit", (event) => {
  const text = field.value;
  const found = people.codeIn(text) ? [] : people.search(text);
  if (!found) {
    if (navigator.onLine) return; // no list yet: the server looks
    scan({ code: text });
  } else if (found.length) {
    screen.found(found);
    const first = results.querySelector("button");
    if (first.dataset.takeBack === undefined) first.focus(); // the next press checks in, and never takes back
    else field.select();
  } else {
    scan({ code: text });
    field.value = "";
    screen.found();
  }
  event.preventDefault();
});

field.addEventListener("input", () => screen.found(people.codeIn(field.value) ? undefined : people.search(field.value)));

results.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-person]");
  if (!button) return;
  const { person, takeBack: checkIn } = button.dataset;
  const name = button.closest("li").querySelector("strong").textContent;
  field.value = "";
  screen.found();
  field.focus();
  if (checkIn === undefined) await scan({ person });
  else await takeBack({ checkIn, person, name, nonce: await keptOf(person) });
});

async function keptOf(person) {
  return (await sending.kept()).find(({ whom, session }) => whom === person && session === place.session)?.nonce;
}

// Arrows walk through the people found; letters go back to the field, where a scanner types too.
desk.addEventListener("keydown", (event) => {
  const buttons = [...results.querySelectorAll("button")];
  const stops = [field, ...buttons];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const index = stops.indexOf(document.activeElement);
  if (step && index >= 0 && stops[index + step]) {
    event.preventDefault();
    stops[index + step].focus();
  } else if (event.key === "Escape") {
    field.value = "";
    screen.found();
    field.focus();
  } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (!event.target.closest("input, textarea, select")) field.focus();
  }
});

// --- Camera and settings ---------------------------------------------------------------------------

function setUpCamera() {
  const room = desk.querySelector("[data-camera]");
  if (!navigator.mediaDevices?.getUserMedia) return;
  const [button, note, video] = [room.querySelector("button"), room.querySelector("p"), room.querySelector("video")];
  const camera = new Camera(video, place.decoder, (code) => scan({ code }));
  room.hidden = false;
  button.addEventListener("click", async () => {
    note.textContent = "";
    if (camera.isOpen) camera.close();
    else {
      await camera.open().catch(() => {
        camera.close();
        note.textContent = words.no_camera;
      });
    }
    video.hidden = !camera.isOpen;
    button.setAttribute("aria-expanded", String(camera.isOpen));
    button.textContent = camera.isOpen ? words.camera_off : words.camera_on;
  });
}

function setUpDevice() {
  const [name, sound] = [desk.querySelector("#desk-device"), desk.querySelector("#desk-sound")];
  name.value = device.name;
  name.addEventListener("change", () => store("desk-name", (device.name = name.value.trim())));
  sound.checked = setting("desk-sound", "on") === "on";
  screen.mute(!sound.checked);
  sound.addEventListener("change", () => {
    screen.mute(!sound.checked);
    store("desk-sound", sound.checked ? "on" : "off");
  });
  desk.querySelector("[data-device]").hidden = false;
}

// --- Begin -----------------------------------------------------------------------------------------

setUpCamera();
setUpDevice();
await people.load();
for (const { whom, at, kind, session, url } of await sending.kept()) {
  if (kind === "welcome" && session === place.session && url === place.scan) people.welcomed(whom, at);
}
await refresh();
await sendKept();
desk.dataset.ready = "";
window.addEventListener("online", refresh);
window.addEventListener("offline", () => {
  how = "offline";
  tell();
});
setInterval(() => document.hidden || refresh(), REFRESH);
setInterval(sendKept, RETRY);
