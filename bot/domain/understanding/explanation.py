"""Why a text is understood as it is: every step from its words to what it says, for editors of the knowledge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import Urgency
from bot.domain.language.negation import Utterance
from bot.domain.understanding.body_part_lists import spans_a_list, words_between
from bot.domain.understanding.evidence import (
    Deduction,
    DeductionReason,
    Evidence,
    Fit,
    RespelledWord,
    SpellingChange,
    Verdict,
    WordMeaning,
)
from bot.domain.understanding.intermediate import Workings
from bot.domain.understanding.matching import PatternMatch
from bot.domain.understanding.patterns import Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, other_body_part_between, says_more, tokens_of
from bot.domain.understanding.ranking import (
    ACCEPTED,
    FULL,
    MOST_COMPLAINTS,
    OFFERED,
    Candidate,
    explains,
    includes,
    is_ambiguous,
    is_general,
    resolve,
    unaccounted_for,
)
from bot.domain.understanding.reader_sums import Weighed
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import HalfHeard, Understood


@dataclass(frozen=True, slots=True)
class Doubt:
    """A red flag that is half heard, and what weighs how much for it (above 0) or against it, the heaviest first."""

    row: HalfHeard
    weighed: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a text says, and everything that led to it."""

    understood: Understood
    respelled: tuple[RespelledWord, ...]
    meanings: tuple[WordMeaning, ...]
    evidence: tuple[Evidence, ...]
    doubts: tuple[Doubt, ...] = ()

    def of(self, kind: PatternKind) -> tuple[Evidence, ...]:
        """The evidence of one kind."""
        return tuple(each for each in self.evidence if each.kind is kind)


def derive(understanding: Understanding, text: str) -> Derivation:
    """Why `understanding` understands the text as it does.

    It is put together from the results of the stages themselves, so that it cannot contradict them.
    """
    understood, workings = understanding.understand(text), understanding.workings(text)
    evidence = (
        *_flags(workings, understood),
        *_complaints(workings, understood),
        *_recognised(PatternKind.FACT, workings),
        *_recognised(PatternKind.REFUSAL, workings),
        *_recognised(PatternKind.TOPIC, workings),
    )
    doubts = tuple(Doubt(row, understanding.weighed(text, row.id)) for row in understood.half_heard)
    return Derivation(understood, tuple(_respelled(workings)), tuple(_meanings(workings.whole)), evidence, doubts)


def _respelled(workings: Workings) -> Iterator[RespelledWord]:
    words, lemmas = workings.whole.words, workings.whole.lemmas
    for at, word in enumerate(words):
        if at + 1 < len(words) and not words[at + 1].written:
            yield RespelledWord(word.written, f"{lemmas[at]} {lemmas[at + 1]}", SpellingChange.SPLIT)
        elif word.written.casefold().replace(" ", "") == word.text != word.written.casefold():
            yield RespelledWord(word.written, lemmas[at], SpellingChange.JOINED)
        elif word.written and lemmas[at] != word.text and not workings.lexicon.known(word.text):
            yield RespelledWord(word.written, lemmas[at], SpellingChange.CORRECTED)


def _meanings(utterance: Utterance) -> Iterator[WordMeaning]:
    for at, token in enumerate(utterance.tokens):
        if utterance.content[at]:
            written = " ".join(word.written or word.text for word in utterance.words[token.start : token.end])
            yield WordMeaning(written, token.concepts, token.known, utterance.polarity[at], utterance.current[at])


def _flags(workings: Workings, understood: Understood) -> list[Evidence]:
    verdicts = dict.fromkeys((flag.id for flag in understood.red_flags), Verdict.RAISED)
    taken_back_by: dict[str, Pattern] = {}
    fits: dict[str, list[Fit]] = {}
    for pattern, places in workings.in_whole.complete[PatternKind.FLAG]:
        fits.setdefault(pattern.owner, []).append(_fit(pattern, places, workings.whole))
    for pattern, places in _taken_back(workings):
        taken_back_by.setdefault(pattern.owner, pattern)
        if pattern.owner not in fits and places:
            fits[pattern.owner] = [_fit(pattern, places, workings.whole)]
    for owner in verdicts.keys() - fits.keys():
        if half := workings.half_met(owner):
            fits[owner] = [_fit(*half, workings.whole, deductions=(Deduction(DeductionReason.HALF_MET),))]
    half_heard = {row.id for row in understood.half_heard}
    for other in workings.in_others:
        for pattern, places in other.complete[PatternKind.FLAG]:
            found = pattern.owner in verdicts or pattern.owner in half_heard
            if found and (pattern.owner not in fits or pattern.owner in taken_back_by):
                fits.setdefault(pattern.owner, []).append(_fit(pattern, places, other.utterance))
    for owner in fits:
        doubted = owner in half_heard or owner not in taken_back_by
        verdicts.setdefault(owner, Verdict.HALF_HEARD if doubted else Verdict.TAKEN_BACK)
    return [
        Evidence(PatternKind.FLAG, owner, _longest_first(fits[owner]), verdict, _by(verdict, taken_back_by.get(owner)))
        for owner, verdict in sorted(verdicts.items(), key=lambda each: list(Verdict).index(each[1]))
    ]


def _by(verdict: Verdict, taken_back_by: Pattern | None) -> str:
    return taken_back_by.text if taken_back_by and verdict is Verdict.TAKEN_BACK else ""


