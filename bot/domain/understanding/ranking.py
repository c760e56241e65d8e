"""From matched patterns to complaints: which are sure enough to accept, and which to ask about.

The thresholds are here; those of bare body parts are in bare_parts.py.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.body_part_lists import in_one_list, spans_a_list, words_between
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.patterns import Item, Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, other_body_part_between, says_more

# Each value was chosen with benchmarks/thresholds.py, on the first two thirds of the development sample ("sample") and
# on the complaints and off-topic messages of tests/data ("lists"); "both" means that the two agree.
# sample: below, one more is wrong; both: above, fewer are accepted at once
ACCEPTED = 0.7  # a complaint with at least this score is accepted without asking
# both: the same from 0 to 0.45; sample: from 0.55 on less is wrong, but bare parts go unanswered
OFFERED = 0.35  # a complaint with at least this score is asked about
MOST_COMPLAINTS = 3
FULL = 1.0
# both: best from 0.04 to 0.06
PER_WORD_APART = 0.04  # taken off for each word between the words of a pattern
# sample: 0.7 and 0.8 are wrong once more; lists: best from 0.75 on
BEYOND_A_PART = 0.75  # factor where another body part is between them
# both: best at 0.75; sample: 1 is wrong once more
ACROSS = 0.75  # factor where a comma or "and" is between them ("my back, it hurts")
# sample: one message more or less from 0 to 1; lists: changes nothing
ACROSS_VAGUELY = 0.5  # the same, where the feeling is no kind of pain
# changes nothing in either: between OFFERED and ACCEPTED by judgement, so that it is asked about
AMBIGUOUS = 0.45  # highest score of a word that often means something else, in a text that is hardly about health
# changes nothing in either: by judgement
VERBATIM = 0.2  # added to the weight of a pattern whose set phrase is in the text word for word
# sample: the same up to 0.8; lists: best up to 0.5
ABOUT_HEALTH = 0.5  # a text with at least this share of known health words is about health

_PAST_OR_HEARSAY = Role.LONG_AGO | Role.HEARSAY


class Candidate(NamedTuple):
    """A complaint that a pattern found, with its score (0 to 1), its weight and the tokens that mean it."""

    id: str
    score: float
    weight: float
    tokens: frozenset[int]
    in_context: bool = False  # a `beside:` part matched, so even general words count


class Ranking:
    """The complaint patterns of an index, and the weight of each: the more concepts its words cover, the less.

    `sizes` is the number of concepts in each group.
    """

    def __init__(self, index: Index, sizes: Mapping[str, int]) -> None:
        self._weights = {
            pattern: sum(_weight(item, sizes) for part in pattern.parts for item in part.items)
            for pattern in index.patterns
            if pattern.kind is PatternKind.COMPLAINT
        }
        self._asides = [pattern for pattern in self._weights if pattern.takes_back]

    def candidates(self, utterance: Utterance, matches: Matches) -> list[Candidate]:
        """Every complaint whose pattern matches, the best match of each first."""
        best: dict[str, list[Candidate]] = {}
        for pattern, places in matches.complete[PatternKind.COMPLAINT]:
            if not (pattern.general and says_more(utterance, places)):
                best.setdefault(pattern.owner, []).append(self.weigh(pattern, places, utterance))
        return [candidate for same in best.values() for candidate in _distinct(same)]

    def without_asides(self, ranked: list[Candidate], utterance: Utterance, matches: Matches) -> list[Candidate]:
        """The candidates without those mentioned in passing ("my knee; my blood pressure is controlled").

        All of them, where no sure one would be left.
        """
        if len(ranked) <= 1:
            return ranked
        asides = {pattern.owner for pattern in self._asides if all(matches.match_of(part) for part in pattern.parts)}
        meant = [each for each in ranked if each.id not in asides and not _is_past_or_hearsay(each, utterance)]
        return meant if any(each.score >= ACCEPTED for each in meant) else ranked

    def weigh(self, pattern: Pattern, places: Sequence[PartMatch], utterance: Utterance) -> Candidate:
        """The candidate that a match makes. `places` are those of the pattern's parts, without its `unless:` parts."""
        needed = (part for part in pattern.parts if not part.unless)
        meaning_it = (place.tokens for part, place in zip(needed, places, strict=True) if not part.beside)
        tokens = frozenset[int]().union(*meaning_it)
        score = min([_closeness(place, utterance) for place in places])
        verbatim = bool(pattern.phrase_lemmas) and utterance.lemmas_of(tokens) in pattern.phrase_lemmas
        if len(tokens) == 1 and is_ambiguous(utterance, next(iter(tokens))):
            score = min(score, AMBIGUOUS)
        in_context = any(part.beside for part in pattern.parts)
        return Candidate(pattern.owner, score, self._weights[pattern] + VERBATIM * verbatim, tokens, in_context)


def _weight(item: Item, sizes: Mapping[str, int]) -> float:
    return 1 / (1 + math.log2(sum(sizes.get(concept, 1) for concept in item.concepts)))


def _closeness(place: PartMatch, utterance: Utterance) -> float:
    """The score of one part of a pattern: FULL where its words are side by side."""
    if not place.apart and not place.across:
        return FULL
    score = FULL - PER_WORD_APART * place.apart
    if not place.across:
        if not other_body_part_between(place.tokens, utterance):
            return score
        if spans_a_list(place.tokens, utterance):
            return FULL - PER_WORD_APART * len(words_between(place, utterance))
        return score * BEYOND_A_PART
    pain = any(utterance.tokens[token].roles & Role.PAIN_LIKE for token in place.tokens)
    return score * (ACROSS if pain else ACROSS_VAGUELY)


