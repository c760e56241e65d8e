// Small helpers for building the page.

/** An element with attributes and children; false and null attributes are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

export const find = (id) => document.getElementById(id);

let toastTimer = 0;

/** A short notice above the text field that goes away by itself. */
export function toast(text) {
  const box = find("toast");
  clearTimeout(toastTimer);
  box.textContent = text;
  box.classList.add("shown");
  toastTimer = setTimeout(() => box.classList.remove("shown"), 2500 + 45 * text.length);
}
