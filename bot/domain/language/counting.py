"""Replaces each number that means something, and the words of its unit, by one token of the concept it says.

A number is read with the words after it even if they belong to an expression: "16 year old" is an age although the
vocabulary may know "year old" as a word for a child.
"""

from collections.abc import Sequence

from bot.domain.language.lexicon import Lexicon, Token
from bot.domain.language.number_words import number_of
from bot.domain.language.numbers import meaning
from bot.domain.language.roles import Role, roles_of
from bot.domain.language.words import Word

# What a number says even if its unit belongs to an expression. How long and when is left to the expression ("7 days a
# week", "hours ago"): it says that more precisely.
_BEFORE_EXPRESSIONS = frozenset({"age_adult", "age_baby", "age_child", "age_later", "pregnant", "many_times"})


def read_numbers(
    tokens: Sequence[Token], words: Sequence[Word], lemmas: Sequence[str], lexicon: Lexicon
) -> list[Token]:
    """The tokens, with each number that means something replaced by the concept it says.

    `tokens`, `words` and `lemmas` are those of `Tokenized`.
    """
    single = _single_words(words, lemmas, lexicon)
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        concept, end = _concept_at(tokens, at, single) if token.roles & Role.NUMBER else ("", 0)
        at += 1
        if not concept:
            read.append(token)
            continue
        concepts = lexicon.concepts_of(concept)
        read.append(Token(concepts, roles_of(concepts), True, token.start, end, token.gap))  # noqa: FBT003
        while at < len(tokens) and tokens[at].start < end:
            if tokens[at].end > end:
                read.append(tokens[at])  # an expression that goes on ("9 times a day") keeps its meaning, too
            at += 1
    return read


def _concept_at(tokens: Sequence[Token], at: int, single: Sequence[Token]) -> tuple[str, int]:
    """The concept that the number at this index says, and the end of its last word; or "" and 0."""
    token = tokens[at]
    concept, length = _meaning(tokens, at)
    if concept not in _BEFORE_EXPRESSIONS:
        literal, count = _meaning(single, token.start)
        end = token.start + count
        if literal in _BEFORE_EXPRESSIONS and end > token.end and _has_expression(tokens, at, end):
            return literal, end
    return concept, tokens[at + length - 1].end if concept else 0


def _meaning(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    number = number_of(tokens[at])
    return meaning(number, tokens, at) if number else ("", 0)


def _has_expression(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether an expression of several words begins among the tokens from `at` up to the word `end`."""
    while at < len(tokens) and tokens[at].start < end:
        if tokens[at].end > tokens[at].start + 1:
            return True
        at += 1
    return False


def _single_words(words: Sequence[Word], lemmas: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """Each word as a token of its own."""
    return [
        Token(*lexicon.single_word(lemma), at, at + 1, word.gap)
        for at, (word, lemma) in enumerate(zip(words, lemmas, strict=True))
    ]
