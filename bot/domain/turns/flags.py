"""What a red flag does to a dialogue: it ends what was running, is remembered for a day, and can be taken back."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns import pages
from bot.domain.turns.replies import Advice, Next, QuestionAdvice, Reply, Say

QUESTION = "question:"  # "Yes, or not sure" to a red-flag question is remembered like a flag, under its question's id
_MOST_ADVICES = 2  # S-4


def raised(dialogue: Dialogue, flags: tuple[str, ...], knowledge: Knowledge, now: float) -> Next:
    """A red flag was heard: advice, no points, the running flow ends (S-2). `flags`: most urgent first."""
    ended = _ended(dialogue, flags, now)
    return Next(ended, (advice(ended, flags, knowledge),))


def in_crisis(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether one of the remembered flags is a crisis (S-12, S-15)."""
    return any(id_ in knowledge.red_flags and knowledge.red_flags[id_].crisis for id_ in dialogue.flags)


def unless_crisis(dialogue: Dialogue, knowledge: Knowledge, said: Say) -> Say:
    """What to say when nothing was understood: for a day after a crisis its lines, never "What hurts?" (S-12)."""
    return pages.crisis_lines() if in_crisis(dialogue, knowledge) else said


def ask_again(dialogue: Dialogue, knowledge: Knowledge) -> Next:
    """ "I don't have these" asks once more, naming the sign. In a crisis there is no taking back."""
    if in_crisis(dialogue, knowledge) or not dialogue.flags:
        return repeat(dialogue, knowledge)
    asked = replace(dialogue, stage=Stage.FLAG_SURE, page="")
    return Next(asked, (pages.question(asked, knowledge),))


def sure(dialogue: Dialogue, knowledge: Knowledge, *, absent: bool) -> Next:
    """A clear no takes back the flags that were named and starts over; anything else leaves them, with the advice."""
    if not absent or in_crisis(dialogue, knowledge):
        return repeat(dialogue, knowledge)
    if unnamed := dialogue.flags[pages.MOST_NAMED :]:
        return ask_again(replace(dialogue, flags=unnamed), knowledge)
    # What was heard is taken back with the flag: read together with the next text it would raise it again (S-5).
    cleared = replace(_ended(dialogue, (), None), flags=(), recent=(), stage=Stage.IDLE)
    return Next(cleared, (pages.what_hurts(),))


def repeat(dialogue: Dialogue, knowledge: Knowledge) -> Next:
    """The advice again; the wish that met it is over."""
    ended = _ended(dialogue, (), dialogue.flag_at)
    return Next(ended, (advice(ended, ended.flags, knowledge),))


def advice(dialogue: Dialogue, flags: tuple[str, ...], knowledge: Knowledge) -> Reply:
    """The advice for these flags; only outside a crisis can it be taken back."""
    known = tuple(id_ for id_ in flags if id_ in knowledge.red_flags)
    asked = (id_.removeprefix(QUESTION) for id_ in flags)
    question = next((id_ for id_ in asked if id_ in knowledge.texts[dialogue.language].questions), None)
    if question and not known:
        return QuestionAdvice(question)
    return Advice(advised(known, knowledge), withdrawable=not in_crisis(dialogue, knowledge))


def advised(flags: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The flags whose advice is given: none that another one silences (S-84), at most two.

    A crisis and an emergency of the body are both among them, so that neither contact is missing (S-4).
    """
    rows = [knowledge.red_flags[id_] for id_ in flags]
    silenced = {id_ for row in rows for id_ in row.silences}
    left = [row for row in rows if row.id not in silenced] or rows
    if left[0].crisis:
        bodily = (row for row in left if not row.crisis and row.urgency is Urgency.EMERGENCY)
        left = [left[0], *bodily, *left[1:]]
    return tuple(dict.fromkeys(row.id for row in left))[:_MOST_ADVICES]


def _ended(dialogue: Dialogue, flags: tuple[str, ...], at: float | None) -> Dialogue:
    """The dialogue without its wish and its "none" answers. Ticks stay: a stop holds for its hour."""
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
        flags=tuple(dict.fromkeys((*flags, *dialogue.flags))),
        flag_at=at,
        flag_checked=False,
    )
