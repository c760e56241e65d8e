"""The formats of all entries of the knowledge files. Field names are those of `bot.domain.knowledge`."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.domain.knowledge import (
    MOST_POINTS,
    Confidence,
    Effect,
    EvidenceKind,
    Motion,
    PregnancyRule,
    Pressure,
    Reach,
    Tier,
    Urgency,
)

WORDED = "worded"  # the type of errors that have a text and hint of their own

_REVIEW = re.compile(r"\S.*, (\d{4}-\d{2}-\d{2})")


def fault(text: str, hint: str) -> PydanticCustomError:
    """Return an error with its own text and hint, for `bot.library.reading.faults`."""
    return PydanticCustomError(WORDED, "{text}", {"text": text, "hint": hint})


def _yes_or_no(value: object) -> object:
    if value in ("yes", "no"):
        return value == "yes"
    raise fault(f'must be yes or no, not "{value}"', "Write yes or no.")


def _review(value: str) -> str:
    found = _REVIEW.fullmatch(value)
    try:
        if value == "not yet" or (found and date.fromisoformat(found[1])):
            return value
    except ValueError:
        pass  # no such day: raised below, like any other wrong review line
    raise fault(f'is not a review line: "{value}"', 'Write "not yet" or "NAME, YYYY-MM-DD".')


def _none(value: object) -> object:
    return None if value == "none" else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MaybeText = Annotated[str, StringConstraints(strip_whitespace=True)]
Texts = tuple[Text, ...]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
IdOrNone = Annotated[Text | None, BeforeValidator(_none)]
Review = Annotated[Text, AfterValidator(_review)]
Sources = Annotated[Texts, Field(min_length=1)]
ReachedBy = Literal[
    "checklist",
    "question",
    "stated_text",
    "where_not_to_press",
    "second_lock",
    "tier",
    "point_card",
    "card_text",
    "doctor_notice",
    "help_text",
]


def _at_most(number: int) -> StringConstraints:
    return StringConstraints(max_length=number)


class FileModel(BaseModel):
    """One entry of a file. It may have no key beyond its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Clinical(FileModel):
    """The fields of every clinical entry (S-75)."""

    sources: Sources
    reviewed: Review


class PointFile(Clinical):
    """A point. `seconds` is how long to press it, `repeats` how often."""

    pinyin: Text
    pinyin_plain: Text
    hanzi: Text
    region: Text
    bilateral: YesNo
    avoid_in_pregnancy: PregnancyRule
    seconds: Annotated[int, Field(ge=1, le=600)]
    repeats: Annotated[int, Field(ge=1, le=20)]
    pressure: Pressure
    motion: Motion
    reach: Reach
    contraindications: Texts
    pictures: Texts
    film: Text = ""
    both_at_once: YesNo = False
    evidence: Confidence


class ConditionFile(Clinical):
    """A complaint."""

    region: Text
    tier: Tier
    points: Annotated[Texts, Field(max_length=MOST_POINTS)]
    more_points: Texts
    points_not_offered: Texts
    question: IdOrNone
    technique: IdOrNone
    evidence: EvidenceKind


class RowFile(FileModel):
    """A row of the checklist."""

    id: Text
    effect: Effect
    stop_regions: Texts
    contraindications: Texts


class ContraindicationFile(Clinical):
    """A contraindication."""

    effect: Effect
    points: Texts
    regions: Texts
    reached_by: Annotated[tuple[ReachedBy, ...], Field(min_length=1)]
    evidence: Confidence


class RedFlagFile(Clinical):
    """A red flag."""

    urgency: Urgency
    crisis: YesNo
    applies_to: Annotated[Texts, Field(min_length=1)]
    silences: Texts = ()
    sure_after: Texts = ()
    evidence: Confidence


