"""The facts of the knowledge folder as frozen types, filled by `bot.library`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.texts import Texts

MOST_POINTS = 4  # that are recommended at a time, and so that a complaint may list
GENERAL_QUESTION = "general"  # the id of the red-flag question asked before a point opened by name (S-20)


class Urgency(StrEnum):
    """How fast help is needed. With `see_gp` points are still shown, below its advice."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SEE_GP = "see_gp"


class Tier(StrEnum):
    """Whether points are shown for a complaint: at once, after a doctor's check, or never (S-33)."""

    SELF_CARE = "self_care"
    ASK_DOCTOR_FIRST = "ask_doctor_first"
    REFER = "refer"


class Effect(StrEnum):
    """What a contraindication does (S-28), mildest first."""

    CAUTION = "caution"
    LEAVE_OUT = "leave_out"
    LEAVE_OUT_REGION = "leave_out_region"
    STOP = "stop"


class EvidenceKind(StrEnum):
    """What evidence there is for the points of a complaint (S-42)."""

    PRESSING_TRIALS = "pressing_trials"
    MIXED_SMALL_TRIALS = "mixed_small_trials"
    NEEDLE_TRIALS_ONLY = "needle_trials_only"
    TRADITION_ONLY = "tradition_only"


class Confidence(StrEnum):
    """How sure the sources of an entry are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class PregnancyRule(StrEnum):
    """Whether tradition avoids a point in pregnancy; `unclear` counts as yes (S-29)."""

    AVOID = "yes"
    UNCLEAR = "unclear"
    NOT_LISTED = "no"


class Pressure(StrEnum):
    """How firmly to press."""

    LIGHT = "light"
    MEDIUM = "medium"
    FIRM = "firm"


class Motion(StrEnum):
    """How to move the finger while pressing."""

    HOLD = "hold"
    CIRCLES = "circles"
    SQUEEZE = "squeeze"


class Reach(StrEnum):
    """Whether a person can press the point without help."""

    SELF = "self"
    NEEDS_HELPER_OR_BALL = "needs_helper_or_ball"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a fact. `link` is a URL, DOI or PMID; `date` is the year or date it states, or None."""

    id: str
    title: str
    link: str
    date: str | None


@dataclass(frozen=True, slots=True)
class ClinicalEntry:
    """The fields of every clinical entry (S-75).

    `sources` are ids of sources, `reviewed` is "not yet" or "NAME, YYYY-MM-DD".
    """

    id: str
    sources: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class Point(ClinicalEntry):
    """A point; its id is the WHO code (`LI4`).

    `seconds` is the time of one press on one side, `repeats` the number of presses in a row. `pictures` are the files
    of the card and of another view of it; `film` is the file of one press, or "". `both_at_once` says that both sides
    are pressed together, one hand on each, so that the time counts once.
    """

    meridian: str
    region: str
    pinyin: str
    pinyin_plain: str
    hanzi: str
    bilateral: bool
    avoid_in_pregnancy: PregnancyRule
    seconds: int
    repeats: int
    pressure: Pressure
    motion: Motion
    reach: Reach
    contraindications: tuple[str, ...]
    pictures: tuple[str, ...]
    evidence: Confidence
    film: str = ""
    both_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Condition(ClinicalEntry):
    """A complaint.

    `points` are codes, at most four, in the order to press; `more_points` are others that may be shown for it.
    `question` and `technique` are ids, or None.
    """

    region: str
    tier: Tier
    points: tuple[str, ...]
    more_points: tuple[str, ...]
    points_not_offered: tuple[str, ...]
    question: str | None
    technique: str | None
    evidence: EvidenceKind


@dataclass(frozen=True, slots=True)
class Contraindication(ClinicalEntry):
    """A precaution.

    `points` and `regions` are what LEAVE_OUT and LEAVE_OUT_REGION take away; LEAVE_OUT_REGION without `regions` takes
    away the region of the complaint. `reached_by` lists the places where it comes up: checklist, question, stated_text,
    where_not_to_press, second_lock, tier, point_card, card_text, doctor_notice, help_text.
    """

    effect: Effect
    points: tuple[str, ...]
    regions: tuple[str, ...]
    reached_by: tuple[str, ...]
    evidence: Confidence


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One row of the checklist. A tick has `effect`, and stops all points for complaints in `stop_regions`."""

    id: str
    effect: Effect
    stop_regions: tuple[str, ...]
    contraindications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The rows, in order. `version` changes with every change of a row, and expires earlier answers (S-30)."""

    version: str
    rows: tuple[ChecklistRow, ...]


@dataclass(frozen=True, slots=True)
class RedFlag(ClinicalEntry):
    """A warning sign.

    `crisis` flags (S-4, S-15) come before bodily ones and cannot be taken back. `applies_to` are ids of complaints.
    `silences` are flags whose advice is not given beside the advice of this one, because it would contradict it (S-84).
    `sure_after` are flags that leave no doubt: while one of them stands, half hearing this one raises it (S-85).
    """

    urgency: Urgency
    crisis: bool
    applies_to: tuple[str, ...]
    evidence: Confidence
    silences: tuple[str, ...] = ()
    sure_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Technique(ClinicalEntry):
    """A way of pressing for a complaint: how often a day, and for how many weeks until a review (None: not said)."""

    times_a_day: int
    weeks: int | None
    evidence: Confidence


@dataclass(frozen=True, slots=True)
class Area:
    """A body area with a button: the regions of complaints and of points in it, in the order shown.

    `maps` maps a region of points to the picture file with all points of it.
    """

    id: str
    condition_regions: tuple[str, ...]
    point_regions: tuple[str, ...]
    maps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The whole knowledge folder, checked.

    `version` is the hash of its files; `texts` are by language ("en"), as are `second_readers`: what the second reader
    of each has learned, as the bytes of its file.
    """

    version: str
    points: Mapping[str, Point]
    conditions: Mapping[str, Condition]
    contraindications: Mapping[str, Contraindication]
    checklist: Checklist
    red_flags: Mapping[str, RedFlag]
    techniques: Mapping[str, Technique]
    sources: Mapping[str, Source]
    areas: tuple[Area, ...]
    texts: Mapping[str, Texts]
    second_readers: Mapping[str, bytes] = field(default_factory=dict, repr=False)
