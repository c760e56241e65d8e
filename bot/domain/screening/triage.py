"""From complaints and answers to points: which are allowed, which are left out and why, and the strictest tier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import MOST_POINTS, Condition, Effect, Knowledge, PregnancyRule, Tier

PREGNANCY = "pregnancy"
CARRYING = frozenset({PREGNANCY, "pregnancy_points", "gb21_labour"})  # stated in passing, these are a pregnancy
_STRICTNESS = (Tier.SELF_CARE, Tier.ASK_DOCTOR_FIRST, Tier.REFER)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that is not shown, and the checklist row or contraindication behind it."""

    point: str
    because: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The points to press in order, those left out, and the cautions to say."""

    points: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops everything: checklist rows and stated contraindications."""

    rows: tuple[str, ...]
    stated: tuple[str, ...]


def strictest_tier(conditions: Sequence[str], knowledge: Knowledge) -> Tier:
    """The strictest tier among the complaints (S-33); no complaint (a point opened by name) is self care."""
    tiers = [knowledge.conditions[condition].tier for condition in conditions]
    return max(tiers, key=_STRICTNESS.index, default=Tier.SELF_CARE)


def regions_of(conditions: Sequence[str], point: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The regions a wish is about: those of the complaints, or that of the point."""
    regions = [knowledge.conditions[condition].region for condition in conditions]
    if point:
        regions.append(knowledge.points[point].region)
    return tuple(dict.fromkeys(regions))


def stops(ticks: Iterable[str], stated: Iterable[str], regions: Sequence[str], knowledge: Knowledge) -> Stop | None:
    """What among the answers stops everything for these regions (S-28), or None."""
    ticked = set(ticks)
    rows = [row for row in knowledge.checklist.rows if row.id in ticked]
    outright = [row.id for row in rows if row.effect is Effect.STOP]
    regional = [row.id for row in rows if row.effect is not Effect.STOP and set(row.stop_regions) & set(regions)]
    named = [id_ for id_ in stated if knowledge.contraindications[id_].effect is Effect.STOP]
    if not (outright or regional or named):
        return None
    return Stop(tuple(outright + regional), tuple(named))


def plan(
    conditions: Sequence[str], point: str, ticks: Iterable[str], stated: Iterable[str], knowledge: Knowledge
) -> Plan:
    """The points for these complaints, or the one opened by name, without those that an answer takes away."""
    wanted = (point,) if point else in_order([knowledge.conditions[condition] for condition in conditions])
    ticked = set(ticks)
    reasons = _reasons(conditions, point, ticked, stated, knowledge)
    left_out = tuple(LeftOut(code, reasons[code]) for code in wanted if code in reasons)
    points = tuple(code for code in wanted if code not in reasons)
    careful = [row for row in knowledge.checklist.rows if row.id in ticked and row.effect is Effect.CAUTION]
    cautions = [id_ for row in careful for id_ in row.contraindications]
    cautions += [id_ for id_ in stated if knowledge.contraindications[id_].effect is not Effect.STOP]
    return Plan(points[:MOST_POINTS], left_out, tuple(dict.fromkeys(cautions)))


def whole_region(
    code: str, conditions: Sequence[str], ticks: Iterable[str], stated: Iterable[str], knowledge: Knowledge
) -> tuple[str, ...]:
    """All points of the region of `code`; nothing where one of them is left out, for a map would show it."""
    near = _points_in({knowledge.points[code].region}, knowledge)
    refused = {each for id_ in conditions for each in knowledge.conditions[id_].points_not_offered}
    left_out = _reasons(conditions, code, set(ticks), stated, knowledge).keys() | refused
    return near if left_out.isdisjoint(near) else ()


def in_order(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Points shared by most complaints first, then by their place in each complaint's own order; nothing twice.

    What one of them must not be offered is not offered at all.
    """
    refused = {code for condition in conditions for code in condition.points_not_offered}
    places: dict[str, list[int]] = {}
    for condition in conditions:
        for place, code in enumerate(condition.points):
            if code not in refused:
                places.setdefault(code, []).append(place)
    return tuple(sorted(places, key=lambda code: (-len(places[code]), min(places[code]))))


def _reasons(
    conditions: Sequence[str], point: str, ticked: set[str], stated: Iterable[str], knowledge: Knowledge
) -> dict[str, str]:
    there = _there(conditions, point, knowledge)
    reasons: dict[str, str] = {}
    for row in knowledge.checklist.rows:
        if row.id in ticked and row.effect is Effect.LEAVE_OUT_REGION:
            _add(reasons, _points_in(there, knowledge), row.id)
        if row.id in ticked and row.effect is Effect.LEAVE_OUT:
            for id_ in row.contraindications:
                _add(reasons, knowledge.contraindications[id_].points, row.id)
    for id_ in stated:
        entry = knowledge.contraindications[id_]
        if entry.effect is Effect.LEAVE_OUT:
            _add(reasons, entry.points, id_)
        if id_ in CARRYING:
            _add(reasons, _avoided_in_pregnancy(knowledge), id_)
        if entry.effect is Effect.LEAVE_OUT_REGION:
            _add(reasons, _points_in(set(entry.regions) or there, knowledge), id_)
    return reasons


def _avoided_in_pregnancy(knowledge: Knowledge) -> tuple[str, ...]:
    """What the second lock would hold back too (S-29): unclear counts as yes."""
    points = knowledge.points.values()
    return tuple(point.id for point in points if point.avoid_in_pregnancy is not PregnancyRule.NOT_LISTED)


def _there(conditions: Sequence[str], point: str, knowledge: Knowledge) -> set[str]:
    """The point regions of the body areas a wish is about: wider than the complaint's own region, to the safe side.

    A complaint of the whole body or the mind is everywhere.
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
