// Where the conversation stands in its window.

import { find } from "./dom.js";

const scroller = find("scroller");
const latest = find("latest");
const NEAR = 48;
const AIR = 10;

const toEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
const atEnd = () => toEnd() < NEAR;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

const topOf = (element) =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

/** Down to the end, but never past the beginning of `element`: a long answer is read from its start. */
export function reveal(element) {
  scroller.scrollTop = topOf(element) - AIR;
}

/** Up to the beginning of `element`, where that is out of sight. */
export function revealStart(element) {
  if (topOf(element) < scroller.scrollTop) reveal(element);
}

/** Changes the page and keeps `element` where it stands on the screen, as far as the page allows. */
export function holding(element, change) {
  const before = element.getBoundingClientRect().top;
  const wasAtEnd = atEnd();
  change();
  scroller.scrollTop += element.getBoundingClientRect().top - before;
  if (wasAtEnd && !atEnd()) reveal(element);
}

/** Follows pictures that arrive late and a window that gets smaller. */
export function stayAtEnd(change) {
  const wasAtEnd = atEnd();
  change();
  if (wasAtEnd) scroller.scrollTop = scroller.scrollHeight;
}

scroller.addEventListener("scroll", () => { latest.hidden = toEnd() < 4 * NEAR; }, { passive: true });
latest.addEventListener("click", () => {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm.matches ? "instant" : "smooth" });
});

let shownHeight = scroller.clientHeight;
new ResizeObserver(() => {
  const lost = shownHeight - scroller.clientHeight;
  shownHeight = scroller.clientHeight;
  if (lost > 0 && toEnd() < lost + NEAR) scroller.scrollTop = scroller.scrollHeight;
}).observe(scroller);