def _taken_back(workings: Workings) -> Iterator[PatternMatch]:
    """The patterns of red flags that match but for an `unless:` that matches too, with the places of the other parts.

    Patterns of `unless:` parts alone, which take back the whole flag, come first; they have no places.
    """
    places = workings.pattern_index.matched_parts(workings.in_whole)
    for pattern in sorted(workings.pattern_index.patterns_with(places), key=lambda each: not each.takes_back):
        needed = [part for part in pattern.parts if not part.unless]
        unless = any(part.unless and part in places for part in pattern.parts)
        if pattern.kind is PatternKind.FLAG and unless and all(part in places for part in needed):
            yield pattern, tuple(places[part] for part in needed)


def _complaints(workings: Workings, understood: Understood) -> list[Evidence]:
    utterance = workings.beginning
    fits: dict[str, list[tuple[bool, Fit]]] = {}
    for (pattern, places), candidate in workings.weighed:
        alone = pattern.general and says_more(utterance, places)
        fit = _fit(pattern, places, utterance, candidate.score, tuple(_deductions(places, candidate, utterance)))
        fits.setdefault(candidate.id, []).append((alone, fit))
    from_patterns = {candidate for _, candidate in workings.weighed}
    for each in workings.candidates:
        if each not in from_patterns:
            bare = Fit("", utterance.written(tuple(each.tokens)), each.score, (Deduction(DeductionReason.BARE),))
            fits.setdefault(each.id, []).append((False, bare))
    found = []
    for owner, every in fits.items():
        ordered = tuple(fit for _, fit in sorted(every, key=lambda each: (each[0], -each[1].score)))
        verdict, by = _verdict(owner, workings, understood)
        found.append(Evidence(PatternKind.COMPLAINT, owner, ordered, verdict, by))
    rank = list(Verdict)
    return sorted(found, key=lambda each: (rank.index(each.verdict), -each.score, each.owner))


def _verdict(owner: str, workings: Workings, understood: Understood) -> tuple[Verdict, str]:
    """What became of a complaint, and the id of the complaint that explains it (or empty)."""
    if any(each.id == owner for each in understood.accepted):
        return Verdict.ACCEPTED, ""
    if any(each.id == owner for each in understood.offered):
        return Verdict.OFFERED, ""
    own = [each for each in workings.candidates if each.id == owner]
    if not own:
        return Verdict.ALONE, ""
    if any(flag.urgency is not Urgency.SEE_GP for flag in understood.red_flags):
        return Verdict.STOPPED, ""
    if understood.points or understood.point_choice:
        return Verdict.POINT, ""
    if workings.about_an_animal:
        return Verdict.ANIMAL, ""
    resolved = resolve(workings.candidates, workings.beginning)
    candidate = next((each for each in resolved if each.id == owner), None)
    if candidate is None:
        by = _explaining(own, resolved, workings.beginning)
        return (Verdict.EXPLAINED, by) if by else (Verdict.GENERAL, "")
    by = next((other.id for other in resolved if owner in workings.accounts_for.get(other.id, ())), "")
    if by and candidate not in unaccounted_for(resolved, workings.accounts_for):
        return Verdict.PART, by
    if candidate.score >= ACCEPTED and 0 < len(understood.accepted) < MOST_COMPLAINTS:
        return Verdict.ASIDE, ""
    return (Verdict.LOW if candidate.score < OFFERED else Verdict.UNSURE), ""


def _explaining(own: Sequence[Candidate], resolved: Sequence[Candidate], utterance: Utterance) -> str:
    """The id of the complaint that explains a candidate of another one; empty if those are just general words."""
    by = (
        other.id
        for other in resolved
        for candidate in own
        if other.id != candidate.id and (explains(other, candidate, utterance) or includes(other, candidate, utterance))
    )
    return next(by, "") if not all(is_general(each, utterance) for each in own) else ""


def _recognised(kind: PatternKind, workings: Workings) -> list[Evidence]:
    utterance = workings.beginning
    recognised: dict[str, list[Fit]] = {}
    dropped: dict[str, list[Fit]] = {}
    for pattern, places in workings.in_beginning.complete[kind]:
        alone = pattern.general and says_more(utterance, places)
        (dropped if alone else recognised).setdefault(pattern.owner, []).append(_fit(pattern, places, utterance))
    return [Evidence(kind, owner, _longest_first(fits), Verdict.RECOGNISED) for owner, fits in recognised.items()] + [
        Evidence(kind, owner, _longest_first(fits), Verdict.ALONE)
        for owner, fits in dropped.items()
        if owner not in recognised
    ]


def _fit(
    pattern: Pattern,
    places: Sequence[PartMatch],
    utterance: Utterance,
    score: float = FULL,
    deductions: tuple[Deduction, ...] = (),
) -> Fit:
    return Fit(pattern.text, utterance.written(tokens_of(places)), score, deductions)


def _longest_first(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    return tuple(sorted(fits, key=lambda fit: -sum(map(len, fit.words))))


def _deductions(places: Sequence[PartMatch], candidate: Candidate, utterance: Utterance) -> Iterator[Deduction]:
    """Why the score is not full."""
    for place in places:
        if others := words_between(place, utterance):
            yield Deduction(DeductionReason.APART, utterance.written(others))
        if place.across:
            yield Deduction(DeductionReason.ACROSS)
        elif other_body_part_between(place.tokens, utterance) and not spans_a_list(place.tokens, utterance):
            yield Deduction(DeductionReason.BEYOND)
    if len(candidate.tokens) == 1 and is_ambiguous(utterance, next(iter(candidate.tokens))):
        yield Deduction(DeductionReason.AMBIGUOUS)
