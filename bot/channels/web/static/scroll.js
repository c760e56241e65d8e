// The scroll position of the conversation.

import { find } from "./dom.js";

const scroller = find("scroller");
const latest = find("latest");
const NEAR = 48; // pixels from the end that count as the end
const AIR = 10; // pixels above a message that was scrolled to

const toEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
const atEnd = () => toEnd() < NEAR;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

const topOf = (element) =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

/** Scrolls towards the end, but not past the beginning of `element`: a long answer is read from its start. */
export function reveal(element) {
  scroller.scrollTop = topOf(element) - AIR;
}

/** Scrolls up to the beginning of `element` if that is out of sight. */
export function revealStart(element) {
  if (topOf(element) < scroller.scrollTop) reveal(element);
}

/** Runs `change`, which changes the page, and keeps `element` at its place on the screen if possible. */
export function holding(element, change) {
  const before = element.getBoundingClientRect().top;
  const wasAtEnd = atEnd();
  change();
  scroller.scrollTop += element.getBoundingClientRect().top - before;
  if (wasAtEnd && !atEnd()) reveal(element);
}

/** Runs `change`, which changes the page, and stays at the end if the page was there. */
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
