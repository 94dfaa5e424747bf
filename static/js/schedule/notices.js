// Says what happened: aloud for screen readers, in sight for everybody, with a button where there is something to decide.
import { make } from "./elements.js";
import { words } from "./store.js";

const notice = document.querySelector("[data-notice]");
const voice = document.querySelector("[data-voice]");

export function tell(text) {
  voice.textContent = text;
}

export function refused(text, anyway) {
  show(text, anyway && [words.anyway, anyway]);
}

export function unheard(text, again) {
  show(text, [words.again, again]);
}

export function hideNotice() {
  notice.hidden = true;
  notice.replaceChildren();
}

function show(text, choice) {
  const button = (label, act) => {
    const element = make("button", { type: "button", class: "button" }, label);
    element.addEventListener("click", () => {
      hideNotice();
      act();
    });
    return element;
  };
  notice.replaceChildren(...[make("p", {}, text), choice && button(...choice), button(words.close, () => {})].filter(Boolean));
  notice.hidden = false;
}
