// A form that is sent once stays sent once: its buttons rest until the answer comes.
const resting = new Set();

function rest(button) {
  button.disabled = true;
  resting.add(button);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  // After this turn: a button disabled at once would leave its name and value out of what is sent.
  setTimeout(() => [...form.elements].filter((element) => element.type === "submit").forEach(rest));
});

// The page comes back with the Back button: the form may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  resting.forEach((button) => {
    button.disabled = false;
  });
  resting.clear();
});
