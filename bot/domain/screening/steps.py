"""Which question is next, what a tick does, and the two locks before any point text."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.knowledge import GENERAL_QUESTION, Effect, Knowledge, PregnancyRule, Tier
from bot.domain.screening.triage import CARRYING, PREGNANCY, Plan, Stop, plan, regions_of, stops, strictest_tier
from bot.domain.state.dialogue import Dialogue, answers_expired, flag_is_live, is_resting
from bot.domain.state.diary import helped_most

UNSURE = "unsure"  # "not sure" typed to the whole checklist: a tick of its own that stops (S-24)


class Step(StrEnum):
    """What has to happen before points, in this order. CLEAR: nothing any more."""

    FLAG_CHECK = "flag_check"
    REST = "rest"  # pressing made it worse today
    REFER = "refer"
    STATED_STOP = "stated_stop"
    QUESTION = "question"
    DOCTOR = "doctor"
    CHECKLIST = "checklist"
    STOP = "stop"
    NOTHING_LEFT = "nothing_left"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Clearance:
    """The key to point text: made by `clearance` alone, for exactly these points."""

    points: tuple[str, ...]


def next_step(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Step:
    """The first thing still in the way of points for the dialogue's wish. Always derived, never stored (S-20)."""
    if flag_is_live(dialogue, now) and not dialogue.flag_checked:
        return Step.FLAG_CHECK
    if is_resting(dialogue, now):
        return Step.REST
    if dialogue.referred or strictest_tier(dialogue.conditions, knowledge) is Tier.REFER:
        return Step.REFER
    if _stated_stop(dialogue, knowledge):
        return Step.STATED_STOP
    if dialogue.completed_at is not None and current_stop(dialogue, knowledge):
        return Step.STOP
    if open_question(dialogue, knowledge):
        return Step.QUESTION
    if unchecked(dialogue, knowledge):
        return Step.DOCTOR
    if not checklist_holds(dialogue, knowledge, now):
        return Step.CHECKLIST
    return Step.CLEAR if current_plan(dialogue, knowledge).points else Step.NOTHING_LEFT


def open_question(dialogue: Dialogue, knowledge: Knowledge) -> str:
    """The next red-flag question not yet answered "none", or empty."""
    wanted = [knowledge.conditions[condition].question for condition in dialogue.conditions]
    if dialogue.point:
        wanted.append(GENERAL_QUESTION)
    return next((id_ for id_ in wanted if id_ and id_ not in dialogue.answered_none), "")


def unchecked(dialogue: Dialogue, knowledge: Knowledge) -> tuple[str, ...]:
    """The complaints that a doctor should see first and that nobody has said was seen (S-33)."""
    return tuple(
        condition
        for condition in dialogue.conditions
        if knowledge.conditions[condition].tier is Tier.ASK_DOCTOR_FIRST and condition not in dialogue.doctor_checked
    )


def checklist_holds(dialogue: Dialogue, knowledge: Knowledge, now: float) -> bool:
    """Whether the checklist was completed within the hour, in this version, for the regions asked about (S-30).

    Another region asks again, because row 6 is about skin and injuries *there*.
    """
    return (
        dialogue.completed_at is not None
        and not answers_expired(dialogue, now)
        and dialogue.checklist_version == knowledge.checklist.version
        and set(regions_of(dialogue.conditions, dialogue.point, knowledge)) <= set(dialogue.completed_for)
    )


def current_stop(dialogue: Dialogue, knowledge: Knowledge) -> Stop | None:
    """What stops everything, or None. "Not sure" to the whole checklist stops too (S-24).

    A row that stops only for some regions does so for those it was ticked for, and then on every route (S-33).
    """
    regions = dialogue.completed_for
    if dialogue.completed_at is None:
        regions += regions_of(dialogue.conditions, dialogue.point, knowledge)
    found = stops(dialogue.ticks, dialogue.stated, regions, knowledge)
    if found is None and UNSURE in dialogue.ticks:
        return Stop((), ())
    return found


def current_plan(dialogue: Dialogue, knowledge: Knowledge) -> Plan:
    """The points for the dialogue's wish under its answers; of those that may be shown, what helped most goes first."""
    found = plan(dialogue.conditions, dialogue.point, dialogue.ticks, dialogue.stated, knowledge)
    best = helped(dialogue, found)
    if not best:
        return found
    return replace(found, points=(best, *(code for code in found.points if code != best)))


def helped(dialogue: Dialogue, found: Plan) -> str:
    """The point of the plan that helped this person most, by their own diary, or ""."""
    if dialogue.diary is None or dialogue.about or dialogue.point:
        return ""
    return helped_most(dialogue.diary, dialogue.conditions, found.points)


def clearance(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Clearance | None:
    """The first lock: the key to point text when nothing is in the way any more (S-20), else None."""
    if not (dialogue.conditions or dialogue.point) or not knowledge.red_flags:
        return None  # without red-flag data there are no points (S-16)
    if next_step(dialogue, knowledge, now) is not Step.CLEAR:
        return None
    return Clearance(current_plan(dialogue, knowledge).points)


def second_lock(points: tuple[str, ...], dialogue: Dialogue, knowledge: Knowledge, now: float) -> bool:
    """The second lock (S-29): whether these points' text may appear as far as pregnancy goes.

    It looks at the raw answers alone, so that it holds even if the first lock fails.
    """
    said_no = (
        dialogue.completed_at is not None
        and 0 <= now - dialogue.completed_at < 3600  # noqa: PLR2004  (its own number, on purpose: S-29)
        and dialogue.checklist_version == knowledge.checklist.version
        and PREGNANCY not in dialogue.ticks
        and UNSURE not in dialogue.ticks
        and not CARRYING & set(dialogue.stated)
    )
    return said_no or all(knowledge.points[code].avoid_in_pregnancy is PregnancyRule.NOT_LISTED for code in points)


def row_stops(row: str, dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether a tick of this checklist row stops everything for the dialogue's wish."""
    stop = current_stop(replace(dialogue, ticks=(row,), stated=()), knowledge)
    return stop is not None


def _stated_stop(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    return any(knowledge.contraindications[id_].effect is Effect.STOP for id_ in dialogue.stated)
