// Turns the bot's HTML into DOM nodes. Only <b>, <i> and entities are interpreted; anything else stays text.

const TOKEN = /<(\/?)([bi])>|&(lt|gt|amp|quot|apos|#\d{1,6}|#x[0-9a-fA-F]{1,5});/g;
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const MARKER = /^(?:•|((?:[☐☑] )?\d{1,2}[.)]?)(?= +(?:\p{Lu}|$))) +/u; // "3. LI4", "☑ 3. " before bold; not "1 of 3"

function decoded(entity) {
  if (entity in NAMED) return NAMED[entity];
  const code = entity[1] === "x" ? parseInt(entity.slice(2), 16) : parseInt(entity.slice(1), 10);
  return String.fromCodePoint(code);
}

/** Yields the HTML as {text} and {tag, closes}. */
function* tokens(html) {
  let from = 0;
  for (const match of html.matchAll(TOKEN)) {
    if (match.index > from) yield { text: html.slice(from, match.index) };
    yield match[3] ? { text: decoded(match[3]) } : { tag: match[2], closes: match[1] === "/" };
    from = match.index + match[0].length;
  }
  if (from < html.length) yield { text: html.slice(from) };
}

/** Sets the class of a line, and puts the marker of a list item into an element of its own for a hanging indent. */
function styled(line) {
  const first = line.firstChild;
  const marker = first?.nodeType === Node.TEXT_NODE && MARKER.exec(first.data);
  line.className = line.textContent === "" ? "gap" : "line";
  if (!marker) return;
  line.className = marker[1] ? "item numbered" : "item";
  const box = document.createElement("span");
  box.className = "marker";
  box.textContent = marker[0];
  first.deleteData(0, marker[0].length);
  line.prepend(box);
}

/** One block element for each line, so that list items can be indented and paragraphs spaced. */
export function toNodes(html) {
  const lines = [];
  let open = []; // the tags that are open, outermost first
  let at;
  const newLine = () => {
    at = document.createElement("div");
    lines.push(at);
    for (const tag of open) at = at.appendChild(document.createElement(tag));
  };
  newLine();
  for (const token of tokens(html)) {
    if (token.text !== undefined) {
      token.text.split("\n").forEach((piece, number) => {
        if (number > 0) newLine();
        if (piece) at.append(piece);
      });
    } else if (!token.closes) {
      open = [...open, token.tag];
      at = at.appendChild(document.createElement(token.tag));
    } else if (open.at(-1) === token.tag) {
      open = open.slice(0, -1);
      at = at.parentElement;
    }
  }
  for (const line of lines) {
    line.normalize();
    styled(line);
  }
  return lines;
}
