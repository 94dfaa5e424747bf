// The list does not change under one's hands: it says that others changed something, and offers to show it.
import { make } from "./elements.js";
import { store, words } from "./store.js";

const root = document.querySelector(".schedule");
const notice = document.querySelector("[data-notice]");

export function listen(every) {
  const timer = setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    const address = `${root.dataset.state}?since=${encodeURIComponent(store.state.version)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).then((response) => response.json()).catch(() => null);
    if (!answer?.items) return;
    clearInterval(timer);
    const [step] = answer.steps;
    const text = step && step.pk !== store.state.steps[0]?.pk ? `${step.who}: ${step.words}` : words.changed;
    notice.replaceChildren(make("p", {}, text), make("a", { href: window.location.href, class: "button" }, words.show_now));
    notice.hidden = false;
  }, every);
}
