"""From words to tokens: every word or set expression becomes the concept it names, spelling slips included."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from bot.domain.language.roles import Role, roles_of
from bot.domain.language.spelling import LEAST, Spelling, is_misspelling
from bot.domain.language.words import NONE, REMEMBERED, STRONG, Break, Word
from bot.domain.texts import Vocabulary

FILLER = "filler"  # the group of words that carry no meaning of their own
OPENING = "open"  # the group of expressions whose words keep their own meaning, too
_FIXED = "as_written"  # the group of words that are no form of another ("legs")
_TELLING = {"body_part", "trouble"}  # groups whose words a slip is first taken for
_EMPTY = {FILLER, "idiom"}  # and those whose words it is last taken for
_PAIR = 2  # expressions are found by so many first words


class Meaning(NamedTuple):
    """What an expression means: the concept it names first, then the groups that concept belongs to; and its roles."""

    concepts: tuple[str, ...]
    roles: int
    known: bool = True


class Token(NamedTuple):
    """One expression of a text, and what it means."""

    concepts: tuple[str, ...]
    roles: int
    known: bool
    start: int  # its words are words[start:end]
    end: int
    gap: Break

    @property
    def own(self) -> str:
        """The concept it names."""
        return self.concepts[0]


class Tokenized(NamedTuple):
    """A text as tokens."""

    tokens: list[Token]
    words: list[Word]  # run-together ones split, split ones joined
    lemmas: list[str]  # what each word is a form of
    roles: int  # those of all tokens together


@dataclass(slots=True)
class Start:
    """The expressions that begin with one word: the word alone, and longer ones by their second word, longest first."""

    alone: Meaning | None
    longer: dict[str, list[tuple[tuple[str, ...], Meaning]]]


class Lexicon:
    """The words of one language. `phrases` are the texts whose words must be known beside the vocabulary's own."""

    def __init__(self, vocabulary: Vocabulary, phrases: Iterable[Sequence[str]]) -> None:
        self._groups = _closure(vocabulary.groups)
        ways = {concept: [tuple(way.split()) for way in each] for concept, each in vocabulary.concepts.items()}
        self._spelling = Spelling(
            (
                {way[0] for each in ways.values() for way in each if len(way) == 1},
                {word for each in ways.values() for way in each for word in way},
                {word for phrase in phrases for word in phrase},
            ),
            _with_misspellings(vocabulary.forms, ways),
            frozenset(vocabulary.groups.get(_FIXED, ())),
            self._ranks(ways),
            frozenset(word for line in vocabulary.plain_words for word in line.split()),
        )
        self._starts = self._by_first_words(ways)
        self._unnamed = lru_cache(maxsize=REMEMBERED)(self._without_concept)

    def known(self, word: str) -> bool:
        return self._spelling.knows(word)

    def is_plain(self, word: str) -> bool:
        return self._spelling.is_plain(word)

    def concepts_of(self, concept: str) -> tuple[str, ...]:
        """The concept and every group it belongs to."""
        return (concept, *self._groups.get(concept, ()))

    def alone(self, lemma: str) -> Meaning:
        """What a word means that is part of no longer expression."""
        start = self._starts.get(lemma)
        return (start.alone if start else None) or self._unnamed(lemma)

    def tokens(self, words: Sequence[Word]) -> Tokenized:
        """The words as tokens: every one of their expressions that stays within its sentence, the longest first."""
        spelled, lemmas = self._spelled(words)
        ends = [at for at, word in enumerate(spelled) if at and word.gap is STRONG] + [len(spelled)]
        found: list[Token] = []
        every = at = 0
        for end in ends:
            while at < end:
                lemma, gap = lemmas[at], spelled[at].gap
                start = self._starts.get(lemma)
                if start is None:
                    concepts, roles, known = self._unnamed(lemma)
                else:
                    if start.longer and at + 1 < end and lemmas[at + 1] in start.longer:
                        length, roles = self._longer(start.longer[lemmas[at + 1]], lemmas[at:end], at, gap, found)
                        every |= roles
                        if length:
                            at += length
                            continue
                        gap = NONE if found and found[-1].start == at else gap
                    concepts, roles, known = start.alone or self._unnamed(lemma)
                found.append(Token(concepts, roles, known, at, at + 1, gap))
                every |= roles
                at += 1
        return Tokenized(found, spelled, lemmas, every)

    def _longer(
        self, expressions: Iterable[tuple[tuple[str, ...], Meaning]], lemmas: Sequence[str], at: int, gap: Break,
        found: list[Token],
    ) -> tuple[int, int]:  # fmt: skip
        """Adds the expressions that begin here, longest first; the length of the one that uses up its words, roles."""
        every = 0
        for expression, meaning in expressions:
            length = len(expression)
            if length == _PAIR or tuple(lemmas[:length]) == expression:
                found.append(Token(*meaning, at, at + length, gap))
                every |= meaning.roles
                if not meaning.roles & Role.OPEN:
                    return length, every
                gap = NONE
        return 0, every

    def _without_concept(self, word: str) -> Meaning:
        return Meaning((word,), Role.NUMBER if word[:1].isdigit() else 0, self.known(word))

    def _ranks(self, ways: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, int]:
        """Names of body parts and feelings come first, then other names, small words and idioms last."""
        ranks: dict[str, int] = {}
        for concept, each in ways.items():
            groups = {*self.concepts_of(concept)}
            rank = 0 if groups & _TELLING else 2 if groups & _EMPTY else 1
            for way in each:
                for word in way:
                    ranks[word] = min(rank + (len(way) > 1), ranks.get(word, LEAST))
        return ranks

    def _spelled(self, words: Sequence[Word]) -> tuple[list[Word], list[str]]:
        """The words, run-together ones split and split ones joined, and what each is a form of."""
        spelled: list[Word] = []
        lemmas: list[str] = []
        known = self._spelling.known_lemma
        for word in words:
            lemma = known(word.text)
            if lemma:
                spelled.append(word)
                lemmas.append(lemma)
                continue
            first, *more = self._spelling.resolve(word.text)
            if not more and spelled and not self.known(first) and self._joins(spelled, lemmas, word):
                continue
            spelled += [word, *(Word(part, "", NONE) for part in more)]
            lemmas += [first, *more]
        return spelled, lemmas

    def _joins(self, spelled: list[Word], lemmas: list[str], word: Word) -> bool:
        """A split word ("consti pation") is put together again, in place of its first half."""
        half = spelled[-1]
        whole = half.text + word.text
        if word.gap is not NONE or self.is_plain(lemmas[-1]) or not self.known(whole):
            return False
        spelled[-1] = Word(whole, f"{half.written} {word.written}", half.gap)
        lemmas[-1] = self._spelling.lemma(whole)
        return True

    def _by_first_words(self, ways: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, Start]:
        lemma = cache(self._spelling.lemma)
        meaning: dict[tuple[str, ...], dict[str, None]] = {}
        for concept, each in ways.items():
            for way in each:
                meaning.setdefault(tuple([lemma(word) for word in way]), {})[concept] = None
        told = cache(self._told)
        index: dict[str, Start] = {}
        for lemmas, concepts in sorted(meaning.items(), key=lambda item: (-len(item[0]), item[0])):
            start = index.setdefault(lemmas[0], Start(None, {}))
            number = lemmas[0] if lemmas[0][:1].isdigit() else ""
            if len(lemmas) == 1:
                start.alone = told(tuple(concepts), number, alone=True)
            else:
                start.longer.setdefault(lemmas[1], []).append((lemmas, told(tuple(concepts), number, alone=False)))
        return index

    def _told(self, concepts: tuple[str, ...], number: str, *, alone: bool) -> Meaning:
        """What an expression says; what a `number` alone counts is read from its digits later."""
        together = self._with_groups(concepts, alone=alone)
        if number and alone:
            together = (number, *together)
        return Meaning(together, roles_of(together) | (Role.NUMBER if number else 0))

    def _with_groups(self, concepts: Sequence[str], *, alone: bool) -> tuple[str, ...]:
        """The concepts and their groups. A word that means something in one of them is no filler."""
        together = tuple(dict.fromkeys(each for concept in concepts for each in self.concepts_of(concept)))
        dropped: set[str] = set()
        if any(FILLER not in self.concepts_of(concept) for concept in concepts):
            dropped = {FILLER, *(each for each in concepts if self.concepts_of(each) == (each, FILLER))}
        if alone or any(OPENING not in self.concepts_of(concept) for concept in concepts):
            dropped.add(OPENING)
        return tuple(each for each in together if each not in dropped)


def _with_misspellings(
    forms: Mapping[str, Sequence[str]], ways: Mapping[str, Iterable[tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """The forms, and for each concept the other spellings of its first name that stand among its ways."""
    found = {base: tuple(each) for base, each in forms.items()}
    for each in ways.values():
        first, *others = [way[0] for way in each if len(way) == 1] or [""]
        near = tuple(word for word in others if is_misspelling(word, first))
        if near:
            found[first] = (*found.get(first, ()), *near)
    return found


def _closure(groups: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each concept, every group it belongs to, groups of groups included."""
    direct: dict[str, list[str]] = {}
    for group, members in groups.items():
        for member in members:
            direct.setdefault(member, []).append(group)

    def above(member: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = list(direct.get(member, ()))
        while waiting:
            group = waiting.pop(0)
            if group not in found:
                found[group] = None
                waiting.extend(direct.get(group, ()))
        return tuple(found)

    return {member: above(member) for member in direct}
