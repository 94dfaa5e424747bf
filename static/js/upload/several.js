// Several files at once: each gets a row with a title of its own; all else in the form counts for all of them.

export function titleOf(name) {
  return name.replace(/\.[a-z]{3,4}$/i, "").replace(/[_\s]+/g, " ").replace(/(\w)-(?=\w)/g, "$1 ").trim().slice(0, 300);
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function rowOf(file, words, mark) {
  const title = element("input", { type: "text", value: titleOf(file.name), maxLength: 300, required: true, id: `title-of-${mark}` });
  const progress = element("progress", { max: 100, value: 0, hidden: true });
  progress.setAttribute("aria-label", words.sofar);
  const status = element("p", { className: "upload-status" });
  status.setAttribute("role", "status");
  const drop = element("button", { type: "button", className: "button", textContent: words.remove });
  drop.dataset.kind = "quiet";
  drop.append(element("span", { className: "visually-hidden", textContent: ` ${file.name}` }));
  const label = element("label", { htmlFor: title.id, textContent: `${words.title}: ${file.name}` });
  const item = element("li", { className: "upload-row field" }, label, title, progress, status, drop);
  return { file, item, title, progress, status, drop, mark, isSent: false };
}

// What is sent of one row: the form as it stands, with this file, its title and its mark.
export function dataOf(form, row) {
  const data = new FormData();
  for (const [name, value] of form) data.append(name, value);
  data.set("file", row.file);
  data.set("title", row.title.value);
  data.set("mark", row.mark);
  data.set("several", "yes");
  data.delete("link");
  return data;
}
