"""What a red flag does to a dialogue: it ends the wish, is remembered for a day, and can be withdrawn."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge, RedFlag, Urgency
from bot.domain.state.dialogue import Dialogue, Stage, warning_stands
from bot.domain.turns import pages
from bot.domain.turns.replies import MOST_ADVICES, ActionAgain, Advice, Next, QuestionAdvice, Reply, Say

MOST_ASKED = 3  # half-heard signs in one question (S-80)
QUESTION = "question:"  # prefix: "Yes, or not sure" to a red-flag question is remembered as a flag with its id


def raise_flags(dialogue: Dialogue, flags: tuple[str, ...], knowledge: Knowledge, now: float) -> Next:
    """Give advice and no points, and end the wish (S-2). `flags` are ids, the most urgent first.

    A warning that stands and is more urgent, or a crisis, is advised on with them: its action leads (S-84, S-85).
    """
    ended = _without_wish(dialogue, flags, now)
    standing = _heavier(dialogue, flags, knowledge) if warning_stands(dialogue, now) else ()
    return Next(ended, (advice(ended, (*flags, *standing), knowledge),))


def in_crisis(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether one of the remembered red flags is a crisis (S-12, S-15)."""
    return any(id_ in knowledge.red_flags and knowledge.red_flags[id_].crisis for id_ in dialogue.flags)


def unless_crisis(dialogue: Dialogue, knowledge: Knowledge, reply: Say) -> Say:
    """The reply, or the crisis lines for a day after a crisis, when nothing may ask "What hurts?" (S-12)."""
    return pages.crisis_lines() if in_crisis(dialogue, knowledge) else reply


def ask_again(dialogue: Dialogue, knowledge: Knowledge) -> Next:
    """After "I don't have these", name the signs and ask once more. Crisis flags cannot be withdrawn."""
    if in_crisis(dialogue, knowledge) or not dialogue.flags:
        return repeat_advice(dialogue, knowledge)
    asked = replace(dialogue, stage=Stage.FLAG_SURE, page="")
    return Next(asked, (pages.question(asked, knowledge),))


def answer_sure(dialogue: Dialogue, knowledge: Knowledge, *, absent: bool) -> Next:
    """Withdraw the flags that were named on an explicit "no" (`absent`); otherwise keep them and repeat the advice."""
    if not absent or in_crisis(dialogue, knowledge):
        return repeat_advice(dialogue, knowledge)
    if unnamed := dialogue.flags[pages.MOST_NAMED :]:
        return ask_again(replace(dialogue, flags=unnamed), knowledge)
    # The recent signs go with the flag: read together with the next text they would raise it again (S-5).
    cleared = replace(_without_wish(dialogue, (), None), flags=(), recent=(), stage=Stage.IDLE)
    return Next(cleared, (pages.what_hurts(),))


def repeat_advice(dialogue: Dialogue, knowledge: Knowledge) -> Next:
    """The advice once more. An open wish ends."""
    ended = _without_wish(dialogue, (), dialogue.flag_at)
    return Next(ended, (advice(ended, ended.flags, knowledge),))


def advice(dialogue: Dialogue, flags: tuple[str, ...], knowledge: Knowledge) -> Reply:
    """The advice for these flags, with a button to withdraw them unless it is a crisis."""
    known = tuple(id_ for id_ in flags if id_ in knowledge.red_flags)
    asked = (id_.removeprefix(QUESTION) for id_ in flags)
    question = next((id_ for id_ in asked if id_ in knowledge.texts[dialogue.language].questions), None)
    crisis = any(knowledge.red_flags[id_].crisis for id_ in known)
    if question and (not known or (flags[0].startswith(QUESTION) and not crisis)):
        return QuestionAdvice(question, known[:MOST_ASKED])
    return Advice(advised(known, knowledge), withdrawable=not in_crisis(dialogue, knowledge))


def action_again(dialogue: Dialogue, knowledge: Knowledge, topic: str = "") -> Reply:
    """The action of the flags, in short, and the sentence on the topic. In a crisis alone: the crisis lines (S-12)."""
    shown = advised(tuple(id_ for id_ in dialogue.flags if id_ in knowledge.red_flags), knowledge)
    if shown and not topic and all(knowledge.red_flags[id_].crisis for id_ in shown):
        return pages.crisis_lines()
    asked = (id_.removeprefix(QUESTION) for id_ in dialogue.flags)
    question = next((id_ for id_ in asked if id_ in knowledge.texts[dialogue.language].questions), "")
    can_withdraw = dialogue.stage is Stage.FLAG and not in_crisis(dialogue, knowledge)
    return ActionAgain(shown, question, topic, can_withdraw)


def advised(flags: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The flags whose advice is given: emergencies first, none that another one silences (S-84), at most two.

    A crisis and an emergency of the body are both among them, so that neither contact is missing (S-4).
    """
    rows = sorted((knowledge.red_flags[id_] for id_ in flags), key=_urgency)
    silenced = {id_ for row in rows for id_ in row.silences}
    left = [row for row in rows if row.id not in silenced] or rows
    if left and left[0].crisis:
        bodily = (row for row in left if not row.crisis and row.urgency is Urgency.EMERGENCY)
        left = [left[0], *bodily, *left[1:]]
    return tuple(dict.fromkeys(row.id for row in left))[:MOST_ADVICES]


def _urgency(flag: RedFlag) -> int:
    """0 for an emergency, 1 for any other red flag."""
    return int(flag.urgency is not Urgency.EMERGENCY)


def _heavier(dialogue: Dialogue, flags: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The remembered flags that are a crisis, more urgent than all of `flags`, or beside a crisis an emergency."""
    known = knowledge.red_flags
    new = [known[id_] for id_ in flags if id_ in known]
    others = [known[id_] for id_ in dialogue.flags if id_ in known and id_ not in flags]
    urgency = 1 if all(flag.crisis for flag in new) else min(map(_urgency, new))
    return tuple(flag.id for flag in others if flag.crisis or _urgency(flag) < urgency)


def _without_wish(dialogue: Dialogue, flags: tuple[str, ...], at: float | None) -> Dialogue:
    """The dialogue with `flags` added, without its wish and its "none" answers.

    Ticks stay, because a stop holds for its hour.
    """
    return replace(
        dialogue,
        stage=Stage.FLAG,
        page="",
        conditions=(),
        point="",
        offered=(),
        answered_none=(),
        doctor_checked=(),
        unticking="",
        doubts=(),
        put_off="",
        unread=(),
        flags=tuple(dict.fromkeys((*flags, *dialogue.flags))),
        flag_at=at,
        flag_checked=False,
    )
