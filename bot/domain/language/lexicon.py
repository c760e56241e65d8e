"""From words to tokens: each word or set expression becomes the concept it names, misspelled or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from bot.domain.language.hesitations import Hesitations
from bot.domain.language.roles import Role, roles_of
from bot.domain.language.spelling import LAST_RANK, Spelling, is_misspelling
from bot.domain.language.words import CACHED_WORDS, NONE, STRONG, Break, Word, is_drawn_out
from bot.domain.texts import Vocabulary

FILLER = "filler"  # the group of small words without a meaning of their own
OPEN = "open"  # the group of expressions whose words keep their own meaning, too
_AS_WRITTEN = "as_written"  # the group of words that have no other forms and are no form of another ("legs")
_CORRECTED_FIRST = {"body_part", "trouble"}  # a misspelled word is corrected to one of these groups if it can,
_CORRECTED_LAST = {FILLER, "idiom"}  # and to one of these only if nothing else is near
_PAIR = 2  # expressions are looked up by this many first words


class Meaning(NamedTuple):
    """What an expression means: the concept it names, then the groups of that concept; and their roles, as bits.

    `known` is False for a word that the vocabulary does not have.
    """

    concepts: tuple[str, ...]
    roles: int
    known: bool = True


class Token(NamedTuple):
    """One word or expression of a text, and what it means (see `Meaning`)."""

    concepts: tuple[str, ...]
    roles: int
    known: bool
    start: int  # its words are words[start:end]
    end: int
    gap: Break  # before it

    @property
    def concept(self) -> str:
        """The concept it names; for a word without one, the lemma."""
        return self.concepts[0]


class Tokenized(NamedTuple):
    """A text as tokens. `words` and `lemmas` have the same length."""

    tokens: list[Token]
    words: list[Word]  # with run-together ones split and split ones joined
    lemmas: list[str]  # what each word is a form of
    roles: int  # those of all tokens together


@dataclass(slots=True)
class Start:
    """The expressions that begin with one lemma: itself, and longer ones by their second lemma, longest first."""

    single: Meaning | None
    longer: dict[str, list[tuple[tuple[str, ...], Meaning]]]


class Lexicon:
    """The words of one language.

    `phrases` are texts, as words, whose words are known beside those of the vocabulary.
    """

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
            frozenset(vocabulary.groups.get(_AS_WRITTEN, ())),
            self._ranks(ways),
            frozenset(word for line in vocabulary.plain_words for word in line.split()),
        )
        self._starts = self._by_first_words(ways)
        self.without_hesitations = Hesitations(vocabulary, self._roles_of_word).left_out
        self._unnamed = lru_cache(maxsize=CACHED_WORDS)(self._without_concept)

    def known(self, word: str) -> bool:
        """Whether the tidied word is in the vocabulary or the phrases, in any form."""
        return self._spelling.knows(word)

    def is_plain(self, word: str) -> bool:
        """Whether it is an everyday word, which is never corrected."""
        return self._spelling.is_plain(word)

    def is_corrected(self, word: Word) -> bool:
        """Whether it is read as a known word that is spelled otherwise, which may not be what was meant (S-82).

        Drawn-out words ("strooooke") are spelled right, and so are two words run together.
        """
        if not self._spelling.is_corrected(word.text):
            return False
        return not (is_drawn_out(word.written) and self._spelling.is_known_without_doubles(word.text))

    def concepts_of(self, concept: str) -> tuple[str, ...]:
        """The concept, then every group it belongs to, directly or through other groups."""
        return (concept, *self._groups.get(concept, ()))

    def single_word(self, lemma: str) -> Meaning:
        """What a word means by itself, outside longer expressions."""
        start = self._starts.get(lemma)
        return (start.single if start else None) or self._unnamed(lemma)

    def respelled(self, words: Sequence[Word]) -> Iterator[list[Word]]:
        """The words with each misspelled one read as another that is as near: one list for each try."""
        others = {word.text: meant for word in words if (meant := self._spelling.others_meant(word.text))}
        for at in range(max(map(len, others.values()), default=0)):
            yield [
                word._replace(text=others[word.text][at]) if at < len(others.get(word.text, ())) else word
                for word in words
            ]

    def _roles_of_word(self, word: str) -> int:
        return self.single_word(self._spelling.lemma(word)).roles

    def tokens(self, words: Sequence[Word]) -> Tokenized:
        """The words as tokens: the longest expression at each word, none of which goes beyond its sentence."""
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
                    concepts, roles, known = start.single or self._unnamed(lemma)
                found.append(Token(concepts, roles, known, at, at + 1, gap))
                every |= roles
                at += 1
        return Tokenized(found, spelled, lemmas, every)

    def _longer(
        self, expressions: Iterable[tuple[tuple[str, ...], Meaning]], lemmas: Sequence[str], at: int, gap: Break,
        found: list[Token],
    ) -> tuple[int, int]:  # fmt: skip
        """Adds the tokens of the expressions that begin at `at`, longest first, to `found`.

        Returns the length of the one that uses up its words (0 if all are open), and the roles of all.
        """
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
        """The rank of each word among corrections: body parts and feelings first, fillers and idioms last."""
        ranks: dict[str, int] = {}
        for concept, each in ways.items():
            groups = {*self.concepts_of(concept)}
            rank = 0 if groups & _CORRECTED_FIRST else 2 if groups & _CORRECTED_LAST else 1
            for way in each:
                for word in way:
                    ranks[word] = min(rank + (len(way) > 1), ranks.get(word, LAST_RANK))
        return ranks

    def _spelled(self, words: Sequence[Word]) -> tuple[list[Word], list[str]]:
        """The words, with run-together ones split and split ones joined, and their lemmas."""
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
        """Joins the second half of a split word ("consti pation") to the last word. Returns whether it did."""
        half = spelled[-1]
        whole = half.text + word.text
        if word.gap is not NONE or self.is_plain(lemmas[-1]) or not self.known(whole):
            return False
        spelled[-1] = Word(whole, f"{half.written} {word.written}", half.gap)
        lemmas[-1] = self._spelling.lemma(whole)
        return True

    def _by_first_words(self, ways: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, Start]:
        lemma = cache(self._spelling.lemma)
        named: dict[tuple[str, ...], dict[str, None]] = {}  # the concepts of each expression
        for concept, each in ways.items():
            for way in each:
                named.setdefault(tuple([lemma(word) for word in way]), {})[concept] = None
        meaning_of = cache(self._meaning)
        index: dict[str, Start] = {}
        for lemmas, concepts in sorted(named.items(), key=lambda item: (-len(item[0]), item[0])):
            start = index.setdefault(lemmas[0], Start(None, {}))
            number = lemmas[0] if lemmas[0][:1].isdigit() else ""
            if len(lemmas) == 1:
                start.single = meaning_of(tuple(concepts), number, single=True)
            else:
                start.longer.setdefault(lemmas[1], []).append(
                    (lemmas, meaning_of(tuple(concepts), number, single=False))
                )
        return index

    def _meaning(self, concepts: tuple[str, ...], number: str, *, single: bool) -> Meaning:
        """The meaning of an expression. `number` is its first word if that is one; a single one keeps its digits."""
        together = self._with_groups(concepts, single=single)
        if number and single:
            together = (number, *together)
        return Meaning(together, roles_of(together) | (Role.NUMBER if number else 0))

    def _with_groups(self, concepts: Sequence[str], *, single: bool) -> tuple[str, ...]:
        """The concepts and their groups. What is a filler in one concept only is none, and no single word is open."""
        together = tuple(dict.fromkeys(each for concept in concepts for each in self.concepts_of(concept)))
        dropped: set[str] = set()
        if any(FILLER not in self.concepts_of(concept) for concept in concepts):
            dropped = {FILLER, *(each for each in concepts if self.concepts_of(each) == (each, FILLER))}
        if single or any(OPEN not in self.concepts_of(concept) for concept in concepts):
            dropped.add(OPEN)
        return tuple(each for each in together if each not in dropped)


def _with_misspellings(
    forms: Mapping[str, Sequence[str]], ways: Mapping[str, Iterable[tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """The forms, and as forms of the first name of each concept its misspellings among the other names."""
    found = {base: tuple(each) for base, each in forms.items()}
    for each in ways.values():
        first, *others = [way[0] for way in each if len(way) == 1] or [""]
        near = tuple(word for word in others if is_misspelling(word, first))
        if near:
            found[first] = (*found.get(first, ()), *near)
    return found


def _closure(groups: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each concept and group, every group it belongs to, directly or through other groups."""
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
