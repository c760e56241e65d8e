"""From matched patterns to complaints: which to go on with, which to ask about.

The thresholds stand here, and those of bare body parts in bare_parts.py.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import SOFT
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.patterns import Item, Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, other_body_part_between, says_more

# Where each stands by benchmarks/thresholds.py, on the first two thirds of the development sample ("sample") and on
# the complaints and off-topic messages of tests/data ("lists"); "both" says the same of the two.
# sample: below, one more is wrong; both: above, fewer are gone on with at once
ACCEPTED = 0.7  # from this score on a complaint is gone on with
# both: the same from 0 to 0.45; sample: from 0.55 on less is wrong, but bare parts go unanswered
OFFERED = 0.35  # from this score on it is asked about
MOST = 3
FULL = 1.0
# both: best from 0.04 to 0.06
PER_WORD_APART = 0.04  # taken off for each word between the words of a pattern
# sample: 0.7 and 0.8 are wrong once more; lists: best from 0.75 on
BEYOND_A_PART = 0.75  # another body part stands between them
# both: best at 0.75; sample: 1 is wrong once more
ACROSS = 0.75  # a comma or "and" stands between them ("my back, it hurts")
# sample: one message more or less from 0 to 1; lists: moves nothing
ACROSS_VAGUELY = 0.5  # the same, and what is felt is no pain
# moves nothing in either: between OFFERED and ACCEPTED by judgement, so that it is asked about
AMBIGUOUS = 0.45  # a word that often means something else, in a text that is hardly about health
# moves nothing in either: by judgement
VERBATIM = 0.2  # how much the very words of a set phrase tell between patterns of the same meaning
# sample: the same up to 0.8; lists: best up to 0.5
ABOUT_HEALTH = 0.5  # the share of known health words from which a text is about health

_OVER = Role.LONG_AGO | Role.HEARSAY


class Candidate(NamedTuple):
    """A complaint that a pattern found, and how well."""

    id: str
    score: float
    weight: float
    tokens: frozenset[int]
    placed: bool = False  # what stands beside its words makes them mean it, be they ever so general


class Ranking:
    """Complaint patterns with the weight of each word: the more things a concept covers, the less it tells."""

    def __init__(self, index: Index, sizes: Mapping[str, int]) -> None:
        self._weights = {
            pattern: sum(_weight(item, sizes) for part in pattern.parts for item in part.items)
            for pattern in index.patterns
            if pattern.kind is PatternKind.COMPLAINT
        }
        self._asides = [pattern for pattern in self._weights if pattern.takes_back]

    def candidates(self, heard: Utterance, matches: Matches) -> list[Candidate]:
        """Every complaint whose pattern matches, its best match first."""
        best: dict[str, list[Candidate]] = {}
        for pattern, places in matches.complete[PatternKind.COMPLAINT]:
            if not (pattern.general and says_more(heard, places)):
                best.setdefault(pattern.owner, []).append(self.weigh(pattern, places, heard))
        return [each for every in best.values() for each in _distinct(every)]

    def without_asides(self, ranked: list[Candidate], heard: Utterance, matches: Matches) -> list[Candidate]:
        """What is asked about, where others are only said in passing ("my knee; my blood pressure is controlled")."""
        if len(ranked) <= 1:
            return ranked
        passing = {each.owner for each in self._asides if all(matches.match_of(part) for part in each.parts)}
        asked = [each for each in ranked if each.id not in passing and not _is_over(each, heard)]
        return asked if any(each.score >= ACCEPTED for each in asked) else ranked

    def weigh(self, pattern: Pattern, places: Sequence[PartMatch], heard: Utterance) -> Candidate:
        """The complaint that a pattern speaks for, standing at these places."""
        needed = (part for part in pattern.parts if not part.unless)
        about = (place.tokens for part, place in zip(needed, places, strict=True) if not part.beside)
        tokens = frozenset[int]().union(*about)
        score = min([_closeness(place, heard) for place in places])
        verbatim = bool(pattern.phrase_lemmas) and heard.lemmas_of(tokens) in pattern.phrase_lemmas
        if len(tokens) == 1 and is_ambiguous(heard, next(iter(tokens))):
            score = min(score, AMBIGUOUS)
        placed = any(part.beside for part in pattern.parts)
        return Candidate(pattern.owner, score, self._weights[pattern] + VERBATIM * verbatim, tokens, placed)


def _weight(item: Item, sizes: Mapping[str, int]) -> float:
    return 1 / (1 + math.log2(sum(sizes.get(concept, 1) for concept in item.concepts)))


def _closeness(place: PartMatch, heard: Utterance) -> float:
    if not place.apart and not place.across:
        return FULL
    score = FULL - PER_WORD_APART * place.apart
    if not place.across:
        if not other_body_part_between(place.tokens, heard):
            return score
        if spans_a_list(place.tokens, heard):
            return FULL - PER_WORD_APART * len(strangers(place, heard))
        return score * BEYOND_A_PART
    felt = any(heard.tokens[token].roles & Role.PAIN_LIKE for token in place.tokens)
    return score * (ACROSS if felt else ACROSS_VAGUELY)


def is_ambiguous(heard: Utterance, token: int) -> bool:
    """Whether a single word often means something else, in a text that is hardly about health.

    Any may that names no ailing part ("back pain"), where a card or a playlist is named and no part of the body.
    """
    said = heard.tokens[token]
    if heard.roles & Role.ELSEWHERE and not (heard.roles & Role.BODY_PART or said.roles & Role.TROUBLE):
        return True
    return bool(said.roles & Role.AMBIGUOUS) and said.end == said.start + 1 and health_share(heard) < ABOUT_HEALTH


def health_share(heard: Utterance) -> float:
    """How much of what is said is about health: the known words among those that carry meaning."""
    content = [index for index, is_content in enumerate(heard.content) if is_content]
    return sum(heard.tokens[index].known for index in content) / len(content) if content else 0.0


def _distinct(every: list[Candidate]) -> list[Candidate]:
    """The best match of a complaint for each place it was found at, and any that says more of the same place."""
    if len(every) == 1:
        return every
    kept: list[Candidate] = []
    for each in sorted(every, key=lambda one: (-one.score, -one.weight, sorted(one.tokens))):
        apart = not any(each.tokens <= other.tokens or other.tokens <= each.tokens for other in kept)
        if apart or any(other.tokens < each.tokens and each.score >= ACCEPTED for other in kept):
            kept.append(each)
    return kept


def resolve(candidates: Iterable[Candidate], heard: Utterance) -> list[Candidate]:
    """The candidates that no more specific one explains, the sure ones in the order they are told, each once."""
    candidates = list(candidates)
    if len({each.id for each in candidates}) <= 1:
        return [min(candidates, key=lambda one: (-one.score, min(one.tokens)))] if candidates else []
    ordered = sorted(
        candidates,
        key=lambda one: (leans(one, heard), _is_tissue(one, heard), -one.score * one.weight, -one.score, one.id),
    )
    kept: list[Candidate] = []
    for each in ordered:
        if not any(explains(other, each, heard) for other in kept):
            kept.append(each)
    kept = [each for each in kept if not any(holds(other, each, heard) for other in kept)]
    if any(not leans(each, heard) for each in kept):
        kept = [each for each in kept if not leans(each, heard)]
    best: dict[str, Candidate] = {}
    for each in sorted(kept, key=lambda one: (one.score < ACCEPTED, min(one.tokens), -one.score, one.id)):
        best.setdefault(each.id, each)
    return list(best.values())


def unaccounted(ranked: Sequence[Candidate], accounts_for: Mapping[str, Collection[str]]) -> list[Candidate]:
    """The complaints that are no part of another sure one ("my RA, the knuckles ache" is RA alone)."""
    parts = {part for each in ranked if each.score >= ACCEPTED for part in accounts_for.get(each.id, ())}
    return [each for each in ranked if each.id not in parts]


def _is_over(each: Candidate, heard: Utterance) -> bool:
    """Whether it is told of the past or of the family ("a hernia ten years ago"), and not just asked about."""
    if heard.all_current or any(heard.current[token] for token in each.tokens):
        return False
    sentences = {heard.sentence[token] for token in each.tokens}
    return any(
        token.roles & _OVER and sentence in sentences
        for token, sentence in zip(heard.tokens, heard.sentence, strict=True)
    )


def leans(each: Candidate, heard: Utterance) -> bool:
    """Whether it is made of general words alone ("constant pain", "one side"), which belong to what else is said."""
    return not each.placed and all(heard.tokens[token].roles & Role.LEANING for token in each.tokens)


def explains(other: Candidate, each: Candidate, heard: Utterance) -> bool:
    """Whether `other` says more about the same words: all of them, or the same feeling of a nearer body part."""
    if each.tokens <= other.tokens:
        return not _coordinated(other, each, heard)
    if other.tokens < each.tokens:
        return False
    shared = each.tokens & other.tokens
    placed = _is_tissue(each, heard) and not _is_tissue(other, heard) and other.score >= ACCEPTED
    nearer = other.score > each.score or placed
    if not shared or not nearer or any(heard.tokens[token].roles & Role.BODY_PART for token in shared):
        return False
    return not _coordinated(other, each, heard)


def holds(other: Candidate, each: Candidate, heard: Utterance) -> bool:
    """Whether a complaint of one breath is about all these words and more ("pain from my back to the calf")."""
    return each.tokens < other.tokens and other.score > ACROSS and not _coordinated(other, each, heard)


def _is_tissue(each: Candidate, heard: Utterance) -> bool:
    """Whether its only body part is a tissue ("joint", "muscle"), which a place in the same breath makes precise."""
    parts = [roles for token in each.tokens if (roles := heard.tokens[token].roles) & Role.BODY_PART]
    return bool(parts) and all(part & Role.TISSUE for part in parts)


def _coordinated(other: Candidate, each: Candidate, heard: Utterance) -> bool:
    """Whether their body parts stand in one list ("neck and shoulder pain")."""
    mine = [token for token in each.tokens if heard.tokens[token].roles & Role.BODY_PART]
    theirs = [token for token in other.tokens - each.tokens if heard.tokens[token].roles & Role.BODY_PART]
    return any(in_one_list(one, two, heard) for one in mine for two in theirs)


def in_one_list(one: int, two: int, heard: Utterance) -> bool:
    """Whether two body parts stand in one list ("neck and shoulder pain")."""
    return heard.clause[one] == heard.clause[two] and spans_a_list((one, two), heard)


def spans_a_list(tokens: Sequence[int], heard: Utterance) -> bool:
    """Whether the body parts from the first to the last of these are one list ("neck, shoulder and arm pain")."""
    span = range(min(tokens), max(tokens) + 1)
    parts = [token for token in span if heard.tokens[token].roles & Role.BODY_PART]
    listed = range(parts[0] + 1, parts[-1] + 1) if parts else range(0)
    return any(heard.tokens[token].roles & Role.JOINING or heard.tokens[token].gap is SOFT for token in listed) and all(
        heard.tokens[token].roles & Role.BODY_PART
        or not (heard.content[token] or heard.tokens[token].roles & Role.TIME)
        for token in listed
    )


def strangers(place: PartMatch, heard: Utterance) -> list[int]:
    """The words between those of a pattern, without the body parts of a list they are told of."""
    listed = not place.across and spans_a_list(place.tokens, heard)
    between = (token for token in range(min(place.tokens) + 1, max(place.tokens)) if token not in place.tokens)
    return [
        token
        for token in between
        if heard.content[token] and not (listed and heard.tokens[token].roles & Role.BODY_PART)
    ]
