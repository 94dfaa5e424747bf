// What the server answered takes the place of the page: asking for it a second time would lose its messages.

const REFUSALS = [410, 422, 429, 507]; // a page that says what is wrong

export function isRefusal(answer) {
  return REFUSALS.includes(answer.status);
}

export function isTaken(answer) {
  return answer.status < 400;
}

export function show(answer) {
  const page = new DOMParser().parseFromString(answer.html, "text/html");
  const main = page.querySelector("main");
  if (!main) {
    window.location.assign(answer.url);
    return;
  }
  if (!isRefusal(answer) && answer.url !== window.location.href) window.history.pushState({}, "", answer.url);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  window.scrollTo(0, 0);
  (main.querySelector(".form-errors") || main).focus();
}

// Said by the proxy, before the form was read: the form stays as it is, and shows the sentence.
export function isTooLarge(answer) {
  return answer.status === 413;
}

// The sentences of a refusal, for the row of one file among several.
export function complaints(answer) {
  const page = new DOMParser().parseFromString(answer.html, "text/html");
  const lines = page.querySelectorAll(isTooLarge(answer) ? ".hero-lead" : ".form-errors li");
  return [...lines].map((line) => line.textContent.trim());
}

window.addEventListener("popstate", () => window.location.reload());
