// Send a form with a file and show how much has gone. Without this script the form works as any other.
// The words come from the page: <form data-upload data-sending="…" data-checking="…" data-failed="…">.

function words(form, name, fallback) {
  return form.dataset[name] || fallback;
}

// The answer takes the place of the page: asking for it a second time would lose its messages.
function show(html, address) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("main");
  if (!main) return false;
  if (address && address !== window.location.href) window.history.pushState({}, "", address);
  document.title = answer.title;
  document.body.replaceWith(document.adoptNode(answer.body));
  window.scrollTo(0, 0);
  (main.querySelector(".form-errors") || main).focus();
  return true;
}

window.addEventListener("popstate", () => window.location.reload());

function send(form, submitter) {
  const progress = form.querySelector("progress");
  const status = form.querySelector(".upload-status");
  const buttons = [...form.elements].filter((element) => element.type === "submit");
  const request = new XMLHttpRequest();
  const say = (text) => {
    if (status && status.textContent !== text) status.textContent = text;
  };
  form.querySelectorAll(".form-errors, .field-error").forEach((old) => old.remove());
  const fail = () => {
    if (progress) progress.hidden = true;
    buttons.forEach((button) => {
      button.disabled = false;
    });
    say(words(form, "failed", "The file could not be sent. Please try again."));
  };

  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable || !progress) return;
    const percent = Math.round((event.loaded / event.total) * 100);
    progress.hidden = false;
    progress.value = percent;
    // Spoken in steps of ten, so that a screen reader can keep up.
    if (percent < 100) say(`${words(form, "sending", "Sending:")} ${Math.floor(percent / 10) * 10}%`);
    else say(words(form, "checking", "Sent. The file is being checked…"));
  });
  request.addEventListener("load", () => {
    const isRefusal = [422, 429, 507].includes(request.status); // a page that says what is wrong
    if (request.status >= 400 && !isRefusal) {
      fail();
      return;
    }
    const kind = request.getResponseHeader("Content-Type") || "";
    if (kind.startsWith("application/json")) window.location.assign(JSON.parse(request.responseText).url);
    else if (!show(request.responseText, isRefusal ? "" : request.responseURL)) window.location.assign(request.responseURL);
  });
  request.addEventListener("error", fail);
  request.addEventListener("abort", fail);

  const data = new FormData(form, submitter);
  request.open("POST", form.getAttribute("action") || window.location.href);
  request.setRequestHeader("Accept", "text/html, application/json");
  request.send(data);
  buttons.forEach((button) => {
    button.disabled = true;
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-upload]")) return;
  if (![...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length)) return;
  event.preventDefault();
  send(form, event.submitter);
}, true);
