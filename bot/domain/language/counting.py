"""Turns every number of a text that says something into one token of the concept it says.

A number is read with the words behind it, be they part of an expression or not: "16 year old" is an age although
the vocabulary may know "year old" as a word for a child.
"""

from collections.abc import Sequence

from bot.domain.language.lexicon import Lexicon, Token
from bot.domain.language.number_words import number_of
from bot.domain.language.numbers import meaning
from bot.domain.language.roles import Role, roles_of
from bot.domain.language.words import Word

# What a number says whatever expression its unit belongs to. How long and when is left to the expression ("7 days a
# week", "hours ago"): it says that more precisely.
_UNDER_EXPRESSIONS = frozenset({"age_adult", "age_baby", "age_child", "age_later", "pregnant", "many_times"})


def read_numbers(
    tokens: Sequence[Token], words: Sequence[Word], lemmas: Sequence[str], lexicon: Lexicon
) -> list[Token]:
    """The tokens with every number that says something turned into the concept it says."""
    apart = _apart(words, lemmas, lexicon)
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        concept, end = _said(tokens, at, apart) if token.roles & Role.NUMBER else ("", 0)
        at += 1
        if not concept:
            read.append(token)
            continue
        concepts = lexicon.concepts_of(concept)
        read.append(Token(concepts, roles_of(concepts), True, token.start, end, token.gap))  # noqa: FBT003
        while at < len(tokens) and tokens[at].start < end:
            if tokens[at].end > end:
                read.append(tokens[at])  # an expression that goes on ("9 times a day"): what it says is said, too
            at += 1
    return read


def _said(tokens: Sequence[Token], at: int, apart: Sequence[Token]) -> tuple[str, int]:
    """The concept that the number at this place says, if any, and the end of its last word."""
    token = tokens[at]
    concept, length = _meaning(tokens, at)
    if concept not in _UNDER_EXPRESSIONS:
        under, count = _meaning(apart, token.start)
        end = token.start + count
        if under in _UNDER_EXPRESSIONS and end > token.end and _holds_an_expression(tokens, at, end):
            return under, end
    return concept, tokens[at + length - 1].end if concept else 0


def _meaning(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    number = number_of(tokens[at])
    return meaning(number, tokens, at) if number else ("", 0)


def _holds_an_expression(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether an expression of several words begins among the tokens from here to the word `end`."""
    while at < len(tokens) and tokens[at].start < end:
        if tokens[at].end > tokens[at].start + 1:
            return True
        at += 1
    return False


def _apart(words: Sequence[Word], lemmas: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """Each word as a token of its own."""
    return [
        Token(*lexicon.alone(lemma), at, at + 1, word.gap)
        for at, (word, lemma) in enumerate(zip(words, lemmas, strict=True))
    ]
