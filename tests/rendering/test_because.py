"""Explanations in words: readable, complete, and short enough for a message."""

import pytest

from bot.domain.understanding.evidence import DeductionReason, Evidence, Fit, SpellingChange, Verdict
from bot.domain.understanding.explanation import derive
from bot.domain.understanding.understand import Understanding
from bot.rendering.because import Section, because, shortened
from tests.rendering.every_message import visible
from tests.shipped_knowledge import knowledge, plain_wording

LONGEST = 4_096
LONG = "my lower back hurts and my neck is stiff, no fever, crushing chest pain; zorble " * 50


@pytest.fixture(scope="module")
def english() -> Understanding:
    return Understanding(knowledge(), "en")


def say(key: str, **values: str) -> str:
    return plain_wording().phrase(f"admin.{key}", **values)


def locate(evidence: Evidence, fit: Fit) -> str:
    return f"{evidence.owner}.yaml:{len(fit.pattern)}"


def sections(understanding: Understanding, text: str) -> dict[str, list[str]]:
    """The lines of each section, by its heading."""
    found = because(derive(understanding, text), knowledge().texts["en"], say, locate)
    return {visible(each.heading): [visible(line) for line in each.lines] for each in found}


def test_every_step_has_its_section(english: Understanding) -> None:
    told = sections(english, "my mum has a lowr back ache, no fever. on warfarin. see LI4")
    assert list(told) == [
        "Words read otherwise",
        "What the words mean",
        "Complaints",
        "Stated for the checklist",
        "Points",
        "Besides",
    ]
    assert told["Words read otherwise"] == ["• “lowr” is read as “lower”: a slip of spelling"]
    assert "• “fever”: fever, denied" in told["What the words mean"]
    assert told["Points"] == ["• LI4 Joining Valley"]


def test_a_complaint_names_pattern_line_reason_and_outcome(english: Understanding) -> None:
    first, fit, *more = sections(english, "my back, it really hurts")["Complaints"]
    assert first == "• Low back pain (low_back_pain), score 0.72: gone on with"
    assert fit.startswith("   “back … hurts” fits ")
    assert ", low_back_pain.yaml:" in fit
    assert "   less sure: “really” stands between" in more
    assert "   less sure: a comma or “and” stands between" in more


def test_red_flags_come_before_the_complaints(english: Understanding) -> None:
    told = sections(english, "crushing chest pain and my knee hurts")
    assert list(told).index("Red flags") < list(told).index("Complaints")
    assert told["Red flags"][0].endswith("(heart_attack): raised")
    assert "• Knee pain (knee_pain), score 1.00: dropped, a red flag stops everything else" in told["Complaints"]


def test_words_are_escaped(english: Understanding) -> None:
    told = because(derive(english, "my <back> & neck hurts"), knowledge().texts["en"], say, locate)
    assert not any("<back" in line for section in told for line in section.lines)


@pytest.mark.parametrize("name", [each.value for kind in (SpellingChange, DeductionReason, Verdict) for each in kind])
def test_there_are_words_for_everything_that_can_be_found(name: str) -> None:
    assert f"admin.because.{name}" in knowledge().texts["en"].phrases


@pytest.mark.parametrize("text", ["my neck is stiff", LONG, "", "<" * LONGEST, "zorble " * 585])
def test_a_message_is_never_too_long(english: Understanding, text: str) -> None:
    told = because(derive(english, text), knowledge().texts["en"], say, locate)
    assert len(shortened(told, LONGEST, lambda left: f"{left} more")) <= LONGEST


def test_the_longest_lists_lose_their_ends_and_say_how_much() -> None:
    told = (Section("Many", tuple(f"line {number}" for number in range(100))), Section("Few", ("one", "two")))
    short = shortened(told, 100, lambda left: f"{left} more").split("\n")
    assert short[-3:] == ["Few", "one", "two"]
    shown = short.index("Few") - 2
    assert short[shown + 1] == f"{100 - shown} more"


def test_a_derivation_that_fits_loses_nothing() -> None:
    told = (Section("Many", ("a", "b")), Section("Few", ("c",)))
    assert shortened(told, 100, str) == "Many\na\nb\nFew\nc"
