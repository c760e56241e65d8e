"""Where a part of a pattern stands in a text, and how near its words must stand to each other."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.patterns import Part

SLACK = 5  # content words that may stand between the words of a part, within its clause
SLACK_ACROSS = 3  # the same, when a comma or "and" stands between them
NEIGHBOURS = 2  # of many words of one kind, those looked at on either side


class Found(NamedTuple):
    """Where a part matched. `apart` counts the words and breaks between its words."""

    tokens: Sequence[int]
    apart: int = 0
    across: bool = False  # over a comma or "and"


def find(part: Part, heard: Utterance) -> Found | None:
    """The tightest place where all items of the part stand together, or None."""
    live_only = not (part.past or heard.all_live)
    places: list[Sequence[int]] = []
    several = False
    for item in part.items:
        at = heard.denied if item.denied else heard.said
        stands: Sequence[int] = ()
        for concept in item.concepts:
            if concept in at:
                stands = sorted({*stands, *at[concept]}) if stands else at[concept]
        if live_only:
            stands = [token for token in stands if heard.live[token]]
        if not stands:
            return None
        several = several or len(stands) > 1
        places.append(stands)
    if len(places) == 1:
        return Found(stands[:1])
    if not several:
        return _together([token for (token,) in places], heard)
    anchors, *others = sorted(places, key=len)
    best: Found | None = None
    for token in anchors:
        found = _around(token, others, heard)
        if found and (best is None or (found.across, found.apart) < (best.across, best.apart)):
            best = found
            if not found.across and not found.apart:
                break
    return best


def _around(token: int, others: Sequence[Sequence[int]], heard: Utterance) -> Found | None:
    """The other items nearest to a token, if they stand near enough in its sentence."""
    chosen = [token]
    for stands in others:
        nearest = _nearest(stands, token, chosen, heard)
        if nearest is None:
            return None
        chosen.append(nearest)
    return _together(chosen, heard)


def _together(chosen: Sequence[int], heard: Utterance) -> Found | None:
    """These tokens, the first of which the others belong to, if they stand near enough in one sentence."""
    first, *others = chosen
    if not others:
        return Found(chosen)
    place, sentence, clause = heard.place, heard.sentence, heard.clause
    low = high = place[first]
    across = False
    for each in others:
        if sentence[each] != sentence[first] or each == first:
            return None
        across = across or clause[each] != clause[first]
        if place[each] < low:
            low = place[each]
        elif place[each] > high:
            high = place[each]
    apart = high - low - len(others)
    if apart > (SLACK_ACROSS if across else SLACK) or (across and other_part_between(chosen, heard)):
        return None
    return Found(chosen, max(apart, 0), across)


def _nearest(stands: Sequence[int], token: int, chosen: Collection[int], heard: Utterance) -> int | None:
    """Of sorted tokens, the one nearest to a token in its sentence, those of its clause first."""
    sentence, clause, place = heard.sentence, heard.clause, heard.place
    if len(stands) > 2 * NEIGHBOURS:
        at = bisect_left(stands, token)
        stands = stands[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    near = [each for each in stands if sentence[each] == sentence[token] and each not in chosen]
    if len(near) <= 1:
        return near[0] if near else None
    return min(near, key=lambda each: (clause[each] != clause[token], abs(place[each] - place[token]), each))


def other_part_between(chosen: Sequence[int], heard: Utterance) -> bool:
    """Whether another part of the body stands between: then the words around it belong to that."""
    between = range(min(chosen) + 1, max(chosen))
    return any(heard.tokens[token].roles & Role.BODY_PART and token not in chosen for token in between)


def says_more(heard: Utterance, places: Sequence[Found]) -> bool:
    """Whether the text says anything beside what matched."""
    used = {heard.tokens[token].own for place in places for token in place.tokens}
    return any(content and heard.tokens[index].own not in used for index, content in enumerate(heard.content))
