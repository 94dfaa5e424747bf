// Small helpers for making elements; text is always set as text.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

export function set(element, values) {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(`--${name}`, value);
}

export function mark(element, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value) element.dataset[name] = value === true ? "" : value;
    else delete element.dataset[name];
  }
}
