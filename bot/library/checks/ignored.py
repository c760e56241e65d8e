"""Checks patterns for parts that would be ignored: small words ("filler"), and a "not" that denies nothing.

This needs a `Lexicon`, which takes a second to build, so it runs together with the worked cases.
"""

from collections.abc import Iterator

from bot.domain.language.lexicon import FILLER, Lexicon
from bot.domain.language.roles import Role
from bot.domain.language.words import words
from bot.domain.texts import Vocabulary
from bot.domain.understanding.pattern_syntax import Chunk, Group, Line
from bot.domain.understanding.patterns import SLOT, TextReader
from bot.library.checks.patterns import parsed, source_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

_NEGATION = "negation"  # the group of words that deny
_OF_LEXICON = ("concepts", "groups", "forms")


def ignored_words(draft: Draft) -> Iterator[Problem]:
    """Each word and name of a pattern must have an effect. In a line without `{name}`, small words are allowed."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in (*_OF_LEXICON, "plain_words")]
        if draft.incomplete.isdisjoint(sections):
            yield from _ignored(draft, language)


def _ignored(draft: Draft, language: str) -> Iterator[Problem]:
    concepts, groups, forms = (draft.sound(f"{language}/{each}") for each in _OF_LEXICON)
    matchable = _Matchable(Vocabulary(concepts, groups, forms))
    for source in source_lines(draft, language):
        line = parsed(source)
        if isinstance(line, Line) and line.groups:
            for fault, hint in matchable.faults(line):
                yield source.problem(fault, hint)


class _Matchable:
    """Knows what a pattern in one language can match."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(vocabulary, ())
        self._reader = TextReader(self._lexicon)
        self._sayable: dict[str, bool] = {}

    def faults(self, line: Line) -> Iterator[tuple[str, str]]:
        """Yield each fault of a line with a hint."""
        for name in dict.fromkeys(name for group in line.groups for name in group.names):
            if _NEGATION in self._lexicon.concepts_of(name):
                yield f'"{{{name}}}" is what denies, not what is denied', 'Write "not {name}".'
            elif not self._can_be_said(name):
                yield f'"{{{name}}}" is a small word ("filler") that no pattern can ask for', "Take it out."
        for chunk in line.chunks:
            if not all(isinstance(item, Group) for item in chunk.items):
                yield from self._words(chunk)

    def _words(self, chunk: Chunk) -> Iterator[tuple[str, str]]:
        utterance = self._reader.analyse(
            " ".join(SLOT if isinstance(item, Group) else item.text for item in chunk.items)
        )
        denying = ""
        for index, token in enumerate(utterance.tokens):
            said = " ".join(word.written for word in utterance.words[token.start : token.end])
            if utterance.content[index]:
                denying = ""
            elif token.roles & Role.NEGATION and not denying:
                denying = said
            else:
                yield f'"{said}" in "{chunk}" is a small word ("filler") that is passed over', "Take it out."
        if denying:
            yield f'"{denying}" in "{chunk}" has nothing behind it to deny', "Move it before what is denied."

    def _can_be_said(self, name: str) -> bool:
        if name not in self._sayable:
            self._sayable[name] = any(map(self._is_content, self._concepts(name)))
        return self._sayable[name]

    def _concepts(self, name: str) -> list[str]:
        """Return the name itself and, if it is a group, all its members, those of groups within it included."""
        found, waiting = dict.fromkeys([name]), [name]
        while waiting:
            for each in self._vocabulary.groups.get(waiting.pop(), ()):
                if each not in found:
                    found[each] = None
                    waiting.append(each)
        return list(found)

    def _is_content(self, concept: str) -> bool:
        """Whether the concept is no filler, or shares a word or expression with a concept that is no filler."""
        if FILLER not in self._lexicon.concepts_of(concept):
            return True
        ways = self._vocabulary.concepts.get(concept, ())
        tokens = (token for way in ways for token in self._lexicon.tokens(words(way)).tokens)
        return any(concept in token.concepts and not token.roles & Role.FILLER for token in tokens)
