"""Why a text is understood as it is: every step from its words to what it says, for people who write the knowledge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import Urgency
from bot.domain.language.negation import Utterance
from bot.domain.understanding.evidence import Change, Evidence, Fit, Less, Lowered, Meant, ReadWord, Verdict
from bot.domain.understanding.intermediate import Workings
from bot.domain.understanding.matching import PatternMatch
from bot.domain.understanding.patterns import Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, other_body_part_between, says_more
from bot.domain.understanding.ranking import (
    ACCEPTED,
    MOST,
    OFFERED,
    Candidate,
    explains,
    holds,
    is_ambiguous,
    leans,
    resolve,
    spans_a_list,
    strangers,
    unaccounted,
)
from bot.domain.understanding.understand import Understanding, Understood


@dataclass(frozen=True, slots=True)
class Derivation:
    """The whole way from a text to what it says."""

    understood: Understood
    words: tuple[ReadWord, ...]
    meant: tuple[Meant, ...]
    evidence: tuple[Evidence, ...]

    def of(self, kind: PatternKind) -> tuple[Evidence, ...]:
        """The evidence of one kind."""
        return tuple(each for each in self.evidence if each.kind is kind)


def derive(understanding: Understanding, text: str) -> Derivation:
    """Why `understanding` understands the text as it does. Each stage is asked, none is done here a second time."""
    understood, workings = understanding.understand(text), understanding.workings(text)
    evidence = (
        *_flags(workings, understood),
        *_complaints(workings, understood),
        *_stated(PatternKind.FACT, workings),
        *_stated(PatternKind.REFUSAL, workings),
    )
    return Derivation(understood, tuple(_read_otherwise(workings)), tuple(_meant(workings.whole)), evidence)


def _read_otherwise(workings: Workings) -> Iterator[ReadWord]:
    said, lemmas = workings.whole.words, workings.whole.lemmas
    for at, word in enumerate(said):
        if at + 1 < len(said) and not said[at + 1].written:
            yield ReadWord(word.written, f"{lemmas[at]} {lemmas[at + 1]}", Change.SPLIT)
        elif word.written.casefold().replace(" ", "") == word.text != word.written.casefold():
            yield ReadWord(word.written, lemmas[at], Change.JOINED)
        elif word.written and lemmas[at] != word.text and not workings.lexicon.known(word.text):
            yield ReadWord(word.written, lemmas[at], Change.CORRECTED)


def _meant(heard: Utterance) -> Iterator[Meant]:
    for at, token in enumerate(heard.tokens):
        if heard.content[at]:
            written = " ".join(word.written or word.text for word in heard.words[token.start : token.end])
            yield Meant(written, token.concepts, token.known, heard.polarity[at], heard.current[at])


def _flags(workings: Workings, understood: Understood) -> list[Evidence]:
    raised = [flag.id for flag in understood.red_flags]
    held: dict[str, Pattern] = {}
    fits: dict[str, list[Fit]] = {}
    for pattern, places in workings.in_whole.complete[PatternKind.FLAG]:
        fits.setdefault(pattern.owner, []).append(_fit(pattern, places, workings.whole))
    for pattern, places in _held_back(workings):
        held.setdefault(pattern.owner, pattern)
        if pattern.owner not in fits and places:
            fits[pattern.owner] = [_fit(pattern, places, workings.whole)]
    return [Evidence(PatternKind.FLAG, owner, _longest_first(fits[owner]), Verdict.RAISED) for owner in raised] + [
        Evidence(PatternKind.FLAG, owner, _longest_first(every), Verdict.TAKEN_BACK, held[owner].text)
        for owner, every in fits.items()
        if owner not in raised
    ]


def _held_back(workings: Workings) -> Iterator[PatternMatch]:
    """Patterns of red flags whose `unless:` stands in the text, with the places of their other parts.

    Lines that hold only `unless:`, which take back the whole flag, come first.
    """
    places = workings.patterns.matched_parts(workings.in_whole)
    for pattern in sorted(workings.patterns.patterns_with(places), key=lambda each: not each.takes_back):
        needed = [part for part in pattern.parts if not part.unless]
        unless = any(part.unless and part in places for part in pattern.parts)
        if pattern.kind is PatternKind.FLAG and unless and all(part in places for part in needed):
            yield pattern, tuple(places[part] for part in needed)


def _complaints(workings: Workings, understood: Understood) -> list[Evidence]:
    heard = workings.near
    fits: dict[str, list[tuple[bool, Fit]]] = {}
    for (pattern, places), candidate in workings.weighed:
        alone = pattern.general and says_more(heard, places)
        fit = _fit(pattern, places, heard, candidate.score, tuple(_less(places, candidate, heard)))
        fits.setdefault(candidate.id, []).append((alone, fit))
    composed = {candidate for _, candidate in workings.weighed}
    for each in workings.candidates:
        if each not in composed:
            bare = Fit("", heard.written(tuple(each.tokens)), each.score, (Less(Lowered.BARE),))
            fits.setdefault(each.id, []).append((False, bare))
    found = []
    for owner, every in fits.items():
        ordered = tuple(fit for _, fit in sorted(every, key=lambda each: (each[0], -each[1].score)))
        verdict, by = _verdict(owner, workings, understood)
        found.append(Evidence(PatternKind.COMPLAINT, owner, ordered, verdict, by))
    rank = list(Verdict)
    return sorted(found, key=lambda each: (rank.index(each.verdict), -each.score, each.owner))


def _verdict(owner: str, workings: Workings, understood: Understood) -> tuple[Verdict, str]:
    """What became of a complaint, and the complaint that explains it."""
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
    if workings.animal:
        return Verdict.ANIMAL, ""
    kept = resolve(workings.candidates, workings.near)
    here = next((each for each in kept if each.id == owner), None)
    if here is None:
        by = _explaining(own, kept, workings.near)
        return (Verdict.EXPLAINED, by) if by else (Verdict.GENERAL, "")
    by = next((other.id for other in kept if owner in workings.accounts_for.get(other.id, ())), "")
    if by and here not in unaccounted(kept, workings.accounts_for):
        return Verdict.PART, by
    if here.score >= ACCEPTED and 0 < len(understood.accepted) < MOST:
        return Verdict.ASIDE, ""
    return (Verdict.LOW if here.score < OFFERED else Verdict.UNSURE), ""


def _explaining(own: Sequence[Candidate], kept: Iterable[Candidate], heard: Utterance) -> str:
    """The complaint that explains all places where another was found, unless those are just general words."""
    by = (other.id for other in kept for each in own if other.id != each.id and _takes(other, each, heard))
    return next(by, "") if not all(leans(each, heard) for each in own) else ""


def _takes(other: Candidate, each: Candidate, heard: Utterance) -> bool:
    return explains(other, each, heard) or holds(other, each, heard)


def _stated(kind: PatternKind, workings: Workings) -> list[Evidence]:
    heard = workings.near
    stated: dict[str, list[Fit]] = {}
    dropped: dict[str, list[Fit]] = {}
    for pattern, places in workings.in_near.complete[kind]:
        alone = pattern.general and says_more(heard, places)
        (dropped if alone else stated).setdefault(pattern.owner, []).append(_fit(pattern, places, heard))
    return [Evidence(kind, owner, _longest_first(fits), Verdict.STATED) for owner, fits in stated.items()] + [
        Evidence(kind, owner, _longest_first(fits), Verdict.ALONE)
        for owner, fits in dropped.items()
        if owner not in stated
    ]


def _fit(
    pattern: Pattern, places: Sequence[PartMatch], heard: Utterance, score: float = 1.0, less: tuple[Less, ...] = ()
) -> Fit:
    tokens = tuple(token for place in places for token in place.tokens)
    return Fit(pattern.text, heard.written(tokens), score, less)


def _longest_first(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    return tuple(sorted(fits, key=lambda fit: -sum(map(len, fit.words))))


def _less(places: Sequence[PartMatch], candidate: Candidate, heard: Utterance) -> Iterator[Less]:
    """Why the score is not full."""
    for place in places:
        if others := strangers(place, heard):
            yield Less(Lowered.APART, heard.written(others))
        if place.across:
            yield Less(Lowered.ACROSS)
        elif other_body_part_between(place.tokens, heard) and not spans_a_list(place.tokens, heard):
            yield Less(Lowered.BEYOND)
    if len(candidate.tokens) == 1 and is_ambiguous(heard, next(iter(candidate.tokens))):
        yield Less(Lowered.AMBIGUOUS)
