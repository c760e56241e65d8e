"""One turn: a dialogue and an event become the next dialogue and what to say. Pure; the clock is an argument."""

from dataclasses import dataclass, replace

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.screening.steps import UNSURE, current_stop, row_stops
from bot.domain.state.dialogue import (
    OPEN_QUESTIONS,
    RECENT_MESSAGES,
    Dialogue,
    Stage,
    for_whom,
    recent_signs,
    with_revision,
    without_wish,
)
from bot.domain.state.stored import drop_unknown_ids
from bot.domain.turns import buttons, commands, flags, pages
from bot.domain.turns.events import Action, Commanded, Event, Press, Pressed, Said, SentOther
from bot.domain.turns.flow import ask, checked, offer, proceed, view, wish
from bot.domain.turns.lifetimes import mark_answered, with_own_hour, without_leftovers
from bot.domain.turns.replies import Next, Reply, Say
from bot.domain.turns.session_pages import end_if_finished
from bot.domain.understanding.understood import TypedAnswer, Understood


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event.

    `stale`: the button was old, `replies` repeat what is open. `unmatched`: the text said nothing we know.
    `forget`: everything stored about the chat is to be deleted now.
    """

    dialogue: Dialogue
    replies: tuple[Reply, ...]
    stale: bool = False
    unmatched: bool = False
    forget: bool = False


def advance(dialogue: Dialogue, event: Event, knowledge: Knowledge, now: float) -> Turn:
    """The next dialogue and the replies. `dialogue` must already be expired to `now`."""
    before = end_if_finished(mark_answered(drop_unknown_ids(dialogue, knowledge)), now)
    turn = _turn(before, event, knowledge, now)
    return replace(turn, dialogue=without_leftovers(with_own_hour(before, turn.dialogue, knowledge, now)))


def again(dialogue: Dialogue, event: Event, knowledge: Knowledge, now: float) -> Turn:
    """The turn for an event that was handled before, but whose replies may never have left.

    A text must not move the conversation on twice: "yes" would answer the next question too. So it is answered by what
    is on the screen, unless that is nothing, or the text is a warning sign. Old buttons know this by their revision.
    """
    if isinstance(event, Said) and not any(flag.urgency is not Urgency.SEE_GP for flag in event.understood.red_flags):
        shown = view(drop_unknown_ids(dialogue, knowledge), knowledge, now)
        if shown:
            return Turn(dialogue, shown)
    return replace(advance(dialogue, event, knowledge, now), stale=False)


def _turn(dialogue: Dialogue, event: Event, knowledge: Knowledge, now: float) -> Turn:
    match event:
        case Pressed():
            if not buttons.is_current(dialogue, event):
                return Turn(dialogue, view(dialogue, knowledge, now), stale=True)
            after = buttons.press(dialogue, event.press, knowledge, now)
            forget = buttons.forgets(dialogue, event.press)
            return Turn(with_revision(dialogue, after.dialogue), after.replies, forget=forget)
        case Said(understood):
            return _said(dialogue, understood, knowledge, now)
        case Commanded():
            return _commanded(dialogue, event, knowledge, now)
        case SentOther():
            said = flags.unless_crisis(dialogue, knowledge, pages.not_text())
            return Turn(dialogue, commands.beside(dialogue, said, knowledge, now).replies)


def _said(before: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _remembering(before, text, knowledge, now)
    after = _flagged(dialogue, text, knowledge, now) or _understood(dialogue, text, knowledge, now)
    if after is not None:
        return Turn(with_revision(before, replace(after.dialogue, misses=0)), after.replies)
    missed = replace(dialogue, misses=dialogue.misses + 1)
    said = pages.no_match(second=missed.misses > 1) if text.readable else pages.not_text()
    lost = flags.unless_crisis(missed, knowledge, said)
    return Turn(with_revision(before, missed), (lost,), unmatched=text.readable)


def _commanded(before: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _remembering(before, event.understood, knowledge, now)
    flagged = _flagged(dialogue, event.understood, knowledge, now)
    after = flagged or _refused(dialogue, event.understood) or commands.command(dialogue, event, knowledge, now)
    return Turn(with_revision(before, after.dialogue), after.replies)


def _refused(dialogue: Dialogue, text: Understood) -> Next | None:
    """A wish that gets a kind no, on every route (S-27)."""
    return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.refusal(text.refusal),)) if text.refusal else None


def _flagged(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next | None:
    stopping = tuple(flag for flag in text.red_flags if flag.urgency is not Urgency.SEE_GP)
    return flags.raised(dialogue, tuple(flag.id for flag in stopping), knowledge, now) if stopping else None


def _remembering(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Dialogue:
    """The dialogue with what the text states in passing: ticks (S-32), contraindications, what a doctor should see."""
    rows = [row.id for row in knowledge.checklist.rows if row.id in text.ticked]
    recent = recent_signs(dialogue, now)
    if text.signs:
        recent += ((now, tuple(sorted(text.signs))),)
    see_gp = [flag.id for flag in text.red_flags if flag.urgency is Urgency.SEE_GP]
    return replace(
        dialogue,
        ticks=_merged(dialogue.ticks, rows),
        stated=_merged(dialogue.stated, sorted(text.contraindications & knowledge.contraindications.keys())),
        see_gp=_merged(dialogue.see_gp, see_gp),
        recent=recent[-RECENT_MESSAGES:],
    )


def _understood(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """The first meaning that fits: a refusal, an answer to the open question, a complaint, a point, a place to ask."""
    refused = _refused(dialogue, text)
    if refused is not None:
        return refused
    if text.vague and dialogue.stage is Stage.SESSION:
        return buttons.press(dialogue, Press(Action.HURTS), knowledge, now)
    if text.answer is not None and not dialogue.page:
        meant = _answer(dialogue, text.answer, knowledge, now)
        if meant is not None:
            return meant
    wished = _wished(dialogue, text, knowledge, now)
    if wished is not None:
        return wished
    if dialogue.stage in OPEN_QUESTIONS and not dialogue.page:
        return _unclear(dialogue, text, knowledge, now)
    if text.ticked or text.contraindications:
        return _told(dialogue, knowledge, now)
    if text.answer is not None and dialogue.page and dialogue.stage in OPEN_QUESTIONS:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if text.red_flags:
        return Next(dialogue, (pages.see_gp(flag.id for flag in text.red_flags),))
    if text.vague and not flags.in_crisis(dialogue, knowledge):
        return ask(for_whom(dialogue, text.about), Stage.WHERE, knowledge, now)
    return None


def _wished(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """What the text wants to know about: complaints, with a point named beside them or without, or a point alone."""
    asked = for_whom(dialogue, text.about)
    if text.accepted:
        conditions = tuple(heard.id for heard in text.accepted)
        point = next(iter(text.points), "")
        return wish(dialogue, conditions, point, text.about, knowledge, now, matched=text.accepted)
    if text.point_choice:
        return offer(asked, Stage.WHICH_POINT, text.point_choice, knowledge, now)
    if text.points:
        return buttons.press(asked, Press(Action.POINT, text.points[0]), knowledge, now)
    if text.offered:
        return offer(asked, Stage.CLOSEST, tuple(heard.id for heard in text.offered), knowledge, now)
    if text.point_unknown:
        unknown = pages.unknown_point(text.point_unknown, text.points_close, knowledge)
        return Next(for_whom(without_wish(dialogue), text.about), (unknown,))
    return None


def _told(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next | None:
    """A text that only states a precaution (S-32): it counts at once, for what is open and for what comes."""
    if dialogue.conditions or dialogue.point:
        return proceed(dialogue, knowledge, now)
    if dialogue.flags:
        return None if flags.in_crisis(dialogue, knowledge) else Next(dialogue, view(dialogue, knowledge, now))
    stopped = current_stop(dialogue, knowledge) is not None
    return ask(dialogue, Stage.STOPPED if stopped else Stage.WHERE, knowledge, now)


def _answer(dialogue: Dialogue, answer: TypedAnswer, knowledge: Knowledge, now: float) -> Next | None:
    """A typed yes, no or not sure to the open question. Only a clear answer ever goes on (S-24)."""
    yes, no = answer is TypedAnswer.YES, answer is TypedAnswer.NO
    match dialogue.stage:
        case Stage.QUESTION:
            return buttons.question(dialogue, knowledge, now, none=no)
        case Stage.DOCTOR:
            return buttons.doctor(dialogue, knowledge, now, seen=yes)
        case Stage.CHECKLIST:
            return buttons.done(dialogue if no else _unsure(dialogue), knowledge, now)
        case Stage.UNTICK:
            return buttons.untick(dialogue, knowledge, now, wrong=yes)
        case Stage.FLAG_SURE:
            return flags.sure(dialogue, knowledge, absent=no)
        case Stage.FLAG_CHECK:
            return checked(dialogue, knowledge, now, seen=yes)
        case Stage.FLAG if no and not flags.in_crisis(dialogue, knowledge):
            return flags.ask_again(dialogue, knowledge)
        case Stage.CLOSEST if no:
            return buttons.press(dialogue, Press(Action.NONE_OF_THESE), knowledge, now)
        case Stage.FORGET if no:
            return buttons.press(dialogue, Press(Action.FORGET_NO), knowledge, now)
        case _:
            return None


def _unclear(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text that answers nothing, while a question is open: it counts as yes, or the question stays (S-24)."""
    stated = bool(text.ticked or text.contraindications)
    newly_stops = any(row_stops(row, dialogue, knowledge) for row in text.ticked)
    match dialogue.stage:
        case Stage.QUESTION | Stage.DOCTOR if stated:
            return proceed(dialogue, knowledge, now)
        case Stage.QUESTION:
            return buttons.question(dialogue, knowledge, now, none=False)
        case Stage.FLAG_SURE:
            return flags.sure(dialogue, knowledge, absent=False)
        case Stage.FLAG_CHECK:
            return checked(dialogue, knowledge, now, seen=False)
        case Stage.CHECKLIST if newly_stops:
            return buttons.done(dialogue, knowledge, now)
        case Stage.CHECKLIST:
            return proceed(dialogue, knowledge, now, repeated=not stated)
        case Stage.REMIND_ZONE:
            return Next(dialogue, (Say("remind.unknown_zone"), *view(dialogue, knowledge, now)))
        case _:
            return Next(dialogue, view(dialogue, knowledge, now))


def _unsure(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, ticks=_merged(dialogue.ticks, [UNSURE]))


def _merged(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
