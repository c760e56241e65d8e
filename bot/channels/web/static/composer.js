// The text field and its menu of commands.

import { find, make } from "./dom.js";
import { stayAtEnd } from "./scroll.js";
import { adminCommands, commands } from "./words.js";

const field = find("field");
const form = find("composer");
const menu = find("menu");
const opener = find("menu-button");
const NEEDS_ARGUMENT = new Set(["preview"]);
const sent = []; // texts sent from this page, oldest first
let recalled = 0; // how many texts back the up arrow has gone; 0 for none
let send = () => {};
let admin = false;

/** Focuses the text field, but not on a phone, where the keyboard would hide the answer. */
function focusField() {
  if (matchMedia("(pointer: fine)").matches) field.focus();
}

function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function put(text) {
  stayAtEnd(() => {
    field.value = text;
    fit();
  });
  find("send").disabled = !text.trim();
}

function submit() {
  const text = field.value.trim();
  if (!text) return;
  sent.push(text);
  recalled = 0;
  put("");
  send(text);
}

/** Steps through the texts sent before, unless the field holds a new one. Returns whether it changed the field. */
function recall(step) {
  const unchanged = field.value === "" || field.value === sent.at(-recalled);
  const wanted = recalled + step;
  if (!unchanged || wanted < 0 || wanted > sent.length) return false;
  recalled = wanted;
  put(recalled ? sent.at(-recalled) : "");
  return true;
}

field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const steps = { ArrowUp: 1, ArrowDown: -1 };
  if (event.key === "Enter" && !event.shiftKey) submit();
  else if (!(event.key in steps) || !recall(steps[event.key])) return;
  event.preventDefault();
});
field.addEventListener("input", () => put(field.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  focusField();
});

function fillMenu() {
  const list = admin ? [...commands, ...adminCommands] : commands;
  menu.replaceChildren(...list.map(({ name, about }) => make(
    "button", { type: "button", role: "menuitem", tabindex: "-1", "data-command": name },
    make("span", { class: "about" }, about),
    make("span", { class: "slash" }, `/${name}`),
  )));
}

function openMenu(open) {
  if (open) fillMenu();
  menu.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  if (open) menu.firstElementChild.focus();
}

function choose(item) {
  openMenu(false);
  focusField();
  const command = `/${item.dataset.command}`;
  if (!NEEDS_ARGUMENT.has(item.dataset.command)) return send(command);
  put(`${command} `);
  field.focus();
}

opener.addEventListener("click", () => openMenu(menu.hidden));
menu.addEventListener("click", (event) => {
  const item = event.target.closest("[role=menuitem]");
  if (item) choose(item);
});
menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Escape") {
    openMenu(false);
    opener.focus();
  } else if (next !== undefined) {
    items.at(next % items.length).focus();
    event.preventDefault();
  }
});
form.addEventListener("focusout", (event) => {
  if (!menu.hidden && !menu.contains(event.relatedTarget) && event.relatedTarget !== opener) openMenu(false);
});

/** Shows the text field. `onSend(text)` is called with each message. */
export function startComposer(onSend) {
  send = onSend;
  form.hidden = false;
  put("");
  focusField();
}

export function showAdminCommands(on) {
  admin = on;
}
