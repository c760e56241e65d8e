"""What is still in the way of points, and the two locks before any point text."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.knowledge import GENERAL_QUESTION, Effect, Knowledge, PregnancyRule, Tier
from bot.domain.screening.triage import (
    PREGNANCY,
    PREGNANT_IF_STATED,
    Plan,
    Stop,
    find_stop,
    make_plan,
    regions_of,
    strictest_tier,
)
from bot.domain.state.dialogue import Dialogue, answers_expired, flag_is_current, is_resting
from bot.domain.state.diary import most_helpful_point

UNSURE = "unsure"  # a tick that stops, for "not sure" typed as the answer to the whole checklist (S-24)


class Step(StrEnum):
    """What has to happen before points are shown, in this order. CLEAR: nothing."""

    HALF_HEARD = "half_heard"  # a warning sign that a text may mean, unless the red-flag question asks about it
    FLAG_CHECK = "flag_check"
    REST = "rest"  # pressing made it worse within a day
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
    """Permission to show the text of exactly these points. Only `open_first_lock` makes one."""

    points: tuple[str, ...]


def next_step(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Step:
    """The first thing in the way of points for the wish. It is always computed, never stored (S-20).

    A half-heard warning sign comes first (S-81). The red-flag question takes it along, but never a crisis (S-80).
    """
    step = _step_without_doubts(dialogue, knowledge, now)
    if dialogue.doubts and (step is not Step.QUESTION or is_crisis(dialogue.doubts, knowledge)):
        return Step.HALF_HEARD
    return step


def is_crisis(flags: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether one of these red flags is a crisis."""
    return any(knowledge.red_flags[id_].crisis for id_ in flags if id_ in knowledge.red_flags)


def _step_without_doubts(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Step:
    if flag_is_current(dialogue, now) and not dialogue.flag_checked:
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
    if awaiting_doctor(dialogue, knowledge):
        return Step.DOCTOR
    if not checklist_holds(dialogue, knowledge, now):
        return Step.CHECKLIST
    return Step.CLEAR if current_plan(dialogue, knowledge).points else Step.NOTHING_LEFT


def open_question(dialogue: Dialogue, knowledge: Knowledge) -> str:
    """The id of the next red-flag question that was not answered "none", or ""."""
    wanted = [knowledge.conditions[condition].question for condition in dialogue.conditions]
    if dialogue.point:
        wanted.append(GENERAL_QUESTION)
    return next((id_ for id_ in wanted if id_ and id_ not in dialogue.answered_none), "")


def awaiting_doctor(dialogue: Dialogue, knowledge: Knowledge) -> tuple[str, ...]:
    """The complaints of the wish that a doctor should check first and that are not yet said to be checked (S-33)."""
    return tuple(
        condition
        for condition in dialogue.conditions
        if knowledge.conditions[condition].tier is Tier.ASK_DOCTOR_FIRST and condition not in dialogue.doctor_checked
    )


def checklist_holds(dialogue: Dialogue, knowledge: Knowledge, now: float) -> bool:
    """Whether the checklist was completed within the hour, in its present version, for the regions of the wish (S-30).

    Another region needs another checklist, because row 6 is about skin and injuries *there*.
    """
    return (
        dialogue.completed_at is not None
        and not answers_expired(dialogue, now)
        and dialogue.checklist_version == knowledge.checklist.version
        and set(regions_of(dialogue.conditions, dialogue.point, knowledge)) <= set(dialogue.completed_for)
    )


def current_stop(dialogue: Dialogue, knowledge: Knowledge) -> Stop | None:
    """What stops everything, or None. "Not sure" to the whole checklist also stops, without rows (S-24).

    A row that stops only for some regions is judged by the regions it was ticked for, on every route (S-33).
    """
    regions = dialogue.completed_for
    if dialogue.completed_at is None:
        regions += regions_of(dialogue.conditions, dialogue.point, knowledge)
    stop = find_stop(dialogue.ticks, dialogue.stated, regions, knowledge)
    if stop is None and UNSURE in dialogue.ticks:
        return Stop((), ())
    return stop


def current_plan(dialogue: Dialogue, knowledge: Knowledge) -> Plan:
    """The points for the wish under the answers, with the one that helped most before, if any, first."""
    plan = make_plan(dialogue.conditions, dialogue.point, dialogue.ticks, dialogue.stated, knowledge)
    best = helpful_point(dialogue, plan)
    if not best:
        return plan
    return replace(plan, points=(best, *(code for code in plan.points if code != best)))


def helpful_point(dialogue: Dialogue, plan: Plan) -> str:
    """The point of the plan that helped the person most, by their diary, or ""."""
    if dialogue.diary is None or dialogue.about or dialogue.point:
        return ""
    return most_helpful_point(dialogue.diary, dialogue.conditions, plan.points)


def open_first_lock(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Clearance | None:
    """The first lock: a clearance for the points of the wish if nothing is in the way (S-20), else None."""
    if not (dialogue.conditions or dialogue.point) or not knowledge.red_flags:
        return None  # without red-flag data there are no points (S-16)
    if next_step(dialogue, knowledge, now) is not Step.CLEAR:
        return None
    return Clearance(current_plan(dialogue, knowledge).points)


def second_lock(points: tuple[str, ...], dialogue: Dialogue, knowledge: Knowledge, now: float) -> bool:
    """The second lock (S-29): whether the text of these points may be shown as far as pregnancy is concerned.

    It reads only the raw answers, so that it holds even if the first lock fails.
    """
    not_pregnant = (
        dialogue.completed_at is not None
        and 0 <= now - dialogue.completed_at < 3600  # noqa: PLR2004  (its own number, on purpose: S-29)
        and dialogue.checklist_version == knowledge.checklist.version
        and PREGNANCY not in dialogue.ticks
        and UNSURE not in dialogue.ticks
        and not PREGNANT_IF_STATED & set(dialogue.stated)
    )
    return not_pregnant or all(knowledge.points[code].avoid_in_pregnancy is PregnancyRule.NOT_LISTED for code in points)


def row_stops(row: str, dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether a tick of this checklist row alone stops everything for the wish."""
    stop = current_stop(replace(dialogue, ticks=(row,), stated=()), knowledge)
    return stop is not None


def _stated_stop(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    return any(knowledge.contraindications[id_].effect is Effect.STOP for id_ in dialogue.stated)
