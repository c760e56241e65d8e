// The bubbles: the person's messages on the right, the bot's on the left with their buttons below.

import { find, make } from "./dom.js";
import { toNodes } from "./markup.js";
import { holding, reveal, revealStart } from "./scroll.js";
import { say } from "./words.js";

const log = find("log");
const BOXES = { "☐": "false", "☑": "true", "✓": "true", "✅": "true" }; // first characters of labels that can be ticked: aria-pressed

function clock() {
  const now = new Date();
  const text = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return make("time", { datetime: now.toISOString() }, text);
}

function add(element) {
  find("day").hidden = false;
  find("intro").hidden = true;
  log.append(element);
  return element;
}

/** Adds a message of the person. Returns a function that sets its state: sending, sent or failed. */
export function addMine(text) {
  const state = make("span", { class: "state", role: "img" });
  const bubble = make(
    "div", { class: "bubble" },
    make("span", { class: "unseen" }, say("you")),
    make("p", { class: "text" }, text),
    make("p", { class: "meta" }, clock(), state),
  );
  const message = add(make("article", { class: "message mine" }, bubble));
  reveal(message);
  const show = (name) => {
    message.dataset.state = name;
    state.setAttribute("aria-label", say(`state.${name}`));
  };
  show("sending");
  return show;
}

function keyElement(key) {
  if (key.url) return make("a", { class: "key", target: "_blank", rel: "noopener noreferrer" });
  return make("button", { class: "key", type: "button" });
}

/** Sets an element's label and action. Only https addresses become links. */
function setKey(element, key) {
  if (element.textContent !== key.label) element.textContent = key.label;
  element.ariaPressed = BOXES[key.label[0]] ?? null;
  if (!key.url) element.dataset.data = key.data;
  else if (key.url.startsWith("https://")) element.href = key.url;
}

/** Shows the rows of buttons as given. Existing elements are reused, so that the focus is kept. */
function setRows(box, rows) {
  while (box.children.length > rows.length) box.lastChild.remove();
  rows.forEach((keys, number) => {
    const row = box.children[number] ?? box.appendChild(make("div", { class: "row" }));
    while (row.children.length > keys.length) row.lastChild.remove();
    keys.forEach((key, place) => {
      const there = row.children[place];
      if (there && (there.tagName === "A") === Boolean(key.url)) return setKey(there, key);
      const fresh = keyElement(key);
      setKey(fresh, key);
      if (there) there.replaceWith(fresh);
      else row.append(fresh);
    });
  });
}

/** Shows a still picture, or plays a short silent film in a loop. */
function setPicture(bubble, name, alt) {
  const there = bubble.querySelector(".picture");
  const src = name && `/pictures/${encodeURIComponent(name)}`;
  if (there?.getAttribute("src") === src && (there.alt ?? there.ariaLabel) === alt) return;
  there?.remove();
  if (!name) return;
  const film = name.endsWith(".mp4");
  const still = { class: "picture", src, alt };
  const moving = { class: "picture", src, "aria-label": alt, role: "img", autoplay: "", loop: "", playsinline: "" };
  const shown = make(film ? "video" : "img", film ? moving : still);
  if (film) shown.muted = true;
  bubble.prepend(shown);
}

/** Shows files made for this person: a picture as an image, a document as a download link. */
function setFiles(bubble, files, alt) {
  bubble.querySelectorAll(".made").forEach((there) => there.remove());
  for (const { name, data } of files) {
    const picture = name.endsWith(".png");
    const type = picture ? "image/png" : name.endsWith(".pdf") ? "application/pdf" : "text/csv";
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    if (picture) bubble.prepend(make("img", { class: "picture made", src: address, alt }));
    else bubble.querySelector(".meta").before(make("a", { class: "made", href: address, download: name }, name));
  }
}

function fill(message, { html, keys, picture, alt, files, live }) {
  const bubble = message.querySelector(".bubble");
  message.classList.toggle("live", live);
  setPicture(bubble, picture, alt);
  setFiles(bubble, files, alt);
  const text = bubble.querySelector(".text");
  if (message.dataset.html !== html) text.replaceChildren(...toNodes(html));
  message.dataset.html = html;
  setRows(message.querySelector(".keys"), keys);
}

/** Adds a message of the bot below all others and returns its element. */
export function addTheirs(outgoing) {
  const bubble = make(
    "div", { class: "bubble" },
    make("span", { class: "unseen" }, say("bot")),
    make("div", { class: "text" }),
    make("p", { class: "meta" }, clock()),
  );
  const message = make("article", { class: "message theirs", tabindex: "-1" }, bubble, make("div", { class: "keys" }));
  fill(message, outgoing);
  return add(message);
}

/** Replaces the content of a message without moving the page or the keyboard focus.
 *  If its first line changes, it is a new text to read, so the page scrolls to its beginning. */
export function replace(message, outgoing) {
  const inside = message.contains(document.activeElement);
  const beginning = (html) => html.split("\n", 1)[0];
  const isOther = beginning(message.dataset.html) !== beginning(outgoing.html);
  holding(message, () => fill(message, outgoing));
  if (isOther) revealStart(message);
  if (inside && !message.contains(document.activeElement)) {
    (message.querySelector(".key") ?? message).focus({ preventScroll: true });
  }
}

/** The newest message of a running session, or undefined. */
export const liveMessage = () => [...log.querySelectorAll(".live")].at(-1);

/** Removes the buttons of a session's message that is no longer the newest. */
export function retire(message) {
  message.classList.remove("live");
  setRows(message.querySelector(".keys"), []);
}

/** Adds a text file to a message, to read or to save. */
export function addFile(message, { name, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  message.querySelector(".meta").before(make(
    "details", { class: "file" },
    make("summary", {}, make("b", {}, name), make("span", {}, say("file.show"))),
    make("pre", { tabindex: "0", "aria-label": name }, text),
    make("a", { href: address, download: name }, say("file.save")),
  ));
}
