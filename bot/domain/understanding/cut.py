"""A phrase that was cut in two by sending it as two messages (S-5)."""

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.matching import Matches
from bot.domain.understanding.patterns import Pattern


def is_cut(pattern: Pattern, matches: Matches, cut: int) -> bool:
    """Whether the cut, the index of a word, goes through the words of a part of the pattern."""
    places = (matches.match_of(part) for part in pattern.parts if not part.unless)
    utterance = matches.utterance
    return any(
        min(_begin(at, utterance) for at in match.tokens) < cut < max(utterance.tokens[at].end for at in match.tokens)
        for match in places
        if match
    )


def _begin(token: int, utterance: Utterance) -> int:
    """The first word that makes the token what it is: of a denied one the "no", of a number the word before it."""
    tokens = utterance.tokens
    if utterance.polarity[token]:
        denying = (at for at in range(token, -1, -1) if tokens[at].roles & (Role.NEGATION | Role.IMPAIRING))
        return tokens[next(denying, token)].start
    if utterance.words[tokens[token].start].text[:1].isdigit():
        named = (at for at in range(token - 1, -1, -1) if utterance.content[at])
        return tokens[next(named, token)].start
    return tokens[token].start
