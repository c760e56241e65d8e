"""Finds a part of a pattern in a text, and says how close together its words must be."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.patterns import Part

SLACK = 5  # most other content words between the words of a part, within one clause
SLACK_ACROSS = 3  # the same, where a comma or "and" separates them
NEIGHBOURS = 2  # candidates tried on either side, where an item occurs many times


class PartMatch(NamedTuple):
    """The place where a part matches a text."""

    tokens: Sequence[int]  # indexes of tokens, one for each item, in no fixed order
    apart: int = 0  # other content words between them
    across: bool = False  # whether they lie in more than one clause, separated by a comma or "and"


def tokens_of(places: Iterable[PartMatch]) -> tuple[int, ...]:
    """The indexes of the tokens of several places."""
    return tuple(token for place in places for token in place.tokens)


def find(part: Part, utterance: Utterance) -> PartMatch | None:
    """The closest match of all items of the part, or None."""
    current_only = not (part.ever or utterance.all_current)
    occurrences: list[Sequence[int]] = []  # of each item: its tokens, in order
    several = False
    for item in part.items:
        where = utterance.denied if item.denied else utterance.said
        tokens: Sequence[int] = ()
        for concept in item.concepts:
            if concept in where:
                tokens = sorted({*tokens, *where[concept]}) if tokens else where[concept]
        if current_only:
            tokens = [token for token in tokens if utterance.current[token]]
        if not tokens:
            return None
        several = several or len(tokens) > 1
        occurrences.append(tokens)
    if len(occurrences) == 1:
        return PartMatch(tokens[:1])
    if not several:
        return _together([token for (token,) in occurrences], utterance)
    anchors, *others = sorted(occurrences, key=len)
    best: PartMatch | None = None
    for token in anchors:
        found = _around(token, others, utterance)
        if found and (best is None or (found.across, found.apart) < (best.across, best.apart)):
            best = found
            if not found.across and not found.apart:
                break
    return best


def _around(token: int, others: Sequence[Sequence[int]], utterance: Utterance) -> PartMatch | None:
    """The match of a token with the nearest token of each other item, or None if they are not close enough."""
    chosen = [token]
    for tokens in others:
        nearest = _nearest(tokens, token, chosen, utterance)
        if nearest is None:
            return None
        chosen.append(nearest)
    return _together(chosen, utterance)


def _together(chosen: Sequence[int], utterance: Utterance) -> PartMatch | None:
    """The match of these tokens, or None if they are not close enough to the first, in one sentence."""
    first, *others = chosen
    if not others:
        return PartMatch(chosen)
    position, sentence, clause = utterance.position, utterance.sentence, utterance.clause
    low = high = position[first]
    across = False
    for each in others:
        if sentence[each] != sentence[first] or each == first:
            return None
        across = across or clause[each] != clause[first]
        if position[each] < low:
            low = position[each]
        elif position[each] > high:
            high = position[each]
    apart = high - low - len(others)
    if apart > (SLACK_ACROSS if across else SLACK) or (across and other_body_part_between(chosen, utterance)):
        return None
    return PartMatch(chosen, max(apart, 0), across)


def _nearest(tokens: Sequence[int], token: int, chosen: Collection[int], utterance: Utterance) -> int | None:
    """The one of these sorted tokens nearest to a token within its sentence, its own clause first; or None."""
    sentence, clause, position = utterance.sentence, utterance.clause, utterance.position
    if len(tokens) > 2 * NEIGHBOURS:
        at = bisect_left(tokens, token)
        tokens = tokens[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    near = [each for each in tokens if sentence[each] == sentence[token] and each not in chosen]
    if len(near) <= 1:
        return near[0] if near else None
    return min(near, key=lambda each: (clause[each] != clause[token], abs(position[each] - position[token]), each))


def other_body_part_between(chosen: Sequence[int], utterance: Utterance) -> bool:
    """Whether another part of the body is named between these tokens: the words around it belong to that one."""
    between = range(min(chosen) + 1, max(chosen))
    return any(utterance.tokens[token].roles & Role.BODY_PART and token not in chosen for token in between)


def covers(utterance: Utterance, matches: Sequence[PartMatch]) -> bool:
    """Whether every content word of the text is a word of an expression for the matched concepts."""
    used = {utterance.tokens[at].concept for match in matches for at in match.tokens}
    spans = [(token.start, token.end) for token in utterance.tokens if token.concept in used]
    return all(
        any(start <= token.start and token.end <= end for start, end in spans)
        for token, content in zip(utterance.tokens, utterance.content, strict=True)
        if content
    )


def says_more(utterance: Utterance, matches: Sequence[PartMatch]) -> bool:
    """Whether the text has content words of other concepts than the matched ones."""
    used = {utterance.tokens[token].concept for match in matches for token in match.tokens}
    return any(
        content and utterance.tokens[index].concept not in used for index, content in enumerate(utterance.content)
    )
