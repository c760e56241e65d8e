"""What we know: frozen types, filled by `bot.library` from the knowledge folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.texts import Texts


class Urgency(StrEnum):
    """How fast help is needed. `see_gp` lets points pass, with its line on top."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SEE_GP = "see_gp"


class Tier(StrEnum):
    """Who may get points for a complaint (S-33)."""

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
    """What stands behind a complaint's points (S-42)."""

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
    LIGHT = "light"
    MEDIUM = "medium"
    FIRM = "firm"


class Motion(StrEnum):
    HOLD = "hold"
    CIRCLES = "circles"
    SQUEEZE = "squeeze"


class Reach(StrEnum):
    SELF = "self"
    NEEDS_HELPER_OR_BALL = "needs_helper_or_ball"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `link` is an address, DOI or PMID; `date` is the year or date it states, or None."""

    id: str
    title: str
    link: str
    date: str | None


@dataclass(frozen=True, slots=True)
class ClinicalEntry:
    """What every clinical entry carries (S-75). `reviewed` is "not yet" or "NAME, YYYY-MM-DD"."""

    id: str
    sources: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class Point(ClinicalEntry):
    """A point; its id is the WHO code (`LI4`). `seconds` is one press on one side, `repeats` presses in a row.

    `pictures` are that of the card and another view of it; `film` is one press, or empty. `both_at_once`: with a hand
    on each side of the body, so that its time runs once.
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
    """A complaint. `points` (at most four) in the order to press, `more_points` the others that may be shown for it."""

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
    """A precaution. `points` and `regions` are what LEAVE_OUT and LEAVE_OUT_REGION take away.

    LEAVE_OUT_REGION without `regions` means the region of the complaint.
    `reached_by` says how it comes up: checklist, question, stated_text, where_not_to_press, second_lock, tier,
    point_card, card_text, doctor_notice, help_text.
    """

    effect: Effect
    points: tuple[str, ...]
    regions: tuple[str, ...]
    reached_by: tuple[str, ...]
    evidence: Confidence


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One row of the checklist: a tick has `effect`; it stops outright for complaints in `stop_regions`."""

    id: str
    effect: Effect
    stop_regions: tuple[str, ...]
    contraindications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The rows in order. `version` changes whenever a row does, and expires every earlier answer (S-30)."""

    version: str
    rows: tuple[ChecklistRow, ...]


@dataclass(frozen=True, slots=True)
class RedFlag(ClinicalEntry):
    """A warning sign. `crisis` flags (S-4, S-15) come before bodily ones and cannot be taken back.

    `silences` are flags whose advice is not given beside the advice of this one, because it would contradict it (S-84).
    """

    urgency: Urgency
    crisis: bool
    applies_to: tuple[str, ...]
    evidence: Confidence
    silences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Technique(ClinicalEntry):
    """A way of pressing, named by a complaint: how often a day, and for how many weeks before looking back."""

    times_a_day: int
    weeks: int | None
    evidence: Confidence


@dataclass(frozen=True, slots=True)
class Area:
    """A body area as a button: the complaint regions and point regions below it, in the order shown.

    `maps` are pictures by point region, each with all points of it.
    """

    id: str
    condition_regions: tuple[str, ...]
    point_regions: tuple[str, ...]
    maps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One checked state of the whole knowledge folder. `version` is the hash of its files."""

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
