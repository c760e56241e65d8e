"""Body parts in one list ("neck, shoulder and arm pain"): what is said of one is said of all."""

from collections.abc import Sequence

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import SOFT
from bot.domain.understanding.placing import PartMatch


def in_one_list(one: int, two: int, utterance: Utterance) -> bool:
    """Whether two body parts are in one list ("neck and shoulder pain"), within one clause."""
    return utterance.clause[one] == utterance.clause[two] and spans_a_list((one, two), utterance)


def spans_a_list(tokens: Sequence[int], utterance: Utterance) -> bool:
    """Whether the body parts from the first of the tokens to the last are one list ("neck, shoulder and arm pain")."""
    span = range(min(tokens), max(tokens) + 1)
    parts = [token for token in span if utterance.tokens[token].roles & Role.BODY_PART]
    listed = range(parts[0] + 1, parts[-1] + 1) if parts else range(0)
    return any(
        utterance.tokens[token].roles & Role.JOINING or utterance.tokens[token].gap is SOFT for token in listed
    ) and all(
        utterance.tokens[token].roles & Role.BODY_PART
        or not (utterance.content[token] or utterance.tokens[token].roles & Role.TIME)
        for token in listed
    )


def words_between(place: PartMatch, utterance: Utterance) -> list[int]:
    """The content tokens between those that matched, without the other body parts of a list."""
    listed = not place.across and spans_a_list(place.tokens, utterance)
    between = (token for token in range(min(place.tokens) + 1, max(place.tokens)) if token not in place.tokens)
    return [
        token
        for token in between
        if utterance.content[token] and not (listed and utterance.tokens[token].roles & Role.BODY_PART)
    ]
