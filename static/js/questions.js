// Folds a question away while it does not apply: another type of registration, or another answer before it.
// Without this script every question stands there with its condition above it, and the server decides alike.
const questions = [...document.querySelectorAll("[data-question]")];

function fieldsOf(form, name) {
  const found = form.elements[name];
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

function valuesOf(form, name) {
  return fieldsOf(form, name)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => field.value);
}

function answerTo(form, name) {
  const former = form.querySelector(`[data-question="${name}"]`);
  if (former?.hidden) return [];
  const values = valuesOf(form, name);
  return former && "isConsent" in former.dataset ? [values.length ? "yes" : "no"] : values;
}

function applies(question, form) {
  const { types, after, afterValues } = question.dataset;
  const type = fieldsOf(form, "registration_type").length ? valuesOf(form, "registration_type")[0] : undefined;
  if (types && type && !types.split(" ").includes(type)) return false;
  if (!after) return true;
  const wanted = afterValues.split(" ");
  return answerTo(form, after).some((value) => wanted.includes(value));
}

function rest(question, isResting) {
  question.hidden = isResting;
  // What is folded away is neither sent nor checked by the browser; what was typed stays for when it comes back.
  for (const field of question.querySelectorAll("input, select, textarea")) {
    if (isResting && !field.disabled) {
      field.disabled = true;
      field.dataset.rests = "";
    } else if (!isResting && "rests" in field.dataset) {
      field.disabled = false;
      delete field.dataset.rests;
    }
  }
}

function fold() {
  // In the order of the page: what follows an answer comes after it, also over several steps.
  for (const question of questions) {
    const form = question.closest("form");
    if (form) rest(question, !applies(question, form));
  }
}

for (const condition of document.querySelectorAll(".question-condition")) condition.hidden = true;
document.addEventListener("change", fold);
window.addEventListener("pageshow", fold);
fold();
