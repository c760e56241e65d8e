"""For each token of a text: its clause and sentence, whether it is denied, and whether it is about the present.

The roles (negation, joining, ...) are concepts and groups of the vocabulary, listed in `bot.domain.language.roles`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.language.lexicon import Token
from bot.domain.language.not_current import not_current
from bot.domain.language.roles import Role
from bot.domain.language.words import PAUSE, SOFT, STRONG, Word

NEGATION_REACH = 7  # most content tokens that a "no" denies within its clause
LIST_REACH = 9  # most tokens from a comma to the "or" that ends a denied list
IMPAIRED_REACH = 3  # most content tokens from "can't" to what cannot be done
_BREAKING = Role.CLAUSE_BREAK | Role.JOINING | Role.OR
_ENDING_LIST = Role.NEGATION | Role.PRONOUN | Role.SUBJECT | Role.CLAUSE_BREAK | Role.AND
_DENIED_IN_LISTS = Role.BODY_PART | Role.TROUBLE | Role.NAMED | Role.OLD_ILLNESS | Role.LISTING
_TURNING = Role.NEGATION | Role.IMPAIRING | Role.NEGATION_END | Role.PRONOUN | Role.POSSESSIVE | Role.OPEN


class Polarity(IntEnum):
    """Whether a token is said or denied. SAID is the only false value."""

    SAID = 0
    DENIED = 1  # "no fever"
    IMPAIRED = 2  # "can't sleep", "trouble sleeping"


SAID, DENIED, IMPAIRED = Polarity


@dataclass(slots=True)
class Utterance:
    """A text, analysed.

    The lists from `content` to `current` have one value for each token. `said` and `denied` map each concept and group
    to the indexes of its content tokens, in order. Concepts that do not occur are missing.
    """

    words: Sequence[Word]
    lemmas: Sequence[str]  # what each word is a form of
    tokens: Sequence[Token]
    roles: int  # those of all tokens together
    content: list[bool]  # False for fillers
    position: list[int]  # how many content tokens come before it
    sentence: list[int]  # the number of its sentence; rising, to be compared only
    clause: list[int]  # the same of its clause
    polarity: list[Polarity]
    current: list[bool]  # False for what is no present symptom of a person (S-7)
    all_current: bool
    said: dict[str, list[int]]
    denied: dict[str, list[int]]  # or impaired

    def names(self, *concepts: str) -> bool:
        """Whether any of these concepts is mentioned, said or denied."""
        return any(concept in self.said or concept in self.denied for concept in concepts)

    def lemmas_of(self, tokens: Iterable[int]) -> frozenset[str]:
        """The lemmas of the words of these tokens."""
        spans = (self.lemmas[self.tokens[token].start : self.tokens[token].end] for token in tokens)
        return frozenset(lemma for span in spans for lemma in span)

    def written(self, tokens: Collection[int]) -> tuple[str, ...]:
        """The words of these tokens as they were written, neighbours joined by a blank."""
        joined: list[list[int]] = []
        for token in sorted(tokens):
            start, end = self.tokens[token].start, self.tokens[token].end
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(end, joined[-1][1])
            else:
                joined.append([start, end])
        return tuple(
            " ".join([word.written for word in self.words[start:end] if word.written]) for start, end in joined
        )


def analyse(words: Sequence[Word], lemmas: Sequence[str], tokens: Sequence[Token], roles: int) -> Utterance:
    """Analyses the words of a text and their tokens. `roles` are the roles of all tokens together."""
    reader = _ScopeReader(tokens)
    reader.read()
    utterance = Utterance(
        words=words, lemmas=lemmas, tokens=tokens, roles=roles, content=reader.content, position=reader.position,
        sentence=reader.sentence, clause=reader.clause, polarity=reader.polarity, current=[True] * len(tokens),
        all_current=True, said=dict(reader.said), denied=dict(reader.denied),
    )  # fmt: skip
    for index in not_current(tokens, roles, reader.content, reader.clause, reader.sentence):
        utterance.current[index] = utterance.all_current = False
    return utterance


class _ScopeReader:
    """Walks over the tokens once and keeps track of the negations that still reach the next one."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.said: defaultdict[str, list[int]] = defaultdict(list)
        self.denied: defaultdict[str, list[int]] = defaultdict(list)
        self.content: list[bool] = [not token.roles & Role.FILLER for token in tokens]
        self.position: list[int] = []
        self.sentence: list[int] = []
        self.clause: list[int] = []
        self.polarity: list[Polarity] = []
        self._sentence = self._clause = 0
        self._denied = 0  # content tokens that the last "no" still reaches
        self._closed = False  # whether what the last "no" denies is said in full ("no sleep")
        self._impaired = 0  # the same of the last "can't"
        self._open_end = 0  # the end, in words, of the last expression with Role.OPEN
        self._negation_end = 0  # the same, if the last "no" or "can't" is a word of that expression; else 0
        self._last = -1  # the index of the last content token

    def read(self) -> None:
        position = 0
        for index, token in enumerate(self.tokens):
            roles = token.roles
            if token.gap or roles & _BREAKING:
                self._end_scopes(index, token)
            self.position.append(position)
            self.sentence.append(self._sentence)
            self.clause.append(self._clause)
            polarity = SAID
            if roles & _TURNING or self._denied or self._impaired:
                polarity = self._polarity(index, token)
            self.polarity.append(polarity)
            if self.content[index]:
                position += 1
                self._last = index
                found = self.denied if polarity else self.said
                for concept in token.concepts:
                    found[concept].append(index)

    def _end_scopes(self, index: int, token: Token) -> None:
        roles = token.roles
        if token.gap is STRONG or roles & Role.CLAUSE_BREAK:
            self._sentence += 1
            self._new_clause(keeps=False)
        elif token.gap is PAUSE:
            self._pause(index)
        elif (token.gap is SOFT or roles & Role.JOINING) and not self._coordinates(index):
            listed = bool(roles & Role.OR) or (token.gap is SOFT and self._ends_with_or(index))
            self._new_clause(keeps=listed and not self._subject_follows(index))
        elif (roles & Role.JOINING and self._owner_follows(index)) or (
            token.gap is SOFT and not self._ends_with_or(index)
        ):
            self._denied = 0
        if roles & Role.OR and self._last >= 0 and self.polarity[self._last] is IMPAIRED:
            self._impaired = IMPAIRED_REACH

    def _pause(self, index: int) -> None:
        """A clause of its own, which is denied or impaired only where the "no" or "can't" stands right before it."""
        hesitates = self.tokens[index - 1].roles & (Role.NEGATION | Role.IMPAIRING)
        impaired = self._impaired if hesitates else 0
        self._new_clause(keeps=bool(hesitates))
        self._impaired = impaired

    def _new_clause(self, *, keeps: bool) -> None:
        self._clause += 1
        self._impaired = 0
        self._closed = False
        if not keeps:
            self._denied = 0

    def _polarity(self, index: int, token: Token) -> Polarity:
        roles = token.roles
        if self._negation_end and token.start >= self._negation_end:
            self._denied = self._impaired = self._negation_end = 0
        inside = token.start < self._open_end  # of an open expression, which is denied as a whole
        if roles & Role.OPEN:
            self._open_end = max(self._open_end, token.end)
        if roles & (Role.NEGATION | Role.IMPAIRING):
            self._negation_end = self._open_end if token.start < self._open_end else 0
        if roles & Role.NEGATION:
            self._denied = NEGATION_REACH
            self._closed = False
            return SAID
        if roles & Role.IMPAIRING:
            self._impaired = 0 if self._denied and not self._closed else IMPAIRED_REACH
            self._denied = 0
            return SAID
        if roles & Role.NEGATION_END or (roles & (Role.PRONOUN | Role.POSSESSIVE) and self._begins_anew(index)):
            self._denied = 0
        if not self.content[index]:
            self._closed = bool(roles & Role.CLOSING or self._closed) and not roles & (Role.LINKING | Role.JOINING)
            return SAID
        if self._impaired:
            ability = roles & Role.FUNCTION
            done = ability and not roles & Role.OPEN  # the words of an open expression follow and are impaired, too
            self._impaired = 0 if done else self._impaired - 1
            if ability:
                return IMPAIRED
        if self._closed and token.known and not inside:
            self._denied = 0
        if self._denied:
            self._denied -= 1
            self._closed = not roles & _DENIED_IN_LISTS
            return DENIED
        return SAID

    def _begins_anew(self, index: int) -> bool:
        """Whether a pronoun or "my" begins something new ("not been well my chest", but not "no pain in my chest")."""
        return not self.tokens[index - 1].roles & (Role.CARRYING | Role.NEGATION | Role.IMPAIRING)

    def _coordinates(self, index: int) -> bool:
        """Whether a comma or "and" joins two of a kind ("neck and shoulder pain") and not two clauses."""
        after = self._next_content(index)
        if self._last < 0 or after is None:
            return False
        return bool(self.tokens[self._last].roles & self.tokens[after].roles & (Role.BODY_PART | Role.TROUBLE))

    def _next_content(self, index: int) -> int | None:
        for at in range(index, min(index + 5, len(self.tokens))):
            token = self.tokens[at]
            if (at > index and token.gap is STRONG) or token.roles & (Role.NEGATION | Role.PRONOUN):
                return None
            if self.content[at]:
                return at
        return None

    def _subject_follows(self, index: int) -> bool:
        return any(token.roles & Role.PRONOUN for token in self.tokens[index : index + 2])

    def _owner_follows(self, index: int) -> bool:
        return index + 1 < len(self.tokens) and bool(self.tokens[index + 1].roles & Role.POSSESSIVE)

    def _ends_with_or(self, index: int) -> bool:
        """Whether the list after this comma is closed by "or" before anything new begins."""
        for at in range(index, min(index + LIST_REACH, len(self.tokens))):
            token = self.tokens[at]
            if token.roles & Role.OR:
                return True
            if token.gap is STRONG or token.roles & _ENDING_LIST:
                return False
        return False
