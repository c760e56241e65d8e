"""What each token of a text is said about: its clause, whether it is denied, and whether it is about today.

The roles (negation, joining, ...) are groups of the vocabulary; `Roles` names those that this module reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from bot.domain.vocabulary import FILLER, Token
from bot.domain.words import Break, Word

NEGATION_REACH = 7  # content tokens a "no" reaches at most within its clause
LIST_REACH = 9  # tokens from a comma to the "or" that ends a denied list
IMPAIRED_REACH = 3  # content tokens between "can't" and what cannot be done
_BEGINNERS = {"pronoun", "possessive"}
_LIST_ENDS = {"negation", "pronoun", "possessive", "clause_break", "and"}


class Polarity(IntEnum):
    SAID = 0
    DENIED = 1  # "no fever"
    IMPAIRED = 2  # "can't sleep", "trouble sleeping"


@dataclass(slots=True)
class Heard:
    """A text, analysed. The lists run parallel to `tokens`; `at` finds the tokens of a concept."""

    words: Sequence[Word]
    tokens: Sequence[Token]
    content: list[bool]
    place: list[int]  # how many content tokens stand before it
    sentence: list[int]
    clause: list[int]
    polarity: list[Polarity]
    live: list[bool]  # False for the past, hearsay and what-ifs
    at: dict[str, list[int]] = field(default_factory=dict)

    def written(self, tokens: Sequence[int]) -> tuple[str, ...]:
        """The words of these tokens as the person wrote them."""
        spans = sorted({(self.tokens[token].start, self.tokens[token].end) for token in tokens})
        joined: list[list[int]] = []
        for start, end in spans:
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(end, joined[-1][1])
            else:
                joined.append([start, end])
        return tuple(" ".join(word.written for word in self.words[start:end] if word.written) for start, end in joined)


def hear(words: Sequence[Word], tokens: Sequence[Token]) -> Heard:
    """Reads the scope of every token in one pass, then what its clause says about time."""
    reader = _Reader(tokens)
    for index in range(len(tokens)):
        reader.step(index)
    heard = Heard(
        words, tokens, reader.content, reader.place, reader.sentence, reader.clause, reader.polarity,
        [True] * len(tokens),
    )  # fmt: skip
    _mark_dead(heard)
    for index, token in enumerate(tokens):
        if heard.content[index]:
            for concept in token.concepts:
                heard.at.setdefault(concept, []).append(index)
    return heard


def is_content(token: Token) -> bool:
    return FILLER not in token.concepts


class _Reader:
    """Walks over the tokens with the scopes that are open."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.content = [is_content(token) for token in tokens]
        self.place: list[int] = []
        self.sentence: list[int] = []
        self.clause: list[int] = []
        self.polarity: list[Polarity] = []
        self._sentence = self._clause = self._place = 0
        self._denied = 0  # content tokens the open negation still reaches
        self._impaired = 0
        self._last = -1  # the last content token

    def step(self, index: int) -> None:
        token = self.tokens[index]
        self._breaks(index, token)
        self.place.append(self._place)
        self.sentence.append(self._sentence)
        self.clause.append(self._clause)
        self.polarity.append(self._polarity(index, token))
        if self.content[index]:
            self._place += 1
            self._last = index

    def _breaks(self, index: int, token: Token) -> None:
        roles = token.concepts
        if token.gap is Break.STRONG or "clause_break" in roles:
            self._sentence += 1
            self._new_clause(keeps=False)
        elif (token.gap is Break.SOFT or "joining" in roles) and not self._coordinates(index):
            listed = "or" in roles or (token.gap is Break.SOFT and self._ends_with_or(index))
            self._new_clause(keeps=listed and not self._subject_follows(index))
        elif ("joining" in roles and self._owner_follows(index)) or (
            token.gap is Break.SOFT and not self._ends_with_or(index)
        ):
            self._denied = 0
        if "or" in roles and self._last >= 0 and self.polarity[self._last] is Polarity.IMPAIRED:
            self._impaired = IMPAIRED_REACH

    def _new_clause(self, *, keeps: bool) -> None:
        self._clause += 1
        self._impaired = 0
        if not keeps:
            self._denied = 0

    def _polarity(self, index: int, token: Token) -> Polarity:
        roles = token.concepts
        if "negation" in roles:
            self._denied = NEGATION_REACH
            return Polarity.SAID
        if "impairing" in roles:
            self._impaired = 0 if self._denied else IMPAIRED_REACH
            self._denied = 0
            return Polarity.SAID
        if "negation_end" in roles or (_BEGINNERS & {*roles} and self._after_content(index)):
            self._denied = 0
        if not self.content[index]:
            return Polarity.SAID
        if self._impaired:
            able = "function" in roles
            self._impaired = 0 if able else self._impaired - 1
            if able:
                return Polarity.IMPAIRED
        if self._denied:
            self._denied -= 1
            return Polarity.DENIED
        return Polarity.SAID

    def _after_content(self, index: int) -> bool:
        """Whether a pronoun follows a content word directly and so begins anew ("not sleeping my chest hurts")."""
        return index > 0 and self.content[index - 1]

    def _coordinates(self, index: int) -> bool:
        """Whether a comma or "and" joins two of a kind ("neck and shoulder pain") instead of two clauses."""
        after = self._next_content(index)
        if self._last < 0 or after is None:
            return False
        before, then = self.tokens[self._last].concepts, self.tokens[after].concepts
        return any(kind in before and kind in then for kind in ("body_part", "trouble"))

    def _next_content(self, index: int) -> int | None:
        for at in range(index, min(index + 5, len(self.tokens))):
            roles = self.tokens[at].concepts
            if (at > index and self.tokens[at].gap is Break.STRONG) or "negation" in roles or "pronoun" in roles:
                return None
            if self.content[at]:
                return at
        return None

    def _subject_follows(self, index: int) -> bool:
        return any("pronoun" in token.concepts for token in self.tokens[index : index + 2])

    def _owner_follows(self, index: int) -> bool:
        return index + 1 < len(self.tokens) and "possessive" in self.tokens[index + 1].concepts

    def _ends_with_or(self, index: int) -> bool:
        """Whether a list that goes on after this comma is closed by "or" before anything new begins."""
        for at in range(index, min(index + LIST_REACH, len(self.tokens))):
            roles = self.tokens[at].concepts
            if "or" in roles:
                return True
            if self.tokens[at].gap is Break.STRONG or {"negation", "pronoun", "subject", "clause_break", "and"} & {
                *roles
            }:
                return False
        return False


