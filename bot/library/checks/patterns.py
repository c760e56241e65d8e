"""Checks that every pattern follows the grammar, and that its words and concepts exist, so that it can match."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.domain.language import numbers
from bot.domain.language.spelling import inflections
from bot.domain.language.words import clean, words
from bot.domain.understanding.pattern_syntax import Line, PatternSyntaxError, parse
from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

Words = Mapping[str, Collection[str]]

LINES = ("signs", "complaints", "refusals", "topics")  # sections whose entries are lists of patterns
_PHRASES = ("conditions", "contraindications")  # entries with names and phrases as people write them


class SourceLine(NamedTuple):
    """A pattern or phrase of the knowledge, and where it is: in `entry`, at the steps `within`."""

    entry: Entry
    within: Steps
    text: str
    plain: bool  # a phrase as people write it, whose words are added to the vocabulary

    def problem(self, text: str, hint: str) -> Problem:
        """Return an error at this line."""
        return self.entry.problem(self.within, text, hint)


def patterns_can_be_read(draft: Draft) -> Iterator[Problem]:
    """Each line must follow the grammar of `bot.domain.understanding.pattern_syntax`."""
    for language in draft.languages:
        for source in source_lines(draft, language):
            if isinstance(fault := parsed(source), PatternSyntaxError):
                yield source.problem(fault.fault, fault.hint)


def concepts_are_known(draft: Draft) -> Iterator[Problem]:
    """Each {name} in a pattern must be a concept or group of the vocabulary, or one that is read from numbers."""
    for source, line, known in _sound_lines(draft):
        for name in dict.fromkeys(name for group in line.groups for name in group.names):
            if name not in known.names:
                hint = did_you_mean(name, known.names, "Add it to the vocabulary, or take it out.")
                yield source.problem(f'unknown concept "{{{name}}}"', hint)


def words_are_known(draft: Draft) -> Iterator[Problem]:
    """Each word of a pattern must be in the vocabulary: an unknown word would be read as a misspelling of another."""
    for source, line, known in _sound_lines(draft):
        unknown = [] if source.plain else [word for word in line.words if not known.has(word)]
        if unknown:
            listed = " and ".join(f'"{word}"' for word in dict.fromkeys(unknown))
            hint = did_you_mean(unknown[0], known.words, "Add it to a concept of the vocabulary, or take it out.")
            yield source.problem(f"no concept and no plain word of the vocabulary has {listed}", hint)


@dataclass(frozen=True)
class _Known:
    """The names of concepts and groups, and the words, in the vocabulary of one language: in `lines`, and its forms."""

    names: Collection[str]
    lines: Collection[str]
    forms: Collection[str]

    @cached_property
    def words(self) -> Collection[str]:
        """All words, cleaned like a message."""
        return {word.text for line in self.lines for word in words(clean(line))} | {*self.forms}

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(form for word in self.words for form in inflections(word))

    def has(self, word: str) -> bool:
        """Whether a word, cleaned like a message, is a number, a word of the vocabulary or a regular form of one."""
        tidied = [each.text for each in words(clean(word))]
        return all(each.isdigit() or each in self.words or each in self._forms for each in tidied)


def source_lines(draft: Draft, language: str) -> Iterable[SourceLine]:
    """Return all lines and phrases that become patterns, except those in invalid entries."""
    for section in LINES:
        for merged in draft.entries(f"{language}/{section}").values():
            for entry in (merged, *merged.joined) if merged.value is not None else ():
                yield from _listed(entry)
    for section in _PHRASES:
        for entry in draft.entries(f"{language}/{section}").values():
            for within, text in _phrases(entry):
                yield SourceLine(entry, within, text, plain=True)


def _listed(entry: Entry) -> Iterable[SourceLine]:
    for index, text in enumerate(_stripped(entry.raw)):
        yield SourceLine(entry, (index,), text, plain=False)


def _phrases(entry: Entry) -> Iterable[tuple[Steps, str]]:
    if entry.value is None:
        return
    yield from ((("phrases", index), text) for index, text in enumerate(entry.value.phrases))
    if states := getattr(entry.value, "states", None):  # only complaints have it; their names become patterns, too
        yield from ((("states", text), text) for text in states)
    if hasattr(entry.value, "states"):
        yield ("name",), entry.value.name


def _stripped(raw: object) -> Iterable[str]:
    """Return the items of a raw list as stripped texts, valid or not. Empty if it is no list."""
    return [str(text).strip() for text in raw] if isinstance(raw, list) else []


def parsed(source: SourceLine) -> Line | PatternSyntaxError:
    """Return the parsed line, or the error if it breaks the grammar."""
    try:
        return parse(source.text, plain=source.plain)
    except PatternSyntaxError as error:
        return error


def _sound_lines(draft: Draft) -> Iterator[tuple[SourceLine, Line, _Known]]:
    """Yield the lines that follow the grammar, in the languages whose vocabulary could be read."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("concepts", "groups", "forms", "plain_words")]
        if not draft.incomplete.isdisjoint(sections):
            continue
        known = _known(*(draft.sound(section) for section in sections))
        for source in source_lines(draft, language):
            if isinstance(line := parsed(source), Line):
                yield source, line, known


def _known(concepts: Words, groups: Words, forms: Words, plain: Words) -> _Known:
    lines = [line for each in (concepts, forms, plain) for ways in each.values() for line in ways]
    return _Known({*numbers.CONCEPTS, *concepts, *groups}, lines, forms.keys())
