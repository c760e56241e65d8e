"""Every line of patterns is one that the grammar has, and every word and concept in it is one that somebody can say."""

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

LINES = ("signs", "complaints", "refusals")  # maps from an id to lines
_PHRASES = ("conditions", "contraindications")  # entries with names and phrases as people write them


class Written(NamedTuple):
    """A line or phrase of the knowledge, and where it stands."""

    entry: Entry
    within: Steps
    text: str
    plain: bool  # a phrase as people write it, whose words teach the vocabulary

    def problem(self, text: str, hint: str) -> Problem:
        """An error at this line."""
        return self.entry.problem(self.within, text, hint)


def patterns_can_be_read(draft: Draft) -> Iterator[Problem]:
    """Each line follows the grammar of `bot.domain.understanding.pattern_syntax` to the letter."""
    for language in draft.languages:
        for written in written_lines(draft, language):
            if isinstance(fault := parsed(written), PatternSyntaxError):
                yield written.problem(fault.fault, fault.hint)


def concepts_are_known(draft: Draft) -> Iterator[Problem]:
    """Each {name} in a pattern is a concept or a group of the vocabulary, or something that numbers say."""
    for written, line, known in _sound_lines(draft):
        for name in dict.fromkeys(name for group in line.groups for name in group.names):
            if name not in known.names:
                hint = did_you_mean(name, known.names, "Add it to the vocabulary, or take it out.")
                yield written.problem(f'unknown concept "{{{name}}}"', hint)


def words_are_known(draft: Draft) -> Iterator[Problem]:
    """Each word of a line is in the vocabulary, else nobody's message has it: an unknown word is read as a slip."""
    for written, line, known in _sound_lines(draft):
        unknown = [] if written.plain else [word for word in line.words if not known.has(word)]
        if unknown:
            listed = " and ".join(f'"{word}"' for word in dict.fromkeys(unknown))
            hint = did_you_mean(unknown[0], known.written, "Add it to a concept of the vocabulary, or take it out.")
            yield written.problem(f"no concept and no plain word of the vocabulary has {listed}", hint)


@dataclass(frozen=True)
class _Known:
    """The names and the words of one language's vocabulary."""

    names: Collection[str]
    written: Collection[str]

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(form for word in self.written for form in inflections(word))

    def has(self, word: str) -> bool:
        """Whether a word, as it is tidied in messages, is written in the vocabulary or is a regular form of one."""
        tidied = [each.text for each in words(clean(word))]
        return all(each.isdigit() or each in self.written or each in self._forms for each in tidied)


def written_lines(draft: Draft, language: str) -> Iterable[Written]:
    """All lines and phrases that become patterns, those of faulty entries left out."""
    for section in LINES:
        for merged in draft.entries(f"{language}/{section}").values():
            for entry in (merged, *merged.joined) if merged.value is not None else ():
                yield from _listed(entry)
    for section in _PHRASES:
        for entry in draft.entries(f"{language}/{section}").values():
            for within, text in _phrases(entry):
                yield Written(entry, within, text, plain=True)


def _listed(entry: Entry) -> Iterable[Written]:
    for place, text in enumerate(written_texts(entry.raw)):
        yield Written(entry, (place,), text, plain=False)


def _phrases(entry: Entry) -> Iterable[tuple[Steps, str]]:
    if entry.value is None:
        return
    yield from ((("phrases", place), text) for place, text in enumerate(entry.value.phrases))
    if states := getattr(entry.value, "states", None):  # a complaint's; its name becomes a pattern, too
        yield from ((("states", text), text) for text in states)
    if hasattr(entry.value, "states"):
        yield ("name",), entry.value.name


def written_texts(raw: object) -> Iterable[str]:
    """The texts of a list as it is written, sound or not, without the blanks around them."""
    return [str(text).strip() for text in raw] if isinstance(raw, list) else []


def parsed(written: Written) -> Line | PatternSyntaxError:
    """The line, or what is wrong with it."""
    try:
        return parse(written.text, plain=written.plain)
    except PatternSyntaxError as error:
        return error


def _sound_lines(draft: Draft) -> Iterator[tuple[Written, Line, _Known]]:
    """The lines that the grammar has, of the languages whose vocabulary could be read."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("concepts", "groups", "forms", "plain_words")]
        if not draft.incomplete.isdisjoint(sections):
            continue
        known = _known(*(draft.sound(section) for section in sections))
        for written in written_lines(draft, language):
            if isinstance(line := parsed(written), Line):
                yield written, line, known


def _known(concepts: Words, groups: Words, forms: Words, plain: Words) -> _Known:
    lines = (line for each in (concepts, forms, plain) for ways in each.values() for line in ways)
    tidied = {word.text for line in lines for word in words(clean(line))}
    return _Known({*numbers.CONCEPTS, *concepts, *groups}, tidied | forms.keys())
