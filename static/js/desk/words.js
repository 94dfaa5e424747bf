// What the desk says, in the language of the page, and where it stands.
export const desk = document.querySelector("[data-desk]");
export const place = { ...desk.dataset, session: desk.dataset.room };
export const words = JSON.parse(document.getElementById("desk-words").textContent);

const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: place.zone,
});

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function timeOf(moment) {
  return clock.format(moment);
}
