"""What a text means where the conversation stands: an answer, a wish, a precaution, or nothing."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import current_stop
from bot.domain.state.dialogue import COUNTED, OPEN_QUESTIONS, Dialogue, Stage, about_person, without_wish
from bot.domain.turns import buttons, doubts, flags, in_session, open_questions, pages, under_warning
from bot.domain.turns.flow import ask, offer, proceed, start_wish, view
from bot.domain.turns.replies import Next
from bot.domain.understanding.understood import HalfHeard, Understood


def first_meaning(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """Act on the first meaning that fits: a refusal, an answer, a wish, a precaution, a vague pain; else None.

    While a warning stands, its action comes before them all (S-85).
    """
    standing = under_warning.on_text(dialogue, understood, knowledge, now)
    if standing is not None:
        return standing
    if dialogue.stage is Stage.HALF_HEARD:
        return _on_half_heard(dialogue, understood, knowledge, now)
    refused = refusal(dialogue, understood)
    if refused is not None:
        return refused
    stated = understood.ticked or understood.contraindications
    if in_session.goes_on(dialogue) and (understood.vague or not stated):
        wished = wish(dialogue, understood, knowledge, now)
        return in_session.on_text(dialogue, understood, wished, knowledge, now)
    if understood.small_talk is not None:
        return open_questions.small_talk(dialogue, understood.small_talk, knowledge, now)
    if understood.answer is not None and not dialogue.page:
        answered = open_questions.answer(dialogue, understood.answer, knowledge, now)
        if answered is not None:
            return answered
    wished = wish(dialogue, understood, knowledge, now)
    if wished is not None:
        return wished
    if dialogue.stage in OPEN_QUESTIONS - {Stage.WRONG} and not dialogue.page:
        return open_questions.unclear(dialogue, understood, knowledge, now)
    if stated:
        return _on_precaution(dialogue, knowledge, now)
    if understood.answer is not None and dialogue.page and dialogue.stage in OPEN_QUESTIONS:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if understood.red_flags:
        return Next(dialogue, (pages.see_gp(flag.id for flag in understood.red_flags),))
    if understood.vague and not flags.in_crisis(dialogue, knowledge):
        return ask(about_person(dialogue, understood.about), Stage.WHERE, knowledge, now)
    if dialogue.stage in COUNTED:
        return open_questions.unread_text(dialogue, knowledge, now)
    return None


def _on_half_heard(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text while half-heard signs are asked about, other than a clear "no". Nothing in it wins over them (S-83)."""
    if understood.answer is not None and dialogue.page:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    if understood.answer is not None:
        return doubts.raise_all(dialogue, knowledge, now)
    crisis = doubts.ask_crisis_first(dialogue, doubts.stopping(understood, knowledge), knowledge, now)
    if crisis is not None:
        return crisis
    talk = understood.small_talk
    served = open_questions.small_talk(dialogue, talk, knowledge, now) if talk else None
    return served or open_questions.unread_text(dialogue, knowledge, now)


def wish(
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


def refusal(dialogue: Dialogue, understood: Understood) -> Next | None:
    """The refusal of a request that never gets points, whatever is open (S-27); None for any other text."""
    if not understood.refusal:
        return None
    return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.refusal(understood.refusal),))
