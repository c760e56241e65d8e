"""Checks that every id that an entry names exists, and that every region is in exactly one area."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import BASE, Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

NO_ID = "none"  # stands for "no question" or "no technique"


@dataclass(frozen=True, slots=True)
class _Reference:
    """The value of `key` in entries of `section` is an id of `target`, or one of `also`, or a list of them."""

    section: str
    key: str
    target: str
    noun: str
    also: tuple[str, ...] = ()


_REFERENCES = (
    _Reference("points", "region", "point_regions", "point region"),
    _Reference("points", "contraindications", "contraindications", "contraindication"),
    _Reference("points", "sources", "sources", "source"),
    _Reference("conditions", "region", "condition_regions", "complaint region"),
    _Reference("conditions", "points", "points", "point"),
    _Reference("conditions", "more_points", "points", "point"),
    _Reference("conditions", "points_not_offered", "points", "point"),
    _Reference("conditions", "question", f"{BASE}/questions", "question", (NO_ID,)),
    _Reference("conditions", "technique", "techniques", "technique", (NO_ID,)),
    _Reference("conditions", "sources", "sources", "source"),
    _Reference("checklist", "contraindications", "contraindications", "contraindication"),
    _Reference("checklist", "stop_regions", "regions", "region"),
    _Reference("contraindications", "points", "points", "point"),
    _Reference("contraindications", "regions", "point_regions", "point region"),
    _Reference("contraindications", "sources", "sources", "source"),
    _Reference("red_flags", "applies_to", "conditions", "complaint", ("any", "any_if_pregnant")),
    _Reference("red_flags", "silences", "red_flags", "red flag"),
    _Reference("red_flags", "sure_after", "red_flags", "red flag"),
    _Reference("red_flags", "sources", "sources", "source"),
    _Reference("techniques", "sources", "sources", "source"),
)
_ON_BUTTONS = ("points", "conditions", "contraindications", "checklist", "red_flags", "areas", f"{BASE}/questions")
_BUTTON_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_COMPLAINTS = "complaints"  # of the vocabulary: patterns by complaint
_ACCOUNTS_FOR = "accounts_for"  # of the vocabulary: complaints by complaint


def ids_fit_a_button(draft: Draft) -> Iterator[Problem]:
    """Ids are sent in the data of buttons (at most 64 bytes), so they must be short and of plain characters."""
    for section in _ON_BUTTONS:
        for entry in draft.entries(section).values():
            if not _BUTTON_ID.fullmatch(entry.id):
                hint = "Use at most 32 letters, digits, _ and -."
                yield entry.problem((), f'the id "{entry.id}" does not fit a button', hint)


def known_ids(draft: Draft) -> Iterator[Problem]:
    """Each id that an entry of the data names must exist. Invalid entries are checked, too, by their raw content."""
    for reference in _REFERENCES:
        names = _names(draft, reference.target)
        if names is None:
            continue
        for entry in draft.entries(reference.section).values():
            value = entry.raw.get(reference.key) if isinstance(entry.raw, dict) else None
            yield from _unknown(entry, (reference.key,), value, {*names, *reference.also}, reference.noun)


def known_ids_in_texts(draft: Draft) -> Iterator[Problem]:
    """Each id in the texts must exist: stated contraindications, points of names, complaints of patterns."""
    for language in draft.languages:
        stated = _names(draft, "contraindications")
        for entry in draft.entries(f"{language}/conditions").values():
            value = entry.raw.get("states") if isinstance(entry.raw, dict) else None
            if isinstance(value, dict) and stated is not None:
                for phrase, id_ in value.items():
                    yield from _unknown(entry, ("states", phrase), id_, stated, "contraindication")
        points = _names(draft, "points")
        for section in (f"{language}/ambiguous_points", f"{language}/unknown_points"):
            for entry in draft.entries(section).values() if points is not None else ():
                yield from _unknown(entry, (), entry.raw, points or set(), "point")
        for entry in draft.entries(f"{language}/{_COMPLAINTS}").values():
            if not draft.known("conditions", entry.id):
                hint = did_you_mean(entry.id, draft.entries("conditions").keys(), "Remove it.")
                yield entry.problem((), f'unknown complaint "{entry.id}"', hint)
        conditions = _names(draft, "conditions")
        for entry in draft.entries(f"{language}/{_ACCOUNTS_FOR}").values() if conditions is not None else ():
            yield from _unknown(entry, (), [entry.id], conditions or set(), "complaint")
            yield from _unknown(entry, (), entry.raw, conditions or set(), "complaint")


def regions_in_one_area(draft: Draft) -> Iterator[Problem]:
    """No region may be in two areas, or it would have two buttons."""
    for kind in ("condition_regions", "point_regions"):
        home: dict[str, str] = {}
        for area in draft.entries("areas").values():
            for index, region in enumerate(raw_texts(area.raw, kind)):
                if region in home:
                    hint = f'It is in "{home[region]}" already. Keep one.'
                    yield area.problem((kind, index), f'region "{region}" is in two areas', hint)
                home.setdefault(region, area.id)


def file_is_area(draft: Draft) -> Iterator[Problem]:
    """Each complaint must be in the file of its area, in the data and in the texts."""
    area_of = {
        region: area.id
        for area in draft.entries("areas").values()
        for region in raw_texts(area.raw, "condition_regions")
    }
    regions = {id_: condition.region for id_, condition in draft.sound("conditions").items()}
    for section in ("conditions", *(f"{language}/conditions" for language in draft.languages)):
        for entry in draft.entries(section).values():
            area = area_of.get(regions.get(entry.id, ""))
            if area and not entry.tree.file.endswith(f"/{area}.yaml"):
                text = f'the region "{regions[entry.id]}" belongs to the area "{area}"'
                yield entry.problem((), text, f"Move the entry to conditions/{area}.yaml.")


def area_regions(draft: Draft, kind: str) -> tuple[str, ...]:
    """Return all regions of one kind (`condition_regions` or `point_regions`), in the order of the areas."""
    return tuple(region for area in draft.entries("areas").values() for region in raw_texts(area.raw, kind))


def _names(draft: Draft, target: str) -> set[str] | None:
    """Return the ids of a section or kind of region, or None if one of its files could not be read."""
    if target == "regions":
        of_points, of_conditions = _names(draft, "point_regions"), _names(draft, "condition_regions")
        return None if of_points is None or of_conditions is None else of_points | of_conditions
    if target.endswith("_regions"):
        return None if "areas" in draft.incomplete else set(area_regions(draft, target))
    return None if target in draft.incomplete else set(draft.entries(target))


def _unknown(entry: Entry, steps: Steps, value: object, names: set[str], noun: str) -> Iterator[Problem]:
    items = value if isinstance(value, list) else [value]
    for index, id_ in enumerate(items):
        if isinstance(id_, str) and id_ and id_ not in names:
            within = (*steps, index) if isinstance(value, list) else steps
            hint = did_you_mean(id_, names, f"Add the {noun} first, or remove it here.")
            yield entry.problem(within, f'unknown {noun} "{id_}"', hint)


def raw_texts(raw: object, key: str) -> Iterable[str]:
    """Return the texts in the list under `key` of a raw entry, valid or not. Empty if there is no such list."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
