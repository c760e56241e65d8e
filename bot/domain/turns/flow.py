"""The way from a wish to points: what is asked next, and what is on the screen."""

from dataclasses import replace

from bot.domain.knowledge import Effect, Knowledge, Tier
from bot.domain.screening.steps import (
    UNSURE,
    Step,
    checklist_holds,
    clearance,
    current_plan,
    current_stop,
    next_step,
    open_question,
    unchecked,
)
from bot.domain.state.dialogue import SETTING_UP, Dialogue, Stage, for_whom, new_round
from bot.domain.turns import flags, pages, recommendation_pages, reminder_pages, session_pages
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import (
    MOST_CAUTIONS,
    AskChecklist,
    AskQuestion,
    Choice,
    DoctorFirst,
    GeneralCard,
    Heed,
    Next,
    Referred,
    Reply,
    Stopped,
    Term,
)
from bot.domain.understanding.understood import HeardCondition

_STAGES = {
    Step.FLAG_CHECK: Stage.FLAG_CHECK,
    Step.REST: Stage.RESTING,
    Step.REFER: Stage.REFERRED,
    Step.STATED_STOP: Stage.STOPPED,
    Step.QUESTION: Stage.QUESTION,
    Step.DOCTOR: Stage.DOCTOR,
    Step.CHECKLIST: Stage.CHECKLIST,
    Step.STOP: Stage.STOPPED,
    Step.NOTHING_LEFT: Stage.STOPPED,
    Step.CLEAR: Stage.RECOMMENDED,
}


def wish(
    dialogue: Dialogue,
    conditions: tuple[str, ...],
    point: str,
    about: str,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
) -> Next:
    """Points are wanted for these complaints, or for one point by name: on to the first thing to ask.

    Where the checklist does not hold, as for another place or somebody else, everything is asked anew.
    """
    known = tuple(condition for condition in conditions if condition in knowledge.conditions)
    if any(point in knowledge.conditions[condition].points_not_offered for condition in known):
        point = ""  # a source names it for this complaint, but it must not be shown for it
    wanted = replace(for_whom(dialogue, about), conditions=known, point=point, offered=(), page="")
    again = bool(wanted.completed_for) and not checklist_holds(wanted, knowledge, now)
    if again and current_stop(wanted, knowledge) is None:
        wanted = new_round(wanted, now, _lasting(wanted.ticks, knowledge))
    return proceed(wanted, knowledge, now, matched=matched)


