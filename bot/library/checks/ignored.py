"""What stands in a line of patterns and would be passed over: small words, and a "not" that denies nothing.

Only a `Lexicon` can tell, which takes a second to build: this runs where the worked cases do.
"""

from collections.abc import Iterator

from bot.domain.language.lexicon import FILLER, Lexicon
from bot.domain.language.roles import Role
from bot.domain.language.words import words
from bot.domain.texts import Vocabulary
from bot.domain.understanding.pattern_syntax import Chunk, Group, Line
from bot.domain.understanding.patterns import SLOT, TextReader
from bot.library.checks.patterns import parsed, written_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

_NEGATION = "negation"  # the group of words that deny
_OF_LEXICON = ("concepts", "groups", "forms")


def ignored_words(draft: Draft) -> Iterator[Problem]:
    """Every word and name of a line is asked for. In a phrase without `{name}` small words are natural, and allowed."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in (*_OF_LEXICON, "plain_words")]
        if draft.incomplete.isdisjoint(sections):
            yield from _ignored(draft, language)


def _ignored(draft: Draft, language: str) -> Iterator[Problem]:
    concepts, groups, forms = (draft.sound(f"{language}/{each}") for each in _OF_LEXICON)
    asked = _Asked(Vocabulary(concepts, groups, forms))
    for written in written_lines(draft, language):
        line = parsed(written)
        if isinstance(line, Line) and line.groups:
            for fault, hint in asked.faults(line):
                yield written.problem(fault, hint)


class _Asked:
    """Tells what a pattern can ask for in one language."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(vocabulary, ())
        self._reader = TextReader(self._lexicon)
        self._sayable: dict[str, bool] = {}

    def faults(self, line: Line) -> Iterator[tuple[str, str]]:
        """Each fault of a line, with a hint."""
        for name in dict.fromkeys(name for group in line.groups for name in group.names):
            if _NEGATION in self._lexicon.concepts_of(name):
                yield f'"{{{name}}}" is what denies, not what is denied', 'Write "not {name}".'
            elif not self._can_be_said(name):
                yield f'"{{{name}}}" is a small word ("filler") that no pattern can ask for', "Take it out."
        for chunk in line.chunks:
            if not all(isinstance(item, Group) for item in chunk.items):
                yield from self._words(chunk)

    def _words(self, chunk: Chunk) -> Iterator[tuple[str, str]]:
        heard = self._reader.analyse(" ".join(SLOT if isinstance(item, Group) else item.text for item in chunk.items))
        denying = ""
        for index, token in enumerate(heard.tokens):
            said = " ".join(word.written for word in heard.words[token.start : token.end])
            if heard.content[index]:
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
        """The concepts of a group and of the groups in it, or the concept itself."""
        found, waiting = dict.fromkeys([name]), [name]
        while waiting:
            for each in self._vocabulary.groups.get(waiting.pop(), ()):
                if each not in found:
                    found[each] = None
                    waiting.append(each)
        return list(found)

    def _is_content(self, concept: str) -> bool:
        """Whether it is no filler, or shares a way of saying it with a concept that is none."""
        if FILLER not in self._lexicon.concepts_of(concept):
            return True
        ways = self._vocabulary.concepts.get(concept, ())
        tokens = (token for way in ways for token in self._lexicon.tokens(words(way)).tokens)
        return any(concept in token.concepts and not token.roles & Role.FILLER for token in tokens)
