// The data that the server wrote into the page: the phrases, the commands, and the admin's commands.

const given = JSON.parse(document.getElementById("words").textContent);

export const commands = given.commands; // [{name, about}]
export const adminCommands = given.admin; // [{name, about}]
export const adminNames = new Set(adminCommands.map((command) => command.name));

/** The phrase with this key, without the "web." in front. */
export function say(key) {
  const text = given.phrases[key];
  if (text === undefined) throw new Error(`no phrase ${key}`);
  return text;
}
