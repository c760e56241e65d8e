"""What is said and understood in one language: frozen types, filled by `bot.library` from `texts/<language>`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PointText:
    """A point in one language. `find_again` is the second description, `how` says what to press with."""

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

    `states` maps one of `phrases` to the contraindication it states. `instead` is what to do for a complaint that
    gets no points, or that a doctor should see first.
    """

    name: str
    phrases: tuple[str, ...]
    evidence: str
    instead: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A complaint's red-flag question: signs that need help now, and signs that need advice today.

    `note` ends what is said after a yes; it may name {emergency} and {crisis}, and is mostly empty.
    """

    emergency: tuple[str, ...]
    same_day: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RowText:
    """A checklist row: its full line, its short button, and what a stop for it says."""

    line: str
    label: str
    why: str
    stop: str


@dataclass(frozen=True, slots=True)
class ContraindicationText:
    """A contraindication: what it is called, what is said when it applies, and phrases that state it."""

    name: str
    why: str
    says: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlagText:
    """A red flag: `name` completes "Earlier you told me about ..."; the first sentence of `advice` is the action.

    `first_act`, if any, is the headline: what to do even before the call, and the call in the same sentence (S-3).
    `signs` are patterns (see `bot.domain.understanding.patterns`); `look_alikes` must not raise it.
    """

    name: str
    advice: str
    signs: tuple[str, ...]
    look_alikes: tuple[str, ...]
    first_act: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language. `concepts` maps a concept to the ways of saying it; the rest names their role.

    `groups` maps a role (body_part, sensation, negation, past, other_person, child, filler, ...) to its concepts.
    `forms` maps a word to its irregular forms (feel: felt). `complaints` maps a condition to patterns that mean it
    (`{knee} {trouble}`), beside its phrases. `accounts_for` maps a condition to those that are part of it when it is
    named itself. `plain_words` are everyday words that are never taken for a typo.
    """

    concepts: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complaints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accounts_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything said and understood in one language. `phrases` are the fixed texts, by dotted key."""

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
