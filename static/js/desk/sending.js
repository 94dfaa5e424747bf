// Every scan is put away first and sent then: what a lost network or a closed page leaves behind goes out later,
// with the same number, so that it counts once however often it arrives.
import { post } from "./network.js";
import { setNumbers } from "./people.js";
import { scans } from "./store.js";
import { place } from "./words.js";

const MOST_AT_ONCE = 50;
const PATIENCE = 4000; // milliseconds somebody waits at the counter
const LONG_PATIENCE = 20_000;
let isSending = false;
let mostAtOnce = MOST_AT_ONCE;
const onTheirWay = new Set(); // nonces

export const keep = (scan) => scans.put(scan);
export const forget = (nonce) => scans.remove(nonce);
export const isOnItsWay = (nonce) => onTheirWay.has(nonce);
export const kept = async () => (await scans.all()).sort((one, other) => one.at - other.at);

// One scan, now. The answer, or what the network throws; then it stays kept.
export async function sendOne(scan, device) {
  const [answer] = (await sendSome([scan], device, PATIENCE)).answers;
  return answer;
}

// All that is kept, in order, some at a time; calls back with each scan and its answer.
export async function sendAll(device, onAnswer) {
  if (isSending) return;
  isSending = true;
  try {
    for (;;) {
      const waiting = (await kept()).filter(({ nonce }) => !onTheirWay.has(nonce));
      if (!waiting.length) return;
      const { url, session } = waiting[0];
      const some = waiting.filter((scan) => scan.url === url && scan.session === session).slice(0, mostAtOnce);
      const { answers } = await sendSome(some, device, LONG_PATIENCE);
      some.forEach((scan) => onAnswer(scan, answers.find(({ nonce }) => nonce === scan.nonce)));
    }
  } finally {
    isSending = false;
  }
}

async function sendSome(some, device, patience) {
  some.forEach(({ nonce }) => onTheirWay.add(nonce));
  try {
    const now = Date.now();
    const rows = some.map(({ nonce, code, person, at, since }) => ({ nonce, code, person, since, age: (now - at) / 1000 }));
    const data = { session: some[0].session, device: device.name, sender: device.id, scans: rows };
    const found = await post(some[0].url, data, patience);
    for (const { nonce } of some) await forget(nonce);
    if (some[0].url === place.scan && some[0].session === place.session) setNumbers(found.numbers);
    return found;
  } catch (problem) {
    // What the server will never read would stand in the way of all that come after it: it is found by itself.
    mostAtOnce = problem.message === "refused" ? 1 : MOST_AT_ONCE;
    if (problem.message === "refused" && some.length === 1) await forget(some[0].nonce);
    throw problem;
  } finally {
    some.forEach(({ nonce }) => onTheirWay.delete(nonce));
  }
}
