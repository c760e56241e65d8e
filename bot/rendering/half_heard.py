"""Renders the question about half-heard warning signs (S-80), alone or before the red-flag question."""

from bot.domain.turns.doubts import LONGEST_QUOTE
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskHalfHeard, DoubtsFirst
from bot.domain.understanding.understood import HalfHeard
from bot.rendering.wording import RenderedMessage, Wording


def message(reply: AskHalfHeard | DoubtsFirst, wording: Wording) -> RenderedMessage:
    """A question of its own below the contacts, or the first of the two messages of a red-flag question."""
    rows = [line(row, wording) for row in reply.doubts]
    if isinstance(reply, DoubtsFirst):
        return RenderedMessage("\n".join([wording.phrase("half_heard.first"), *rows]))
    lines = [wording.phrase("half_heard.crisis" if reply.crisis else "emergency_line"), ""]
    lines += [wording.phrase("question.again")] if reply.repeated else []
    buttons = (wording.button("doubt_no", Action.DOUBT_NO), wording.button("yes_or_unsure", Action.DOUBT_YES))
    return RenderedMessage("\n".join([*lines, *rows]), (buttons,))


def line(row: HalfHeard, wording: Wording) -> str:
    """The question about one sign, after the person's words where they are at hand."""
    asked = wording.texts.red_flags[row.id].asked
    if not row.quote:
        return wording.phrase("half_heard.again", asked=asked)
    words = row.quote if len(row.quote) <= LONGEST_QUOTE else row.quote[: LONGEST_QUOTE - 1] + "…"
    return wording.phrase("half_heard.row", words=words, asked=asked)
