"""One turn: from a dialogue and an event to the next dialogue and the replies. Pure; the time is an argument."""

from dataclasses import dataclass, replace

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.state.dialogue import (
    COUNTED,
    RECENT_MESSAGES,
    Dialogue,
    Stage,
    recent_signs,
    warning_stands,
    with_revision,
)
from bot.domain.state.stored import drop_unknown_ids
from bot.domain.turns import buttons, commands, doubts, flags, in_session, meanings, pages, under_warning
from bot.domain.turns.events import Action, Commanded, Event, Pressed, Said, SentOther
from bot.domain.turns.flow import proceed, view
from bot.domain.turns.lifetimes import reset_unanswered, with_hour_of_stop, without_abandoned
from bot.domain.turns.replies import Next, Reply
from bot.domain.turns.session_pages import end_if_finished
from bot.domain.understanding.understood import TypedAnswer, Understood


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
            standing = under_warning.on_press(dialogue, event.press, knowledge, now)
            after = standing or buttons.press(dialogue, event.press, knowledge, now)
            forget = buttons.deletes_everything(dialogue, event.press)
            return Turn(with_revision(dialogue, after.dialogue), after.replies, forget=forget)
        case Said(understood):
            return _on_text(dialogue, understood, knowledge, now)
        case Commanded():
            return _on_command(dialogue, event, knowledge, now)
        case SentOther() if warning_stands(dialogue, now):
            after = under_warning.repeat(dialogue, knowledge, now)
            return Turn(with_revision(dialogue, after.dialogue), after.replies)
        case SentOther() if in_session.goes_on(dialogue):
            after = in_session.stop_and_ask(dialogue, knowledge, now, (pages.not_text(),))
            return Turn(with_revision(dialogue, after.dialogue), after.replies)
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
    elif dialogue.stage is Stage.BEFORE and not understood.half_heard:
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
    after = _doubt(dialogue, understood, knowledge, now) or meanings.first_meaning(dialogue, understood, knowledge, now)
    if after is not None:
        despairs = understood.despairing and dialogue.stage is not Stage.HALF_HEARD
        contact = (pages.despair(),) if despairs and not warning_stands(dialogue, now) else ()
        asks = after.dialogue.stage in {Stage.HALF_HEARD, Stage.FLAG}
        replies = after.replies if asks else (*contact, *after.replies)
        return Turn(with_revision(before, replace(after.dialogue, misses=0)), replies)
    missed = replace(dialogue, misses=dialogue.misses + 1)
    listens = understood.readable or understood.despairing
    match = pages.no_match(second=missed.misses > 1, despairing=understood.despairing)
    reply = match if listens else pages.not_text()
    reply = flags.unless_crisis(missed, knowledge, reply)
    return Turn(with_revision(before, missed), (reply,), unmatched=understood.readable)


def _doubt(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """Ask about what is half heard in a text: with the red-flag question of its complaint, or else by itself (S-80)."""
    heard = doubts.stopping(understood, knowledge)
    sure = under_warning.sure(dialogue, heard, knowledge, now)
    if sure:
        return flags.raise_flags(dialogue, sure, knowledge, now)
    rows = under_warning.news(dialogue, understood, heard, knowledge, now)
    if not rows or dialogue.stage is Stage.HALF_HEARD or in_session.means_the_pressing(dialogue, understood, knowledge):
        return None
    if understood.accepted and not understood.refusal:
        doubting = replace(dialogue, doubts=tuple(dict.fromkeys((*dialogue.doubts, *(row.id for row in rows)))))
        wish = meanings.wish(doubting, understood, knowledge, now, rows)
        if wish is not None and wish.dialogue.stage is Stage.QUESTION:
            return wish
    asked = doubts.ask(dialogue, understood, rows, knowledge, now)
    return under_warning.led(dialogue, asked, knowledge, now)


def _on_command(before: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Turn:
    dialogue = _with_stated_facts(before, event.understood, knowledge, now)
    flagged = _red_flags(dialogue, event.understood, knowledge, now)
    if flagged is None and commands.speaks(event):
        flagged = _doubt(dialogue, event.understood, knowledge, now)
    after = (
        flagged
        or under_warning.on_command(dialogue, event, knowledge, now)
        or meanings.refusal(dialogue, event.understood)
        or _command(dialogue, event, knowledge, now)
    )
    if dialogue.stage in COUNTED and after.dialogue.stage is dialogue.stage and after.dialogue.page:
        below = replace(after.dialogue, page="")  # the question stands again below what was served (S-24)
        after = Next(below, (*after.replies, *view(below, knowledge, now)))
    return Turn(with_revision(before, after.dialogue), after.replies)


def _command(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """Do what a command does. In a session the clock waits; an unknown command stops it like any other text (S-86)."""
    if not in_session.goes_on(dialogue):
        return commands.command(dialogue, event, knowledge, now)
    if not commands.is_known(event):
        return in_session.stop_and_ask(dialogue, knowledge, now)
    still = in_session.with_clock_stopped(dialogue, now)
    after = commands.command(still, event, knowledge, now)
    if after.dialogue.stage is not Stage.SESSION:
        return after
    return in_session.beside(after.dialogue, after.replies, knowledge, now)


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
    see_gp += doubts.likely_visits(understood, knowledge)
    return replace(
        dialogue,
        ticks=_union(dialogue.ticks, rows),
        stated=_union(dialogue.stated, sorted(understood.contraindications & knowledge.contraindications.keys())),
        see_gp=_union(dialogue.see_gp, see_gp),
        recent=recent[-RECENT_MESSAGES:],
    )


def _union(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
