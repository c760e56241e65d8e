"""One turn: from a dialogue and an event to the next dialogue and the replies. Pure; the time is an argument."""

from dataclasses import dataclass, replace

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.screening.steps import current_stop
from bot.domain.state.dialogue import (
    IN_SESSION,
    OPEN_QUESTIONS,
    RECENT_MESSAGES,
    Dialogue,
    Stage,
    about_person,
    recent_signs,
    with_revision,
    without_wish,
)
from bot.domain.state.stored import drop_unknown_ids
from bot.domain.turns import buttons, commands, doubts, flags, pages, session_buttons, typed_answers
from bot.domain.turns.events import Action, Commanded, Event, Pressed, Said, SentOther
from bot.domain.turns.flow import ask, offer, proceed, start_wish, view
from bot.domain.turns.lifetimes import reset_unanswered, with_hour_of_stop, without_abandoned
from bot.domain.turns.replies import Next, Reply
from bot.domain.turns.session_pages import end_if_finished
from bot.domain.understanding.understood import HalfHeard, TypedAnswer, Understood


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event.

    `stale`: the button was out of date, and `replies` repeat what is open. `unmatched`: nothing in a readable text
    was understood. `forget`: everything stored about the chat must be deleted now.
    """

    dialogue: Dialogue
    replies: tuple[Reply, ...]
    stale: bool = False
    unmatched: bool = False
    forget: bool = False


def advance(dialogue: Dialogue, event: Event, knowledge: Knowledge, now: float) -> Turn:
    """The next dialogue and the replies. `dialogue` must have been through `expire` for `now`."""
    before = end_if_finished(reset_unanswered(drop_unknown_ids(dialogue, knowledge)), now)
    turn = _turn(before, event, knowledge, now)
    return replace(turn, dialogue=without_abandoned(with_hour_of_stop(before, turn.dialogue, knowledge, now)))


def advance_again(dialogue: Dialogue, event: Event, knowledge: Knowledge, now: float) -> Turn:
    """The turn for an event that was handled before, but whose replies may not have been sent.

    A text must not advance the conversation twice: "yes" would answer the next question too. So the reply is what is
    on the screen, unless nothing is or the text holds a red flag. Buttons carry a revision that prevents this.
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
            if event.press.action is Action.DOUBT_NO:
                return _without_doubt(dialogue, knowledge, now)
            after = buttons.press(dialogue, event.press, knowledge, now)
            forget = buttons.deletes_everything(dialogue, event.press)
            return Turn(with_revision(dialogue, after.dialogue), after.replies, forget=forget)
        case Said(understood):
            return _on_text(dialogue, understood, knowledge, now)
        case Commanded():
            return _on_command(dialogue, event, knowledge, now)
        case SentOther():
            reply = flags.unless_crisis(dialogue, knowledge, pages.not_text())
            return Turn(dialogue, commands.beside(dialogue, reply, knowledge, now).replies)


