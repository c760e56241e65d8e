"""What the oracle knows: the YAML files of a knowledge folder, read as plain text and without any code of the bot."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import yaml

_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SHORTEST = 12  # characters: a shorter sentence gives no place away ("Or sit.")


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A point: `sentences` are those that say where and how to press it."""

    code: str
    name: str
    region: str
    avoid: bool
    sentences: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """A complaint, as far as screening goes."""

    id: str
    name: str
    region: str
    tier: str
    question: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A row of the checklist."""

    id: str
    line: str
    label: str
    stops: bool
    stop_regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """One knowledge folder.

    `techniques` are texts that only belong beside points, of no point in particular. `advice` is the longest fixed part
    of each red flag's advice, `acts` how the first acts begin that come even before the call, `asked` the question when
    it is half heard. `around` are the regions of points at a complaint's region.
    """

    points: Mapping[str, PointFacts]
    conditions: Mapping[str, ConditionFacts]
    questions: Mapping[str, tuple[str, ...]]
    rows: tuple[RowFacts, ...]
    left_out: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    techniques: tuple[str, ...]
    advice: Mapping[str, str]
    acts: tuple[str, ...]
    asked: Mapping[str, str]
    crises: frozenset[str]
    phrases: Mapping[str, str]
    people: Mapping[str, str]
    around: Mapping[str, frozenset[str]]


def plain(html: str) -> str:
    """What a person sees of Telegram's HTML."""
    return unescape(re.sub(r"</?[bi]>", "", html))


def read(folder: Path) -> Facts:
    """The facts in a knowledge folder."""
    texts = folder / "texts/en"
    spoken = ("conversation", "sessions")
    phrases = {key: text for name in spoken for key, text in _flat(_load(texts / f"phrases/{name}.yaml")).items()}
    stated = _load(folder / "contraindications.yaml")
    points, shared = _points(folder)
    said = _load(texts / "contraindications.yaml")
    return Facts(
        points=points,
        conditions=_conditions(folder),
        questions={
            id_: (*entry.get("emergency", ()), *entry.get("same_day", ()))
            for id_, entry in _load(texts / "questions.yaml").items()
        },
        rows=tuple(_row(entry, said["checklist"][entry["id"]]) for entry in stated["checklist"]),
        left_out={
            id_: frozenset(entry["points"])
            for id_, entry in stated["contraindications"].items()
            if entry["effect"] == "leave_out"
        },
        names={entry["name"]: id_ for id_, entry in said["contraindications"].items()},
        techniques=(*_load(texts / "techniques.yaml").values(), *shared),
        advice={id_: _longest_part(entry["advice"]) for id_, entry in _load(texts / "red_flags.yaml").items()},
        acts=tuple(
            entry["first_act"].split("{")[0]
            for entry in _load(texts / "red_flags.yaml").values()
            if entry.get("first_act")
        ),
        asked=_load(texts / "asked.yaml"),
        crises=frozenset(id_ for id_, entry in _load(folder / "red_flags.yaml").items() if entry["crisis"] == "yes"),
        phrases={key: plain(value) for key, value in phrases.items()},
        people={value: key.removeprefix("person.") for key, value in phrases.items() if key.startswith("person.")},
        around=_around(folder),
    )


def _points(folder: Path) -> tuple[dict[str, PointFacts], frozenset[str]]:
    """The points with the sentences that are theirs alone, and the sentences that several points share."""
    said = _load(folder / "texts/en/points.yaml")
    cautions = "\n".join(entry["caution"] for entry in said.values())
    sentences = {code: _sentences(entry, cautions) for code, entry in said.items()}
    owners = Counter(sentence for own in sentences.values() for sentence in own)
    points = {
        code: PointFacts(
            code=code,
            name=said[code]["name"],
            region=entry["region"],
            avoid=entry["avoid_in_pregnancy"] != "no",
            sentences=frozenset(sentence for sentence in sentences[code] if owners[sentence] == 1),
        )
        for code, entry in _folder(folder / "points").items()
    }
    return points, frozenset(sentence for sentence, count in owners.items() if count > 1)


def _sentences(entry: Mapping[str, str], cautions: str) -> set[str]:
    """What says where and how, sentence by sentence; what some caution says too is no secret."""
    fields = (entry[field] for field in ("find", "find_again", "how", "feel", "posture"))
    every = {sentence for field in fields for sentence in _SENTENCE.split(field)}
    return {sentence for sentence in every if len(sentence) >= _SHORTEST and sentence not in cautions}


def _conditions(folder: Path) -> dict[str, ConditionFacts]:
    said = _folder(folder / "texts/en/conditions")
    return {
        id_: ConditionFacts(
            id=id_,
            name=said[id_]["name"],
            region=entry["region"],
            tier=entry["tier"],
            question=entry["question"],
            points=tuple(entry["points"]),
        )
        for id_, entry in _folder(folder / "conditions").items()
    }


def _row(entry: Mapping[str, Any], said: Mapping[str, str]) -> RowFacts:
    regions = frozenset(entry["stop_regions"])
    return RowFacts(entry["id"], said["line"], said["label"], entry["effect"] == "stop", regions)


def _around(folder: Path) -> dict[str, frozenset[str]]:
    """For each region of a complaint: the regions of the points that lie there."""
    return {
        region: frozenset(area["point_regions"])
        for area in yaml.load((folder / "areas.yaml").read_text("utf-8"), yaml.BaseLoader)
        for region in area["condition_regions"]
    }


def _longest_part(template: str) -> str:
    return max(_PLACEHOLDER.split(template), key=len).strip()


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {f"{prefix}{key}": value}
    return flat


def _folder(folder: Path) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yaml")):
        entries |= _load(file)
    return entries


def _load(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return loaded