def _mark_dead(heard: Heard) -> None:
    """Marks what is over, somebody else's history, or only imagined (S-7)."""
    clauses: dict[int, list[int]] = {}
    for index, clause in enumerate(heard.clause):
        clauses.setdefault(clause, []).append(index)
    numbers = sorted(clauses)
    for position, number in enumerate(numbers):
        members = clauses[number]
        roles = {role for index in members for role in heard.tokens[index].concepts}
        if not roles & {"long_ago", "hearsay", "what_if", "relative"}:
            continue
        dead = members if _is_dead(roles) else []
        if "what_if" in roles:
            first = next(index for index in members if "what_if" in heard.tokens[index].concepts)
            dead = [*dead, *(index for index in members if index > first)]
        if "long_ago" in roles and dead and not _says_more(heard, members):
            dead = [*dead, *_neighbours(heard, clauses, numbers, position)]
        for index in dead:
            heard.live[index] = False


def _is_dead(roles: set[str]) -> bool:
    if "present" in roles:
        return False
    history = "relative" in roles and "had" in roles and "old_illness" in roles and "recent" not in roles
    return "hearsay" in roles or history or ("long_ago" in roles and "began" not in roles)


def _says_more(heard: Heard, members: Sequence[int]) -> bool:
    quiet = {"long_ago", "time", "had"}
    return any(heard.content[index] and not quiet & {*heard.tokens[index].concepts} for index in members)


def _neighbours(heard: Heard, clauses: dict[int, list[int]], numbers: Sequence[int], position: int) -> list[int]:
    """The clause before a bare "3 years ago" within its sentence, or else the one after it."""
    sentence = heard.sentence[clauses[numbers[position]][0]]
    for other in (position - 1, position + 1):
        if 0 <= other < len(numbers) and heard.sentence[clauses[numbers[other]][0]] == sentence:
            return clauses[numbers[other]]
    return []
