"""From complaints and answers to points: which may be shown, which are left out and why, and what stops all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import MOST_POINTS, Condition, Effect, Knowledge, PregnancyRule, Tier

PREGNANCY = "pregnancy"
PREGNANT_IF_STATED = frozenset({PREGNANCY, "pregnancy_points", "gb21_labour"})  # in a text these mean a pregnancy
_STRICTNESS = (Tier.SELF_CARE, Tier.ASK_DOCTOR_FIRST, Tier.REFER)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that is not shown, and the id of the checklist row or contraindication that is the reason."""

    point: str
    because: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The points to press in order, those left out, and the contraindications to mention as cautions."""

    points: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops everything: ids of checklist rows, and of contraindications stated in texts."""

    rows: tuple[str, ...]
    stated: tuple[str, ...]


def strictest_tier(conditions: Sequence[str], knowledge: Knowledge) -> Tier:
    """The strictest tier of the complaints (S-33). Without any (a point opened by name) it is self care."""
    tiers = [knowledge.conditions[condition].tier for condition in conditions]
    return max(tiers, key=_STRICTNESS.index, default=Tier.SELF_CARE)


def regions_of(conditions: Sequence[str], point: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The regions of a wish, each once: those of the complaints and of the point, which may be ""."""
    regions = [knowledge.conditions[condition].region for condition in conditions]
    if point:
        regions.append(knowledge.points[point].region)
    return tuple(dict.fromkeys(regions))


def find_stop(ticks: Iterable[str], stated: Iterable[str], regions: Sequence[str], knowledge: Knowledge) -> Stop | None:
    """The answers that stop everything for these regions (S-28), or None."""
    ticked = set(ticks)
    rows = [row for row in knowledge.checklist.rows if row.id in ticked]
    outright = [row.id for row in rows if row.effect is Effect.STOP]
    regional = [row.id for row in rows if row.effect is not Effect.STOP and set(row.stop_regions) & set(regions)]
    named = [id_ for id_ in stated if knowledge.contraindications[id_].effect is Effect.STOP]
    if not (outright or regional or named):
        return None
    return Stop(tuple(outright + regional), tuple(named))


def make_plan(
    conditions: Sequence[str], point: str, ticks: Iterable[str], stated: Iterable[str], knowledge: Knowledge
) -> Plan:
    """The points for these complaints, or the one opened by name, without those that an answer leaves out."""
    wanted = (point,) if point else points_in_order([knowledge.conditions[condition] for condition in conditions])
    ticked = set(ticks)
    reasons = _reasons_to_leave_out(conditions, point, ticked, stated, knowledge)
    left_out = tuple(LeftOut(code, reasons[code]) for code in wanted if code in reasons)
    points = tuple(code for code in wanted if code not in reasons)
    careful = [row for row in knowledge.checklist.rows if row.id in ticked and row.effect is Effect.CAUTION]
    cautions = [id_ for row in careful for id_ in row.contraindications]
    cautions += [id_ for id_ in stated if knowledge.contraindications[id_].effect is not Effect.STOP]
    return Plan(points[:MOST_POINTS], left_out, tuple(dict.fromkeys(cautions)))


def points_on_map(
    code: str, conditions: Sequence[str], ticks: Iterable[str], stated: Iterable[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """All points of the region of `code`. Empty if one of them is left out, because a map would show it."""
    shown = _points_in({knowledge.points[code].region}, knowledge)
    refused = {each for id_ in conditions for each in knowledge.conditions[id_].points_not_offered}
    left_out = _reasons_to_leave_out(conditions, code, set(ticks), stated, knowledge).keys() | refused
    return shown if left_out.isdisjoint(shown) else ()


def points_in_order(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """The points of the complaints, each once: shared by most first, then by their best position in a complaint.

    A point that must not be offered for one of them is left out.
    """
    refused = {code for condition in conditions for code in condition.points_not_offered}
    positions: dict[str, list[int]] = {}
    for condition in conditions:
        for position, code in enumerate(condition.points):
            if code not in refused:
                positions.setdefault(code, []).append(position)
    return tuple(sorted(positions, key=lambda code: (-len(positions[code]), min(positions[code]))))


def _reasons_to_leave_out(
    conditions: Sequence[str], point: str, ticked: set[str], stated: Iterable[str], knowledge: Knowledge
) -> dict[str, str]:
    regions = _point_regions(conditions, point, knowledge)
    reasons: dict[str, str] = {}
    for row in knowledge.checklist.rows:
        if row.id in ticked and row.effect is Effect.LEAVE_OUT_REGION:
            _add(reasons, _points_in(regions, knowledge), row.id)
        if row.id in ticked and row.effect is Effect.LEAVE_OUT:
            for id_ in row.contraindications:
                _add(reasons, knowledge.contraindications[id_].points, row.id)
    for id_ in stated:
        entry = knowledge.contraindications[id_]
        if entry.effect is Effect.LEAVE_OUT:
            _add(reasons, entry.points, id_)
        if id_ in PREGNANT_IF_STATED:
            _add(reasons, _avoided_in_pregnancy(knowledge), id_)
        if entry.effect is Effect.LEAVE_OUT_REGION:
            _add(reasons, _points_in(set(entry.regions) or regions, knowledge), id_)
    return reasons


def _avoided_in_pregnancy(knowledge: Knowledge) -> tuple[str, ...]:
    """The points that the second lock also holds back (S-29): unclear counts as yes."""
    points = knowledge.points.values()
    return tuple(point.id for point in points if point.avoid_in_pregnancy is not PregnancyRule.NOT_LISTED)


def _point_regions(conditions: Sequence[str], point: str, knowledge: Knowledge) -> set[str]:
    """The point regions of the body areas of a wish. This is wider than the complaint's own region, to be safe.

    A complaint of the whole body or the mind has all of them.
    """
    own = {knowledge.points[point].region} if point else set()
    regions = set(regions_of(conditions, "", knowledge))
    areas = [area for area in knowledge.areas if regions & set(area.condition_regions)]
    if not all(area.point_regions for area in areas):
        areas = list(knowledge.areas)
    return own | {region for area in areas for region in area.point_regions}


def _points_in(regions: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    wanted = set(regions)
    return tuple(point.id for point in knowledge.points.values() if point.region in wanted)


def _add(reasons: dict[str, str], points: Iterable[str], because: str) -> None:
    for point in points:
        reasons.setdefault(point, because)