def _on_text(before: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _with_stated_facts(before, understood, knowledge, now)
    flagged = _red_flags(dialogue, understood, knowledge, now)
    if flagged is not None:
        return Turn(with_revision(before, replace(flagged.dialogue, misses=0)), flagged.replies)
    if dialogue.stage is Stage.HALF_HEARD and understood.answer is TypedAnswer.NO and not dialogue.page:
        return _without_doubt(dialogue, knowledge, now)
    return _answered(before, dialogue, understood, knowledge, now)


def _without_doubt(before: Dialogue, knowledge: Knowledge, now: float) -> Turn:
    """ "No" to a half-heard sign: the text gets the answer it would have had (S-80). A session stays paused."""
    dialogue, understood = doubts.resumed(before, knowledge)
    if understood is None:
        after = _without_wish_or_on(dialogue, knowledge, now)
    elif dialogue.stage in IN_SESSION and not understood.half_heard:
        after = Next(dialogue, view(dialogue, knowledge, now) or (pages.what_hurts(),))
    else:
        return _answered(before, dialogue, understood, knowledge, now)
    return Turn(with_revision(before, after.dialogue), after.replies)


def _without_wish_or_on(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    if dialogue.conditions or dialogue.point or dialogue.doubts:
        return proceed(dialogue, knowledge, now)
    return Next(dialogue, (pages.what_hurts(),))


def _answered(before: Dialogue, dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Turn:
    """The answer to a text without a red flag that stops. `dialogue` has its facts already."""
    after = _doubt(dialogue, understood, knowledge, now) or _first_meaning(dialogue, understood, knowledge, now)
    if after is not None:
        return Turn(with_revision(before, replace(after.dialogue, misses=0)), after.replies)
    missed = replace(dialogue, misses=dialogue.misses + 1)
    reply = pages.no_match(second=missed.misses > 1) if understood.readable else pages.not_text()
    reply = flags.unless_crisis(missed, knowledge, reply)
    return Turn(with_revision(before, missed), (reply,), unmatched=understood.readable)


def _doubt(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """Ask about what is half heard in a text: with the red-flag question of its complaint, or else by itself (S-80)."""
    rows = doubts.stopping(understood, knowledge)
    if not rows or dialogue.stage is Stage.HALF_HEARD:
        return None
    if understood.accepted and not understood.refusal:
        doubting = replace(dialogue, doubts=tuple(dict.fromkeys((*dialogue.doubts, *(row.id for row in rows)))))
        wish = _wish(doubting, understood, knowledge, now, rows)
        if wish is not None and wish.dialogue.stage is Stage.QUESTION:
            return wish
    return doubts.ask(dialogue, understood, rows, knowledge, now)


def _on_command(before: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _with_stated_facts(before, event.understood, knowledge, now)
    flagged = _red_flags(dialogue, event.understood, knowledge, now)
    if flagged is None and commands.speaks(event):
        flagged = _doubt(dialogue, event.understood, knowledge, now)
    after = flagged or _refusal(dialogue, event.understood) or commands.command(dialogue, event, knowledge, now)
    return Turn(with_revision(before, after.dialogue), after.replies)


def _refusal(dialogue: Dialogue, understood: Understood) -> Next | None:
    """The refusal of a request that never gets points, whatever is open (S-27); None for any other text."""
    if not understood.refusal:
        return None
    return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.refusal(understood.refusal),))


def _red_flags(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    stopping = tuple(flag for flag in understood.red_flags if flag.urgency is not Urgency.SEE_GP)
    return flags.raise_flags(dialogue, tuple(flag.id for flag in stopping), knowledge, now) if stopping else None


def _with_stated_facts(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Dialogue:
    """The dialogue with the facts in a text: ticks (S-32), contraindications, signs, what a doctor should see."""
    rows = [row.id for row in knowledge.checklist.rows if row.id in understood.ticked]
    recent = recent_signs(dialogue, now)
    if understood.signs:
        recent += ((now, tuple(sorted(understood.signs))),)
    see_gp = [flag.id for flag in understood.red_flags if flag.urgency is Urgency.SEE_GP]
    return replace(
        dialogue,
        ticks=_union(dialogue.ticks, rows),
        stated=_union(dialogue.stated, sorted(understood.contraindications & knowledge.contraindications.keys())),
        see_gp=_union(dialogue.see_gp, see_gp),
        recent=recent[-RECENT_MESSAGES:],
    )


def _first_meaning(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """Act on the first meaning that fits: a refusal, an answer, a wish, a precaution, a vague pain; else None."""
    if dialogue.stage is Stage.HALF_HEARD:
        return _on_half_heard(dialogue, understood, knowledge, now)
    refusal = _refusal(dialogue, understood)
    if refusal is not None:
        return refusal
    if understood.vague and dialogue.stage is Stage.SESSION:
        return session_buttons.hurts(dialogue, knowledge, now)
    if understood.answer is not None and not dialogue.page:
        answered = typed_answers.answer(dialogue, understood.answer, knowledge, now)
        if answered is not None:
            return answered
    wish = _wish(dialogue, understood, knowledge, now)
    if wish is not None:
        return wish
    if dialogue.stage in OPEN_QUESTIONS and not dialogue.page:
        return typed_answers.unclear(dialogue, understood, knowledge, now)
    if understood.ticked or understood.contraindications:
        return _on_precaution(dialogue, knowledge, now)
    if understood.answer is not None and dialogue.page and dialogue.stage in OPEN_QUESTIONS:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if understood.red_flags:
        return Next(dialogue, (pages.see_gp(flag.id for flag in understood.red_flags),))
    if understood.vague and not flags.in_crisis(dialogue, knowledge):
        return ask(about_person(dialogue, understood.about), Stage.WHERE, knowledge, now)
    return None


def _on_half_heard(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text while half-heard signs are asked about, other than a clear "no". Nothing in it wins over them (S-83)."""
    if understood.answer is not None and dialogue.page:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if understood.answer is not None:
        return doubts.raise_all(dialogue, knowledge, now)
    return doubts.ask_again(dialogue, doubts.stopping(understood, knowledge), knowledge, now)


def _wish(
    dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float, rows: tuple[HalfHeard, ...] = ()
) -> Next | None:
    """Act on complaints, with or without a point named beside them, or on a point alone. None for any other text."""
    asked = about_person(dialogue, understood.about)
    if understood.accepted:
        conditions = tuple(condition.id for condition in understood.accepted)
        point = next(iter(understood.points), "")
        quoted = tuple(condition for condition in understood.accepted if condition.because)
        return start_wish(dialogue, conditions, point, understood.about, knowledge, now, quoted, rows)
    if understood.point_choice:
        return offer(asked, Stage.WHICH_POINT, understood.point_choice, knowledge, now)
    if understood.points:
        return buttons.open_point(asked, understood.points[0], knowledge, now)
    if understood.offered:
        return offer(asked, Stage.CLOSEST, tuple(condition.id for condition in understood.offered), knowledge, now)
    if understood.point_unknown:
        unknown = pages.unknown_point(understood.point_unknown, understood.points_close, knowledge)
        return Next(about_person(without_wish(dialogue), understood.about), (unknown,))
    return None


def _on_precaution(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next | None:
    """A text that only states a precaution (S-32): it applies at once to the open wish, and to later ones."""
    if dialogue.conditions or dialogue.point:
        return proceed(dialogue, knowledge, now)
    if dialogue.flags:
        return None if flags.in_crisis(dialogue, knowledge) else Next(dialogue, view(dialogue, knowledge, now))
    stopped = current_stop(dialogue, knowledge) is not None
    return ask(dialogue, Stage.STOPPED if stopped else Stage.WHERE, knowledge, now)


def _union(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
