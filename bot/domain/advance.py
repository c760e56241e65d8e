"""One turn: a dialogue and an event become the next dialogue and what to say. Pure; the clock is an argument."""

from dataclasses import dataclass, replace

from bot.domain import commands, flags, pages, presses
from bot.domain.dialogue import RECENT_MESSAGES, RECENT_SECONDS, Dialogue, Stage, flag_is_live, with_revision
from bot.domain.events import Commanded, Event, Pressed, Said, SentOther
from bot.domain.flow import ask, checked, offer, proceed, view, wish
from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.replies import Next, Reply, Say
from bot.domain.screening import UNSURE, row_stops
from bot.domain.understanding import Answer, Understood

OPEN_QUESTIONS = frozenset(
    {
        Stage.QUESTION,
        Stage.DOCTOR,
        Stage.CHECKLIST,
        Stage.UNTICK,
        Stage.FLAG_SURE,
        Stage.FLAG_CHECK,
        Stage.FORGET,
    }
)


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
    match event:
        case Pressed():
            if not presses.is_current(dialogue, event):
                return Turn(dialogue, view(dialogue, knowledge, now), stale=True)
            after = presses.press(dialogue, event.press, knowledge, now)
            forget = presses.forgets(dialogue, event.press)
            return Turn(with_revision(dialogue, after.dialogue), after.replies, forget=forget)
        case Said(understood):
            return _said(dialogue, understood, knowledge, now)
        case Commanded():
            return _commanded(dialogue, event, knowledge, now)
        case SentOther():
            return Turn(dialogue, (pages.not_text(),))


def _said(before: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _remembering(before, text, knowledge, now)
    after = _flagged(dialogue, text, knowledge, now) or _understood(dialogue, text, knowledge, now)
    if after is not None:
        return Turn(with_revision(before, replace(after.dialogue, misses=0)), after.replies)
    missed = replace(dialogue, misses=dialogue.misses + 1)
    return Turn(with_revision(before, missed), (_no_match(missed, text, knowledge, now),), unmatched=text.readable)


def _commanded(before: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _remembering(before, event.understood, knowledge, now)
    after = _flagged(dialogue, event.understood, knowledge, now) or commands.command(dialogue, event, knowledge, now)
    return Turn(with_revision(before, after.dialogue), after.replies)


def _flagged(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next | None:
    stopping = tuple(flag for flag in text.red_flags if flag.urgency is not Urgency.SEE_GP)
    return flags.raised(dialogue, tuple(flag.id for flag in stopping), knowledge, now) if stopping else None


def _remembering(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Dialogue:
    """The dialogue with what the text states in passing: ticks (S-32), contraindications, what a doctor should see."""
    rows = [row.id for row in knowledge.checklist.rows if row.id in text.ticked]
    recent = [(at, signs) for at, signs in dialogue.recent if 0 <= now - at <= RECENT_SECONDS]
    if text.signs:
        recent.append((now, tuple(sorted(text.signs))))
    see_gp = [flag.id for flag in text.red_flags if flag.urgency is Urgency.SEE_GP]
    return replace(
        dialogue,
        ticks=_merged(dialogue.ticks, rows),
        stated=_merged(dialogue.stated, sorted(text.stated & knowledge.contraindications.keys())),
        see_gp=_merged(dialogue.see_gp, see_gp),
        recent=tuple(recent[-RECENT_MESSAGES:]),
    )


def _understood(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """The first meaning that fits: a refusal, an answer to the open question, a point, a complaint, a place to ask."""
    if text.refusal:
        return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.refusal(text.refusal),))
    if text.answer is not None and not dialogue.page:
        answered = _answer(dialogue, text.answer, knowledge, now)
        if answered is not None:
            return answered
    if text.point_choice:
        return offer(dialogue, Stage.WHICH_POINT, text.point_choice, knowledge, now)
    if text.points:
        return wish(dialogue, (), text.points[0], text.about, knowledge, now)
    if text.accepted:
        return _matched(dialogue, text, knowledge, now)
    if text.offered:
        offered = tuple(heard.id for heard in text.offered)
        return offer(replace(dialogue, about=text.about), Stage.CLOSEST, offered, knowledge, now)
    if text.point_unknown:
        return Next(dialogue, (pages.unknown_point(text.point_unknown, text.points_close, knowledge),))
    if dialogue.stage in OPEN_QUESTIONS and not dialogue.page:
        return _unclear(dialogue, text, knowledge, now)
    if text.answer is not None and dialogue.page and dialogue.stage in OPEN_QUESTIONS:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if text.vague:
        return ask(replace(dialogue, about=text.about), Stage.WHERE, knowledge, now)
    return None


def _matched(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next:
    conditions = tuple(heard.id for heard in text.accepted)
    return wish(dialogue, conditions, "", text.about, knowledge, now, matched=text.accepted)


def _answer(dialogue: Dialogue, answer: Answer, knowledge: Knowledge, now: float) -> Next | None:
    """A typed yes, no or not sure to the open question. Only a clear answer ever goes on (S-24)."""
    yes, no = answer is Answer.YES, answer is Answer.NO
    match dialogue.stage:
        case Stage.QUESTION:
            return presses.question(dialogue, knowledge, now, none=no)
        case Stage.DOCTOR:
            return presses.doctor(dialogue, knowledge, now, seen=yes)
        case Stage.CHECKLIST:
            return presses.done(dialogue if no else _unsure(dialogue), knowledge, now)
        case Stage.UNTICK:
            return presses.untick(dialogue, knowledge, now, wrong=yes)
        case Stage.FLAG_SURE:
            return flags.sure(dialogue, knowledge, absent=no)
        case Stage.FLAG_CHECK:
            return checked(dialogue, knowledge, now, seen=yes)
        case _:
            return None


def _unclear(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text that answers nothing, while a question is open: it counts as yes, or the question stays (S-24)."""
    newly_stops = any(row_stops(row, knowledge) for row in text.ticked)
    match dialogue.stage:
        case Stage.QUESTION:
            if text.ticked or text.stated:
                return proceed(dialogue, knowledge, now)
            return presses.question(dialogue, knowledge, now, none=False)
        case Stage.FLAG_SURE:
            return flags.sure(dialogue, knowledge, absent=False)
        case Stage.FLAG_CHECK:
            return checked(dialogue, knowledge, now, seen=False)
        case Stage.CHECKLIST if newly_stops:
            return presses.done(dialogue, knowledge, now)
        case Stage.CHECKLIST:
            return proceed(dialogue, knowledge, now, repeated=not (text.ticked or text.stated))
        case _:
            return Next(dialogue, view(dialogue, knowledge, now))


def _unsure(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, ticks=_merged(dialogue.ticks, [UNSURE]))


def _no_match(dialogue: Dialogue, text: Understood, knowledge: Knowledge, now: float) -> Say:
    if flags.in_crisis(dialogue, knowledge) and flag_is_live(dialogue, now):
        return pages.crisis_lines()
    if not text.readable:
        return pages.not_text()
    return pages.no_match(second=dialogue.misses > 1)


def _merged(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