class TechniqueFile(Clinical):
    """How often to press, and for how many weeks before looking back (None if that is not set)."""

    times_a_day: Annotated[int, Field(ge=1, le=4)]
    weeks: Annotated[Annotated[int, Field(ge=1, le=26)] | None, BeforeValidator(_none)]
    evidence: Confidence


class SourceFile(FileModel):
    """A source that clinical entries cite."""

    title: Text
    link: Text
    date: IdOrNone


class AreaFile(FileModel):
    """An area of the body with its regions. `maps` has the picture of a region of points."""

    id: Text
    condition_regions: Texts
    point_regions: Texts
    maps: dict[Text, Text] = {}


class PointTextFile(FileModel):
    """The text of a point in one language."""

    name: Text
    aliases: Texts
    find: Annotated[Text, _at_most(190)]
    find_again: Annotated[Text, _at_most(230)]
    feel: Annotated[Text, _at_most(90)]
    how: Annotated[Text, _at_most(90)]
    posture: Annotated[MaybeText, _at_most(80)]
    caution: Annotated[MaybeText, _at_most(130)]


class ConditionTextFile(FileModel):
    """The text of a complaint. `states` has the contraindication that a phrase states."""

    name: Annotated[Text, _at_most(60)]
    evidence: Annotated[Text, _at_most(220)]
    instead: Annotated[MaybeText, _at_most(400)]
    states: dict[str, Text]
    phrases: Annotated[Texts, Field(min_length=1)]


class QuestionTextFile(FileModel):
    """The warning signs that a question asks about, by urgency."""

    emergency: Annotated[Texts, Field(min_length=1)]
    same_day: Texts
    note: MaybeText = ""


class RowTextFile(FileModel):
    """The text of a row of the checklist."""

    line: Annotated[Text, _at_most(100)]
    label: Annotated[Text, _at_most(30)]
    why: Annotated[Text, _at_most(160)]
    stop: Annotated[Text, _at_most(300)]


class ContraindicationTextFile(FileModel):
    """The text of a contraindication, and the phrases that state it."""

    name: Text
    why: Text
    says: Annotated[MaybeText, _at_most(200)]
    phrases: Texts


class RedFlagTextFile(FileModel):
    """The text of a red flag. `look_alikes` are messages that must not raise it."""

    name: Text
    first_act: Annotated[MaybeText, _at_most(80)] = ""
    advice: Annotated[Text, _at_most(500)]
    look_alikes: Texts


Asked = Annotated[Text, _at_most(90)]
Label = Annotated[Text, _at_most(60)]
AreaLabel = Annotated[Text, _at_most(30)]
TechniqueText = Annotated[Text, _at_most(220)]
Gloss = Annotated[Text, _at_most(160)]  # what a group of the vocabulary means, for editors


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Ids = Annotated[Texts, BeforeValidator(_one_or_more)]  # one id, or a list of them


class ExpectFile(FileModel):
    """The expected outcome of a case. Keys that are left out may have any outcome."""

    condition: Ids | None = None  # exactly these complaints are accepted
    offered: Ids | None = None  # these complaints are among those offered
    points: Texts | None = None  # exactly these points are shown, in this order; [] for none
    never: Ids = ()  # none of these points is shown
    left_out: Ids = ()  # these points are left out because of the answers
    refer: Ids | None = None  # these complaints are referred
    stop: Ids | None = None  # these rows or contraindications stop everything
    states: Ids = ()  # the text itself states these rows or contraindications
    flag: Ids | None = None  # these red flags are raised; `none` for no red flag that stops


class CaseFile(FileModel):
    """A worked case: a message, the answers to all questions, and the expected outcome."""

    case: Text
    say: Text
    ticked: Ids = ()  # rows of the checklist
    answered: Literal["none", "yes"] = "none"  # to the red-flag question
    doctor: YesNo = True  # a doctor has checked it, where that is asked
    others: Literal["any"] | None = None  # `any`: every combination of the other rows is tried, too
    expect: ExpectFile