def ask_anew(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """The whole screening once more for the same wish: its answers are too old for what is to come (S-30)."""
    return proceed(new_round(dialogue, now, _lasting(dialogue.ticks, knowledge)), knowledge, now)


def proceed(
    dialogue: Dialogue,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
    *,
    repeated: bool = False,
) -> Next:
    """The next thing to ask for the dialogue's wish, or the recommendation."""
    step = next_step(dialogue, knowledge, now)
    entered = replace(dialogue, stage=_STAGES[step], page="", asked="")
    if step is Step.QUESTION:
        entered = replace(entered, asked=open_question(entered, knowledge))
    if step is Step.CHECKLIST and dialogue.stage is not Stage.CHECKLIST:
        entered = _open_checklist(entered, knowledge)
    if step is Step.REFER:
        refused = refused_tiers(entered, knowledge)
        entered = replace(entered, referred=tuple(dict.fromkeys((*refused, *entered.referred))))
    replies: tuple[Reply, ...] = (_reply(entered, knowledge, now, matched, repeated=repeated),)
    if step is Step.CLEAR:
        page = f"{Action.CARD}:{entered.point}" if entered.point else ""
        entered = replace(entered, page=page)
        replies = (*_heed(entered, knowledge), *replies)
    return Next(entered, replies)


def checked(dialogue: Dialogue, knowledge: Knowledge, now: float, *, seen: bool) -> Next:
    """Whether a doctor or nurse has checked a red flag: only a clear yes goes on to screening (S-12)."""
    if not seen:
        return flags.repeat(dialogue, knowledge)
    passed = replace(dialogue, flag_checked=True, stage=Stage.IDLE)
    if passed.conditions or passed.point:
        return proceed(passed, knowledge, now)
    return Next(passed, (pages.what_hurts(),))


def refused_tiers(dialogue: Dialogue, knowledge: Knowledge) -> tuple[str, ...]:
    """The complaints among the wish that never get points."""
    return tuple(id_ for id_ in dialogue.conditions if knowledge.conditions[id_].tier is Tier.REFER)


def ask(dialogue: Dialogue, stage: Stage, knowledge: Knowledge, now: float) -> Next:
    """Enter a stage that waits for a choice, and say its question."""
    entered = replace(dialogue, stage=stage, page="")
    return Next(entered, view(entered, knowledge, now))


def offer(dialogue: Dialogue, stage: Stage, ids: tuple[str, ...], knowledge: Knowledge, now: float) -> Next:
    """Ask which of these complaints or points is meant."""
    return ask(replace(dialogue, offered=ids), stage, knowledge, now)


def view(dialogue: Dialogue, knowledge: Knowledge, now: float) -> tuple[Reply, ...]:
    """What is on the screen: the page that lies on top, or the open question. Empty when nothing is open."""
    dialogue = session_pages.end_if_finished(dialogue, now)
    if dialogue.page:
        action, _, arg = dialogue.page.partition(":")
        page = page_reply(dialogue, Press(Action(action), arg), knowledge, now)
        if page is not None:
            return (page,)
    if dialogue.stage is Stage.IDLE:
        return ()
    return (_reply(dialogue, knowledge, now),)


def page_reply(dialogue: Dialogue, press: Press, knowledge: Knowledge, now: float) -> Reply | None:
    """A browse page or a page of the recommendation; None when there is no such page now."""
    if press.action is Action.POINT:
        return GeneralCard(press.arg) if press.arg in knowledge.points else None
    if press.action in recommendation_pages.PAGES:
        key = clearance(dialogue, knowledge, now)
        return recommendation_pages.page(dialogue, press, key, knowledge) if key else None
    return pages.browse(press, knowledge)


def _open_checklist(entered: Dialogue, knowledge: Knowledge) -> Dialogue:
    """The checklist anew: earlier ticks stay ticked. Its version is that of the wording the person will see."""
    return replace(
        entered,
        ticks=tuple(tick for tick in entered.ticks if tick != UNSURE),
        completed_at=None,
        checklist_since=entered.revision + 1,
        checklist_version=knowledge.checklist.version,
    )


def _lasting(ticks: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The ticks that are true in any place: what was ticked for another place is asked anew."""
    local = {row.id for row in knowledge.checklist.rows if row.effect is Effect.LEAVE_OUT_REGION or row.stop_regions}
    return tuple(tick for tick in ticks if tick not in local)


def _heed(dialogue: Dialogue, knowledge: Knowledge) -> tuple[Reply, ...]:
    """The person's own precautions, in a message of their own where the next one has no room for them."""
    cautions = current_plan(dialogue, knowledge).cautions
    see_gp = dialogue.see_gp if dialogue.point else ()
    room = 0 if dialogue.point else MOST_CAUTIONS
    return (Heed(see_gp, cautions),) if see_gp or len(cautions) > room else ()


def _reply(
    dialogue: Dialogue,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
    *,
    repeated: bool = False,
) -> Reply:
    if dialogue.stage in SETTING_UP:
        return reminder_pages.question(dialogue, now)
    if dialogue.stage in session_pages.STAGES:
        return session_pages.view(dialogue, knowledge, now)
    match dialogue.stage:
        case Stage.QUESTION:
            question = open_question(dialogue, knowledge)
            return AskQuestion(question, dialogue.conditions, dialogue.about, matched)
        case Stage.DOCTOR:
            return DoctorFirst(unchecked(dialogue, knowledge), asking=True)
        case Stage.DOCTOR_FIRST:
            return DoctorFirst(unchecked(dialogue, knowledge), asking=False)
        case Stage.CHECKLIST:
            return AskChecklist(dialogue.ticks, dialogue.about, repeated)
        case Stage.STOPPED:
            return _stopped(dialogue, knowledge)
        case Stage.REFERRED:
            return Referred(dialogue.referred)
        case Stage.RECOMMENDED:
            key = clearance(dialogue, knowledge, now)
            page = recommendation_pages.page(dialogue, Press(Action.OVERVIEW), key, knowledge) if key else None
            if key and dialogue.point:
                page = recommendation_pages.page(dialogue, Press(Action.CARD, dialogue.point), key, knowledge)
            return page or pages.where_does_it_hurt(knowledge)
        case Stage.CLOSEST | Stage.WHICH_POINT:
            return _closest(dialogue)
        case Stage.WHERE:
            return pages.where_does_it_hurt(knowledge)
        case Stage.FLAG:
            return flags.advice(dialogue, dialogue.flags, knowledge)
        case _:
            return pages.question(dialogue, knowledge)


def _stopped(dialogue: Dialogue, knowledge: Knowledge) -> Stopped:
    stop = current_stop(dialogue, knowledge)
    if stop is None:
        left_out = current_plan(dialogue, knowledge).left_out
        because = tuple(dict.fromkeys(item.because for item in left_out))
        rows = tuple(id_ for id_ in because if id_ in dialogue.ticks)
        return Stopped(rows, tuple(id_ for id_ in because if id_ not in rows), nothing_left=True)
    return Stopped(stop.rows, stop.stated, unsure=UNSURE in dialogue.ticks)


def _closest(dialogue: Dialogue) -> Reply:
    if dialogue.stage is Stage.WHICH_POINT:
        rows = tuple((Choice(Term("point", id_), Press(Action.POINT, id_)),) for id_ in dialogue.offered)
        return pages.ask_which("ask.which_point", rows)
    rows = tuple((Choice(Term("condition", id_), Press(Action.CHOOSE, id_)),) for id_ in dialogue.offered)
    none = (pages.button("none_of_these", Press(Action.NONE_OF_THESE)),)
    return pages.ask_which("ask.closest", (*rows, none))
