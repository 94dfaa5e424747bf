// Send a form with files: dropped or chosen, one or several, with progress, and again after a lost connection.
// Without this script the form works as any other. The words come from the page: <form data-upload data-sending="…">.
import { complaints, isRefusal, isTaken, isTooLarge, show } from "./upload/answers.js";
import { followAll } from "./upload/following.js";
import { send } from "./upload/sending.js";
import { dataOf, rowOf, titleOf } from "./upload/several.js";

const lists = new WeakMap(); // form → rows of several files
let numbered = 0;

// Forms that bring no words of their own are those of a single picture.
const WORDS = {
  sending: "Sending:",
  checking: "Sent. The file is being checked…",
  failed: "The file could not be sent. Please try again.",
  waiting: "The connection was lost. Sent again in {seconds} seconds.",
};

function word(form, name) {
  return form.dataset[name] || WORDS[name];
}

function say(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

function listeners(form, progress, status) {
  return {
    onProgress: (percent) => {
      if (progress) Object.assign(progress, { hidden: false, value: percent });
      // Spoken in steps of ten, so that a screen reader can keep up.
      say(status, percent < 100 ? `${word(form, "sending")} ${Math.floor(percent / 10) * 10}%` : word(form, "checking"));
    },
    onWait: (seconds) => say(status, word(form, "waiting").replace("{seconds}", seconds)),
  };
}

function rest(form, isResting) {
  for (const field of form.elements) if (field.type === "submit") field.disabled = isResting;
}

function addressOf(form) {
  return form.getAttribute("action") || window.location.href;
}

async function sendOne(form, data) {
  const status = form.querySelector(".upload-status");
  const progress = form.querySelector("progress");
  const answer = await send(addressOf(form), data, listeners(form, progress, status));
  if (answer && (isTaken(answer) || isRefusal(answer))) {
    show(answer);
    prepare();
    return;
  }
  if (progress) progress.hidden = true;
  rest(form, false);
  say(status, answer && isTooLarge(answer) ? complaints(answer).join(" ") : word(form, "failed"));
}

async function sendRow(form, data, row) {
  row.drop.hidden = true;
  const answer = await send(addressOf(form), dataOf(data, row), listeners(form, row.progress, row.status));
  row.progress.hidden = true;
  row.isSent = Boolean(answer && isTaken(answer));
  row.item.dataset.state = row.isSent ? "sent" : "refused";
  if (row.isSent) row.title.readOnly = true;
  else row.drop.hidden = false;
  const said = answer && (isRefusal(answer) || isTooLarge(answer)) ? complaints(answer).join(" ") : "";
  say(row.status, row.isSent ? form.dataset.sent : said || word(form, "failed"));
  return answer;
}

// One after the other: half of many is worth less than all of some.
async function sendSeveral(form, data, rows) {
  let answer = null;
  for (const row of rows.filter((one) => !one.isSent)) answer = await sendRow(form, data, row);
  rest(form, false);
  if (answer && rows.every((row) => row.isSent)) show(answer);
  else form.querySelector('[data-state="refused"] input')?.focus();
}

function keptOf(form, input) {
  if (!lists.has(form)) {
    const list = Object.assign(document.createElement("ul"), { className: "upload-list" });
    const note = Object.assign(document.createElement("p"), { className: "field-help", textContent: form.dataset.several });
    input.closest(".upload").after(note, list);
    lists.set(form, { list, note, rows: [] });
  }
  return lists.get(form);
}

// With several files each row has its title, and the one of the form rests.
function refresh(form, kept) {
  const { title } = form.elements;
  const isSeveral = kept.rows.length > 0;
  kept.note.hidden = !isSeveral;
  if (!title) return;
  title.disabled = isSeveral;
  title.closest(".field").hidden = isSeveral;
}

function isWaiting(form) {
  return (lists.get(form)?.rows.length || 0) > 0;
}

// The name of one file proposes a title, until somebody types another.
function propose(form, files) {
  const { title } = form.elements;
  if (!title || files.length !== 1 || (title.value && title.value !== title.dataset.proposed)) return;
  title.value = title.dataset.proposed = titleOf(files[0].name);
}

function take(input, files) {
  const { form } = input;
  propose(form, files);
  if (!("several" in form.dataset) || (files.length < 2 && !isWaiting(form))) return;
  const kept = keptOf(form, input);
  for (const file of files) {
    numbered += 1;
    const row = rowOf(file, form.dataset, `${form.elements.mark.value}-${numbered}`);
    row.drop.addEventListener("click", () => {
      kept.rows.splice(kept.rows.indexOf(row), 1);
      row.item.remove();
      refresh(form, kept);
      input.focus();
    });
    kept.rows.push(row);
    kept.list.append(row.item);
  }
  input.value = "";
  refresh(form, kept);
}

function prepare() {
  for (const input of document.querySelectorAll('form[data-several] .upload input[type="file"]')) input.multiple = true;
  for (const place of document.querySelectorAll("form[data-drop] .upload")) {
    if (place.parentElement.querySelector(".upload-drop")) continue;
    const words = { className: "field-help upload-drop", textContent: place.closest("form").dataset.drop };
    place.after(Object.assign(document.createElement("p"), words));
  }
  followAll();
}

// A file may be dropped anywhere on a form that this script sends; text that is moved about is none of its business.
function inputAt(event) {
  return event.target.closest?.("form[data-upload]")?.querySelector('.upload input[type="file"]');
}

function bringsFiles(event) {
  return [...event.dataTransfer.types].includes("Files");
}

document.addEventListener("change", (event) => {
  if (event.target.matches('form[data-upload] .upload input[type="file"]')) take(event.target, [...event.target.files]);
});
document.addEventListener("dragover", (event) => {
  if (!bringsFiles(event)) return;
  event.preventDefault(); // dropped beside the form it would open instead of the page, with all that was typed
  const input = inputAt(event);
  if (input) input.closest(".upload").dataset.over = "";
  else event.dataTransfer.dropEffect = "none";
});
document.addEventListener("dragleave", (event) => {
  const place = inputAt(event)?.closest(".upload");
  if (place && !place.closest("form").contains(event.relatedTarget)) delete place.dataset.over;
});
document.addEventListener("drop", (event) => {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  const input = inputAt(event);
  if (!input) return;
  delete input.closest(".upload").dataset.over;
  const { files } = event.dataTransfer;
  if (files.length === 1 && !isWaiting(input.form)) {
    input.files = files;
    propose(input.form, files);
  } else if (files.length) take(input, [...files]);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-upload]")) return;
  const rows = lists.get(form)?.rows || [];
  const hasFile = [...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length);
  if (!hasFile && !rows.length) return;
  event.preventDefault();
  form.querySelectorAll(".form-errors, .field-error").forEach((old) => old.remove());
  const data = new FormData(form, event.submitter); // before its button rests, whose value belongs to it
  rest(form, true);
  form.querySelector(".upload")?.scrollIntoView({ block: "nearest" }); // how far it is stands there, and the button far below
  if (rows.length) sendSeveral(form, data, rows);
  else sendOne(form, data);
}, true);

prepare();
