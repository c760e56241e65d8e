// Small helpers for building the page.

/** Makes an element with attributes and children. Attributes that are false or null are left out. */
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

/** Shows a short notice above the text field for a few seconds, depending on its length. */
export function toast(text) {
  const box = find("toast");
  clearTimeout(toastTimer);
  box.textContent = text;
  box.classList.add("shown");
  toastTimer = setTimeout(() => box.classList.remove("shown"), 2500 + 45 * text.length);
}
