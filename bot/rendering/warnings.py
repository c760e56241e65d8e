"""Renders warnings: the advice, and while it stands its action again, in short (S-85)."""

from collections.abc import Sequence

from bot.domain.knowledge import RedFlag, Urgency
from bot.domain.turns.events import Action
from bot.domain.turns.replies import ActionAgain, Advice, QuestionAdvice
from bot.rendering.screens import advice, headline, question_advice
from bot.rendering.wording import RenderedMessage, Wording


def message(reply: Advice | QuestionAdvice | ActionAgain, wording: Wording) -> RenderedMessage:
    """The message of a warning."""
    match reply:
        case Advice():
            return advice(reply, wording)
        case QuestionAdvice():
            return question_advice(reply, wording)
        case ActionAgain():
            return action_again(reply, wording)


def action_again(reply: ActionAgain, wording: Wording) -> RenderedMessage:
    """The action first, then at most one sentence on what was asked. No button leads on to points."""
    flags = [wording.knowledge.red_flags[id_] for id_ in reply.flags]
    level = _level(flags, reply.question, wording)
    parts = _actions(flags, reply.question, wording)
    if reply.topic and wording.has(f"follow_up.{reply.topic}.{level}"):
        parts.append(wording.phrase(f"follow_up.{reply.topic}.{level}"))
    if level == "today":
        parts.append(wording.phrase("emergency_line"))
    buttons = ((wording.button("no_flag", Action.NO_FLAG),),) if reply.withdrawable else ()
    return RenderedMessage("\n\n".join(parts), buttons)


def _level(flags: Sequence[RedFlag], question: str, wording: Wording) -> str:
    """Which of the three sentences on a topic fits: "crisis", "emergency" or "today"."""
    if any(flag.crisis for flag in flags):
        return "crisis"
    asked = question and wording.texts.questions[question].emergency
    urgent = asked or not flags or any(flag.urgency is Urgency.EMERGENCY for flag in flags)
    return "emergency" if urgent else "today"


def _actions(flags: Sequence[RedFlag], question: str, wording: Wording) -> list[str]:
    """The headline of the flags. In a crisis its lines stand there too, first unless a body is in danger now."""
    if question and not flags:
        text = wording.texts.questions[question]
        return [wording.phrase(f"again.{'emergency' if text.emergency else 'today'}_signs")]
    first = headline([flag for flag in flags if not flag.crisis or wording.texts.red_flags[flag.id].first_act], wording)
    if not any(flag.crisis for flag in flags):
        return [first]
    lines = wording.phrase("flag.crisis_lines")
    urgent = any(flag.urgency is Urgency.EMERGENCY for flag in flags if not flag.crisis)
    acts = any(wording.texts.red_flags[flag.id].first_act for flag in flags)
    if all(flag.crisis for flag in flags) and not acts:
        return [lines]
    return [first, lines] if urgent or acts else [lines, first]
