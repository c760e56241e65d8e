// The page: sends texts and button presses to the server and shows the answers.

import { addFile, addMine, addTheirs, liveMessage, replace, retire } from "./bubbles.js";
import { showAdminCommands, startComposer } from "./composer.js";
import { find, toast } from "./dom.js";
import { ask, glance, listen, Refused, retry } from "./link.js";
import { reveal, stayAtEnd } from "./scroll.js";
import { adminNames, say } from "./words.js";

const TYPING_DELAY = 180; // milliseconds until the typing sign is shown
const SESSION_CHECK = 5_000; // milliseconds between two looks for what is due, while a session runs
const REMINDER_CHECK = 10_000; // the same while no session runs
let admin = false;

/** Shows an answer, in place of the message of the pressed button if the answer says so. */
function show({ messages, notice, replace: inPlace, file }, pressed) {
  const rest = [...messages];
  if (pressed && inPlace && rest.length) replace(pressed, rest.shift());
  const added = rest.map(addTheirs);
  if (file) addFile(added.at(-1), file);
  if (added.length) reveal(added[0]);
  if (notice) toast(notice);
  if (liveMessage()) scheduleCheck();
}

function answered(answer, tries, pressed) {
  const nothing = !answer.messages.length && !answer.notice;
  if (nothing && tries > 1) toast(say("trouble.repeat"));
  show(answer, pressed);
}

/** "/points LI4" is the command "points" with the text "LI4". */
function parsed(text) {
  const command = /^\/([A-Za-z_]{1,32})(?:\s+([\s\S]*))?$/.exec(text);
  if (!command) return { kind: "text", command: "", text };
  return { kind: "command", command: command[1].toLowerCase(), text: command[2] ?? "" };
}

function write(text) {
  const state = addMine(text);
  const { kind, command, text: rest } = parsed(text);
  const ours = admin && adminNames.has(command);
  const [path, body] = ours
    ? ["/api/admin", { command, argument: rest }]
    : ["/api/message", { kind, command, text: rest }];
  const done = (answer, tries) => {
    state("sent");
    answered(answer, tries);
  };
  ask(path, body, done, () => state("failed"));
}

find("log").addEventListener("click", (event) => {
  const key = event.target.closest("button.key");
  if (!key || key.ariaBusy === "true") return;
  key.ariaBusy = "true";
  const free = () => { key.ariaBusy = null; };
  const done = (answer, tries) => {
    free();
    answered(answer, tries, key.closest(".message"));
  };
  ask("/api/press", { data: key.dataset.data }, done, free);
});

let checkTimer = 0;

function scheduleCheck() {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(checkDue, liveMessage() ? SESSION_CHECK : REMINDER_CHECK);
}

/** Shows what is due: an edit of the running session's message, or new messages. */
async function checkDue() {
  const due = find("start").hidden ? await glance("/api/due") : null;
  const live = liveMessage();
  if (due?.edit && live) replace(live, due.edit);
  if ((due?.over || due?.messages.some((message) => message.live)) && live) retire(live);
  const added = (due?.messages ?? []).map(addTheirs);
  if (added.length) reveal(added[0]);
  scheduleCheck();
}

let typingTimer = 0;
listen(
  (error) => {
    const box = find("trouble");
    box.hidden = !error;
    if (!error) return;
    const refused = error instanceof Refused;
    find("trouble-text").textContent = say(refused ? "trouble.refused" : "trouble.offline");
    find("retry").textContent = say(refused ? "trouble.reload" : "trouble.retry");
    find("retry").onclick = refused ? () => location.reload() : retry;
  },
  (working) => {
    clearTimeout(typingTimer);
    const type = (on) => stayAtEnd(() => {
      find("typing").hidden = !on;
      find("status").textContent = say(on ? "typing" : "kind");
    });
    if (working) typingTimer = setTimeout(type, TYPING_DELAY, true);
    else type(false);
  },
);

function labelTheme(theme, dark) {
  theme.setAttribute("aria-label", say(dark ? "theme.light" : "theme.dark"));
  theme.title = theme.getAttribute("aria-label");
  theme.dataset.dark = String(dark);
}

const theme = find("theme");
const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
labelTheme(theme, isDark());
system.addEventListener("change", () => labelTheme(theme, isDark()));
theme.addEventListener("click", () => {
  const chosen = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = chosen;
  labelTheme(theme, isDark());
  try {
    localStorage.setItem("theme", chosen);
  } catch {
    // Storage is switched off in this browser: the choice lasts until the page is left.
  }
});

const adminSwitch = find("admin");
adminSwitch.addEventListener("click", () => {
  admin = !admin;
  adminSwitch.setAttribute("aria-checked", String(admin));
  document.body.classList.toggle("is-admin", admin);
  showAdminCommands(admin);
  toast(say(admin ? "admin.enabled" : "admin.disabled"));
});

find("start").addEventListener("click", () => {
  find("start").hidden = true;
  startComposer(write);
  checkDue();
  write("/start");
});
find("start").focus();
