"""From a wish to points: what is asked next, and what is on the screen."""

from dataclasses import replace

from bot.domain.knowledge import Effect, Knowledge, Tier
from bot.domain.screening.steps import (
    UNSURE,
    Step,
    awaiting_doctor,
    checklist_holds,
    current_plan,
    current_stop,
    next_step,
    open_first_lock,
    open_question,
)
from bot.domain.state.dialogue import SETTING_UP, Dialogue, Stage, about_person, restart_screening
from bot.domain.state.unread import asked_again
from bot.domain.turns import doubts, flags, pages, recommendation_pages, reminder_pages, session_pages
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import (
    MOST_CAUTIONS,
    AskChecklist,
    Choice,
    DoctorFirst,
    GeneralCard,
    Next,
    Precautions,
    Referred,
    Reply,
    Stopped,
    Term,
)
from bot.domain.understanding.understood import HalfHeard, HeardCondition

_STAGES = {
    Step.HALF_HEARD: Stage.HALF_HEARD,
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


def start_wish(
    dialogue: Dialogue,
    conditions: tuple[str, ...],
    point: str,
    about: str,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
    heard: tuple[HalfHeard, ...] = (),
) -> Next:
    """Start a wish for these complaints, or for one point by name, and ask the first thing that is in the way.

    `about` is "" for the person who writes. If the checklist was completed, but not for this wish (another region,
    another person), everything is asked again.
    """
    known = tuple(condition for condition in conditions if condition in knowledge.conditions)
    if any(point in knowledge.conditions[condition].points_not_offered for condition in known):
        point = ""  # a source names it for this complaint, but it must not be shown for it
    wanted = replace(about_person(dialogue, about), conditions=known, point=point, offered=(), page="")
    again = bool(wanted.completed_for) and not checklist_holds(wanted, knowledge, now)
    if again and current_stop(wanted, knowledge) is None:
        wanted = restart_screening(wanted, now, _ticks_for_any_region(wanted.ticks, knowledge))
    return proceed(wanted, knowledge, now, matched, heard)


def screen_again(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """Screen again for the same wish, because its answers would expire too soon (S-30)."""
    return proceed(restart_screening(dialogue, now, _ticks_for_any_region(dialogue.ticks, knowledge)), knowledge, now)


def proceed(
    dialogue: Dialogue,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
    heard: tuple[HalfHeard, ...] = (),
) -> Next:
    """Ask the next thing that is in the way of points for the wish, or recommend them.

    `matched` are the complaints to quote, `heard` the half-heard warning signs.
    """
    step = next_step(dialogue, knowledge, now)
    entered = replace(dialogue, stage=_STAGES[step], page="", asked="")
    if step is Step.HALF_HEARD:
        entered = replace(entered, doubts=doubts.waiting(entered), put_off="")
    if step is Step.QUESTION:
        entered = replace(entered, asked=open_question(entered, knowledge))
    if step is Step.CHECKLIST and dialogue.stage is not Stage.CHECKLIST:
        entered = _open_checklist(entered, knowledge)
    if step is Step.REFER:
        refused = referred_conditions(entered, knowledge)
        entered = replace(entered, referred=tuple(dict.fromkeys((*refused, *entered.referred))))
    replies = _replies(entered, knowledge, now, matched, heard)
    if step is Step.CLEAR:
        if entered.point:
            entered = pages.with_page(entered, Press(Action.CARD, entered.point))
        replies = (*_precautions(entered, knowledge), *replies)
    return Next(entered, replies)


def referred_conditions(dialogue: Dialogue, knowledge: Knowledge) -> tuple[str, ...]:
    """The complaints of the wish that never get points (S-33)."""
    return tuple(id_ for id_ in dialogue.conditions if knowledge.conditions[id_].tier is Tier.REFER)


def ask(dialogue: Dialogue, stage: Stage, knowledge: Knowledge, now: float) -> Next:
    """Enter a stage that waits for a choice, and ask its question."""
    entered = replace(dialogue, stage=stage, page="")
    return Next(entered, view(entered, knowledge, now))


def offer(dialogue: Dialogue, stage: Stage, ids: tuple[str, ...], knowledge: Knowledge, now: float) -> Next:
    """Ask which of these complaints (Stage.CLOSEST) or points (Stage.WHICH_POINT) is meant."""
    return ask(replace(dialogue, offered=ids), stage, knowledge, now)


def view(dialogue: Dialogue, knowledge: Knowledge, now: float) -> tuple[Reply, ...]:
    """What is on the screen: the page on top, or the open question. Empty when nothing is open."""
    dialogue = session_pages.end_if_finished(dialogue, now)
    page = pages.page_on_top(dialogue)
    reply = page_reply(dialogue, page, knowledge, now) if page else None
    if reply is not None:
        return (reply,)
    if dialogue.stage is Stage.IDLE:
        return ()
    return _replies(dialogue, knowledge, now)


def page_reply(dialogue: Dialogue, page: Press, knowledge: Knowledge, now: float) -> Reply | None:
    """A browse page or a page of the recommendation; None if it does not exist now."""
    if page.action is Action.POINT:
        return GeneralCard(page.arg) if page.arg in knowledge.points else None
    if page.action in recommendation_pages.PAGES:
        return _recommendation_page(dialogue, page, knowledge, now)
    return pages.browse(page, knowledge)


def _recommendation_page(dialogue: Dialogue, page: Press, knowledge: Knowledge, now: float) -> Reply | None:
    clearance = open_first_lock(dialogue, knowledge, now)
    return recommendation_pages.page_of(dialogue, page, clearance, knowledge) if clearance else None


def _open_checklist(entered: Dialogue, knowledge: Knowledge) -> Dialogue:
    """Open the checklist again with its earlier ticks, in the version whose wording will be shown."""
    return replace(
        entered,
        ticks=tuple(tick for tick in entered.ticks if tick != UNSURE),
        completed_at=None,
        checklist_since=entered.revision + 1,
        checklist_version=knowledge.checklist.version,
    )


def _ticks_for_any_region(ticks: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The ticks that hold for every region. Those about another region are asked again."""
    local = {row.id for row in knowledge.checklist.rows if row.effect is Effect.LEAVE_OUT_REGION or row.stop_regions}
    return tuple(tick for tick in ticks if tick not in local)


def _precautions(dialogue: Dialogue, knowledge: Knowledge) -> tuple[Reply, ...]:
    """The precautions that apply, as a message of their own if the recommendation has no room for them."""
    cautions = current_plan(dialogue, knowledge).cautions
    see_gp = dialogue.see_gp if dialogue.point else ()
    room = 0 if dialogue.point else MOST_CAUTIONS
    return (Precautions(see_gp, cautions),) if see_gp or len(cautions) > room else ()


def _replies(
    dialogue: Dialogue,
    knowledge: Knowledge,
    now: float,
    matched: tuple[HeardCondition, ...] = (),
    heard: tuple[HalfHeard, ...] = (),
) -> tuple[Reply, ...]:
    if dialogue.stage is Stage.QUESTION:
        return doubts.red_flag_question(dialogue, open_question(dialogue, knowledge), knowledge, matched, heard)
    return (_reply(dialogue, knowledge, now),)


def _reply(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Reply:
    if dialogue.stage in SETTING_UP:
        return reminder_pages.question(dialogue, now)
    if dialogue.stage in session_pages.STAGES:
        return session_pages.view(dialogue, knowledge, now)
    match dialogue.stage:
        case Stage.HALF_HEARD:
            return doubts.question(dialogue, knowledge)
        case Stage.DOCTOR:
            return DoctorFirst(awaiting_doctor(dialogue, knowledge), asking=True, repeated=asked_again(dialogue))
        case Stage.DOCTOR_FIRST:
            return DoctorFirst(awaiting_doctor(dialogue, knowledge), asking=False)
        case Stage.CHECKLIST:
            return AskChecklist(dialogue.ticks, dialogue.about, asked_again(dialogue))
        case Stage.STOPPED:
            return _stopped(dialogue, knowledge)
        case Stage.REFERRED:
            return Referred(dialogue.referred)
        case Stage.RECOMMENDED:
            page = Press(Action.CARD, dialogue.point) if dialogue.point else Press(Action.OVERVIEW)
            return _recommendation_page(dialogue, page, knowledge, now) or pages.where_does_it_hurt(knowledge)
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
