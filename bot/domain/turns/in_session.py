"""What is said while a session goes on (S-86): it is served, or the clock stops and the bot asks what is wrong."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import is_crisis
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.session import advanced_to, paused
from bot.domain.turns import open_questions, pages, session_buttons
from bot.domain.turns.flow import view
from bot.domain.turns.replies import GeneralCard, Next, Reply
from bot.domain.turns.session_pages import GOING_ON
from bot.domain.understanding.understood import BY_PATTERN, TypedAnswer, Understood


def goes_on(dialogue: Dialogue) -> bool:
    """Whether a session has begun and is not over; its clock may stand still."""
    return dialogue.stage in GOING_ON and dialogue.session is not None


def means_the_pressing(dialogue: Dialogue, understood: Understood, knowledge: Knowledge) -> bool:
    """Whether a few words in a session ("it burns", "dizzy") tell how the pressing feels.

    Not where a pattern of a sign is met, or where they may mean a crisis (S-83).
    """
    if not goes_on(dialogue) or not understood.brief:
        return False
    rows = understood.half_heard
    return not is_crisis([row.id for row in rows[:1]], knowledge) and all(row.doubt < BY_PATTERN for row in rows)


def on_text(dialogue: Dialogue, understood: Understood, wish: Next | None, knowledge: Knowledge, now: float) -> Next:
    """The answer to a text without a warning sign or a stated fact. `wish` is where its complaints would lead.

    A complaint with a question of its own is asked about. One that would lead straight back to points is no wish: who
    says in a session that the neck hurts may mean the pressing.
    """
    if understood.vague:
        return session_buttons.hurts(dialogue, knowledge, now)
    if wish is not None and understood.accepted and wish.dialogue.stage is not Stage.RECOMMENDED:
        return wish
    if understood.small_talk is not None or understood.answer is not None:
        return _on_answer(dialogue, understood, knowledge, now)
    if understood.points:
        return beside(dialogue, (GeneralCard(understood.points[0]),), knowledge, now)
    see_gp = tuple(flag.id for flag in understood.red_flags)
    if dialogue.stage is Stage.WRONG:
        return open_questions.unread_text(dialogue, knowledge, now)
    return stop_and_ask(dialogue, knowledge, now, (pages.see_gp(see_gp),) if see_gp else ())


def stop_and_ask(dialogue: Dialogue, knowledge: Knowledge, now: float, above: tuple[Reply, ...] = ()) -> Next:
    """Stop the clock and ask whether something is wrong. `above` are replies that come first."""
    asked = replace(with_clock_stopped(dialogue, now), stage=Stage.WRONG, page="")
    return Next(asked, (*above, *view(asked, knowledge, now)))


def beside(dialogue: Dialogue, served: tuple[Reply, ...], knowledge: Knowledge, now: float) -> Next:
    """Serve something with the clock stopped; below it stands the paused step, or the question again."""
    still = replace(with_clock_stopped(dialogue, now), page="")
    return Next(still, (*served, *view(still, knowledge, now)))


def with_clock_stopped(dialogue: Dialogue, now: float) -> Dialogue:
    """The dialogue with its session paused at `now`; one that is paused already stays as it is."""
    if dialogue.session is None or dialogue.session.paused:
        return dialogue
    return replace(dialogue, session=paused(advanced_to(dialogue.session, now), now))


def _on_answer(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next:
    """ "Yes" and small talk leave the clock as it is; "no" and "not sure" to no question do not."""
    if dialogue.stage is Stage.WRONG and dialogue.page and understood.answer:
        return beside(dialogue, (), knowledge, now)  # an answer counts only for what is on the screen
    if dialogue.stage is Stage.WRONG:
        answered = understood.answer and open_questions.answer(dialogue, understood.answer, knowledge, now)
        talk = understood.small_talk and open_questions.small_talk(dialogue, understood.small_talk, knowledge, now)
        return answered or talk or open_questions.unread_text(dialogue, knowledge, now)
    if understood.answer is not None and understood.answer is not TypedAnswer.YES:
        return stop_and_ask(dialogue, knowledge, now)
    shown = replace(dialogue, page="")
    talk_above = (pages.small_talk(understood.small_talk),) if understood.small_talk else ()
    return Next(shown, (*talk_above, *view(shown, knowledge, now)))