def is_ambiguous(utterance: Utterance, token: int) -> bool:
    """Whether a single word often means something else, in a text that is hardly about health.

    So does every word that names no trouble itself ("back pain") where a card, a playlist or the like is named and
    no body part is.
    """
    word = utterance.tokens[token]
    if utterance.roles & Role.ELSEWHERE and not (utterance.roles & Role.BODY_PART or word.roles & Role.TROUBLE):
        return True
    return bool(word.roles & Role.AMBIGUOUS) and word.end == word.start + 1 and health_share(utterance) < ABOUT_HEALTH


def health_share(utterance: Utterance) -> float:
    """The share (0 to 1) of known health words among the content words; 0 without any."""
    content = [index for index, is_content in enumerate(utterance.content) if is_content]
    return sum(utterance.tokens[index].known for index in content) / len(content) if content else 0.0


def _distinct(same: list[Candidate]) -> list[Candidate]:
    """Of the candidates of one complaint, the best for each place, and any sure one that says more about the place."""
    if len(same) == 1:
        return same
    chosen: list[Candidate] = []
    for each in sorted(same, key=lambda one: (-one.score, -one.weight, sorted(one.tokens))):
        apart = not any(each.tokens <= other.tokens or other.tokens <= each.tokens for other in chosen)
        if apart or any(other.tokens < each.tokens and each.score >= ACCEPTED for other in chosen):
            chosen.append(each)
    return chosen


def resolve(candidates: Iterable[Candidate], utterance: Utterance) -> list[Candidate]:
    """The candidates that no more specific one explains, each complaint once.

    The sure ones come first, in the order of the text.
    """
    candidates = list(candidates)
    if len({each.id for each in candidates}) <= 1:
        return [min(candidates, key=lambda one: (-one.score, min(one.tokens)))] if candidates else []
    ordered = sorted(
        candidates,
        key=lambda one: (
            is_general(one, utterance), _is_tissue(one, utterance), -one.score * one.weight, -one.score, one.id,
        ),
    )  # fmt: skip
    chosen: list[Candidate] = []
    for each in ordered:
        if not any(explains(other, each, utterance) for other in chosen):
            chosen.append(each)
    chosen = [each for each in chosen if not any(includes(other, each, utterance) for other in chosen)]
    if any(not is_general(each, utterance) for each in chosen):
        chosen = [each for each in chosen if not is_general(each, utterance)]
    best: dict[str, Candidate] = {}
    for each in sorted(chosen, key=lambda one: (one.score < ACCEPTED, min(one.tokens), -one.score, one.id)):
        best.setdefault(each.id, each)
    return list(best.values())


def unaccounted_for(ranked: Sequence[Candidate], accounts_for: Mapping[str, Collection[str]]) -> list[Candidate]:
    """The candidates that are not part of another sure one ("my RA, the knuckles ache" is RA alone)."""
    parts = {part for each in ranked if each.score >= ACCEPTED for part in accounts_for.get(each.id, ())}
    return [each for each in ranked if each.id not in parts]


def _is_past_or_hearsay(candidate: Candidate, utterance: Utterance) -> bool:
    """Whether it is about the past or the family ("a hernia ten years ago"), and not just a question."""
    if utterance.all_current or any(utterance.current[token] for token in candidate.tokens):
        return False
    sentences = {utterance.sentence[token] for token in candidate.tokens}
    return any(
        token.roles & _PAST_OR_HEARSAY and sentence in sentences
        for token, sentence in zip(utterance.tokens, utterance.sentence, strict=True)
    )


def is_general(candidate: Candidate, utterance: Utterance) -> bool:
    """Whether it consists of general words alone ("constant pain", "one side"), which belong to another complaint."""
    return not candidate.in_context and all(utterance.tokens[token].roles & Role.LEANING for token in candidate.tokens)


def explains(other: Candidate, candidate: Candidate, utterance: Utterance) -> bool:
    """Whether `other` says more about the same words: about all of them, or about the feeling they share.

    A shared feeling belongs to the body part that is nearer to it.
    """
    if candidate.tokens <= other.tokens:
        return not _coordinated(other, candidate, utterance)
    if other.tokens < candidate.tokens:
        return False
    shared = candidate.tokens & other.tokens
    more_precise = _is_tissue(candidate, utterance) and not _is_tissue(other, utterance) and other.score >= ACCEPTED
    nearer = other.score > candidate.score or more_precise
    if not shared or not nearer or any(utterance.tokens[token].roles & Role.BODY_PART for token in shared):
        return False
    return not _coordinated(other, candidate, utterance)


def includes(other: Candidate, candidate: Candidate, utterance: Utterance) -> bool:
    """Whether `other` is about all these words and more, in one clause ("pain from my back to the calf")."""
    return candidate.tokens < other.tokens and other.score > ACROSS and not _coordinated(other, candidate, utterance)


def _is_tissue(candidate: Candidate, utterance: Utterance) -> bool:
    """Whether its only body part is a tissue ("joint", "muscle"), which another body part near it makes precise."""
    parts = [roles for token in candidate.tokens if (roles := utterance.tokens[token].roles) & Role.BODY_PART]
    return bool(parts) and all(part & Role.TISSUE for part in parts)


def _coordinated(other: Candidate, candidate: Candidate, utterance: Utterance) -> bool:
    """Whether the two name different body parts of one list ("neck and shoulder pain")."""
    mine = [token for token in candidate.tokens if utterance.tokens[token].roles & Role.BODY_PART]
    theirs = [token for token in other.tokens - candidate.tokens if utterance.tokens[token].roles & Role.BODY_PART]
    return any(in_one_list(one, two, utterance) for one in mine for two in theirs)
