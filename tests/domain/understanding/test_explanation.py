"""Explanations: every step is there, and none contradicts what `understand` says."""

import pytest

from bot.domain.language.negation import Polarity
from bot.domain.understanding.evidence import DeductionReason, Evidence, SpellingChange, Verdict
from bot.domain.understanding.explanation import derive
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.ranking import FULL
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import lines, pairs

EVERYTHING = [text for _, text in pairs("complaints.txt")] + lines("emergencies.txt") + lines("off_topic.txt")


def found(understanding: Understanding, text: str, owner: str) -> Evidence:
    """The evidence for one id."""
    return next(each for each in derive(understanding, text).evidence if each.owner == owner)


def test_misspelled_run_together_and_split_words_are_listed(english: Understanding) -> None:
    words = derive(english, "lowr back ache, neckpain and migr aine").respelled
    assert [(word.written, word.read_as, word.change) for word in words] == [
        ("lowr", "lower", SpellingChange.CORRECTED),
        ("neckpain", "neck pain", SpellingChange.SPLIT),
        ("migr aine", "migraine", SpellingChange.JOINED),
    ]


def test_the_meaning_of_a_word_says_whether_it_is_denied_past_or_unknown(english: Understanding) -> None:
    meanings = {each.written: each for each in derive(english, "no fever, zorble, chest pain 3 years ago").meanings}
    assert meanings["fever"].concepts[0] == "fever"
    assert meanings["fever"].polarity is Polarity.DENIED
    assert not meanings["zorble"].known
    assert not meanings["chest"].current
    assert meanings["fever"].current


def test_a_red_flag_is_explained_by_its_pattern_and_the_words(english: Understanding) -> None:
    flag = found(english, "my bladder stopped working and my back hurts", "cauda_equina")
    assert flag.verdict is Verdict.RAISED
    assert "{bladder|bowel} {not_working} + {any_back|sciatica|numb}" in [fit.pattern for fit in flag.fits]
    assert any("bladder" in " ".join(fit.words) for fit in flag.fits)


def test_a_red_flag_that_is_taken_back_names_what_takes_it_back(english: Understanding) -> None:
    flag = found(english, "my legs go numb when i sit cross legged", "cauda_equina")
    assert flag.verdict is Verdict.TAKEN_BACK
    assert "unless:" in flag.by


@pytest.mark.parametrize(
    ("text", "owner", "verdict"),
    [
        ("my knee hurts", "knee_pain", Verdict.ACCEPTED),
        ("knee", "knee_pain", Verdict.OFFERED),
        ("my knee hurts", "chronic_pain", Verdict.ALONE),
        ("my dog has a sore knee", "knee_pain", Verdict.ANIMAL),
        ("where is LI4 for my sore knee", "knee_pain", Verdict.POINT),
        ("crushing chest pain and my knee hurts", "knee_pain", Verdict.STOPPED),
    ],
)
def test_every_complaint_has_its_verdict(english: Understanding, text: str, owner: str, verdict: Verdict) -> None:
    assert found(english, text, owner).verdict is verdict


def test_a_complaint_that_another_explains_names_it(english: Understanding) -> None:
    evidence = derive(english, "my joint in the knee hurts").of(PatternKind.COMPLAINT)
    explained = next(each for each in evidence if each.verdict is Verdict.EXPLAINED)
    assert explained.by in {each.id for each in derive(english, "my joint in the knee hurts").understood.accepted}


def test_every_deduction_names_the_words_between(english: Understanding) -> None:
    deductions = found(english, "my back, it really hurts", "low_back_pain").fits[0].deductions
    assert [each.reason for each in deductions] == [DeductionReason.APART, DeductionReason.ACROSS]
    assert deductions[0].words == ("really",)


def test_a_contraindication_names_its_phrase(english: Understanding) -> None:
    fact = found(english, "my knee hurts and i take warfarin", "blood_thinners")
    assert (fact.kind, fact.verdict) == (PatternKind.FACT, Verdict.RECOGNISED)
    assert "warfarin" in " ".join(fact.fits[0].words)


@pytest.mark.parametrize("text", EVERYTHING)
def test_the_derivation_says_what_the_understanding_says(english: Understanding, text: str) -> None:
    derivation = derive(english, text)
    by_verdict = {
        verdict: {each.owner for each in derivation.evidence if each.verdict is verdict}
        for verdict in (Verdict.RAISED, Verdict.ACCEPTED, Verdict.OFFERED)
    }
    understood = english.understand(text)
    assert derivation.understood == understood
    assert by_verdict[Verdict.RAISED] == {flag.id for flag in understood.red_flags}
    assert by_verdict[Verdict.ACCEPTED] == {each.id for each in understood.accepted}
    assert by_verdict[Verdict.OFFERED] == {each.id for each in understood.offered}


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_score_that_is_not_full_has_a_reason_and_a_full_one_has_none(english: Understanding, text: str) -> None:
    for each in derive(english, text).of(PatternKind.COMPLAINT):
        for fit in each.fits:
            assert (fit.score < FULL) == bool(fit.deductions), fit
