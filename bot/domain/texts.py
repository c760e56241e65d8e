"""The texts and the vocabulary of one language as frozen types, filled by `bot.library` from `texts/<language>`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PointText:
    """A point in one language. `find_again` describes it in other words; `how` says what to press with."""

    name: str
    aliases: tuple[str, ...]
    find: str
    find_again: str
    feel: str
    how: str
    posture: str
    caution: str


@dataclass(frozen=True, slots=True)
class ConditionText:
    """A complaint in one language.

    `states` maps a phrase to the id of the contraindication that it states. `instead` says what to do if the
    complaint gets no points, or should be seen by a doctor first.
    """

    name: str
    phrases: tuple[str, ...]
    evidence: str
    instead: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The red-flag question of a complaint: signs that need help now, and signs that need advice today.

    `note` is added to the advice after a yes; it may contain {emergency} and {crisis}, and is mostly "".
    """

    emergency: tuple[str, ...]
    same_day: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RowText:
    """A row of the checklist: its full line, the label of its button, why it matters, and the text of a stop for it."""

    line: str
    label: str
    why: str
    stop: str


@dataclass(frozen=True, slots=True)
class ContraindicationText:
    """A contraindication: its name, why it matters, what is said when it applies, and phrases that state it."""

    name: str
    why: str
    says: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlagText:
    """A red flag.

    `name` completes "Earlier you told me about ...". The first sentence of `advice` says what to do. `signs` are
    patterns (see `bot.domain.understanding.patterns`), `look_alikes` are messages that must not raise it.
    `first_act`, if any, is the headline: what to do even before the call, and the call in the same sentence (S-3).
    `asked` is the question when it is half heard.
    """

    name: str
    advice: str
    signs: tuple[str, ...]
    look_alikes: tuple[str, ...]
    asked: str
    first_act: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    `concepts` maps a concept to the words and expressions for it. `groups` maps a group or a role (body_part, trouble,
    negation, other_person, filler, ...) to its concepts and groups.
    `forms` maps a word to its irregular forms (feel: felt). `complaints` maps a complaint to its patterns
    (`{knee} {trouble}`), in addition to its phrases. `accounts_for` maps a complaint to those that are part of it when
    it is mentioned itself. `plain_words` are everyday words that are never corrected.
    """

    concepts: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complaints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accounts_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of one language, by id of what they belong to. `phrases` are the fixed texts, by dotted key.

    `topics` are the patterns of what a message after a warning may be about, the one that counts first comes first.
    """

    language: str
    phrases: Mapping[str, str]
    points: Mapping[str, PointText]
    ambiguous_points: Mapping[str, tuple[str, ...]]
    unknown_points: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, ConditionText]
    questions: Mapping[str, QuestionText]
    checklist: Mapping[str, RowText]
    contraindications: Mapping[str, ContraindicationText]
    red_flags: Mapping[str, RedFlagText]
    techniques: Mapping[str, str]
    areas: Mapping[str, str]
    regions: Mapping[str, str]
    meridians: Mapping[str, str]
    refusals: Mapping[str, tuple[str, ...]]
    vocabulary: Vocabulary
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
