"""Red flags in real sentences: triggers raise their flag, look-alikes raise none, in any context."""

import pytest

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import accepted, flags, lines, named, pairs, stops

ORDER = [Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.SEE_GP]
EMERGENCIES = pairs("emergencies.txt")
MESSAGES = [message for _, message in EMERGENCIES]


@pytest.mark.safety("S-1", "S-18")
@pytest.mark.parametrize(("urgency", "message"), EMERGENCIES)
def test_every_emergency_of_our_list_is_met_with_help_now_or_today(
    english: Understanding, urgency: str, message: str
) -> None:
    understood = english.understand(message)
    assert stops(understood), message
    if urgency == Urgency.EMERGENCY:
        assert understood.red_flags[0].urgency in ORDER[:2]


@pytest.mark.safety("S-18")
@pytest.mark.parametrize("message", lines("look_alikes.txt"))
def test_no_look_alike_of_our_list_stops_the_person(english: Understanding, message: str) -> None:
    assert not stops(english.understand(message))


@pytest.mark.safety("S-7", "S-18")
def test_no_look_alike_of_the_knowledge_raises_its_own_flag(
    english: Understanding, shipped_knowledge: Knowledge
) -> None:
    raised = [
        (flag, look_alike)
        for flag, text in shipped_knowledge.texts["en"].red_flags.items()
        for look_alike in text.look_alikes
        if flag in flags(english.understand(look_alike))
    ]
    assert raised == []


@pytest.mark.safety("S-2")
@pytest.mark.parametrize("message", MESSAGES)
def test_where_a_flag_stops_there_is_no_complaint_to_go_on_with(english: Understanding, message: str) -> None:
    assert named(english.understand(message)) == []


@pytest.mark.safety("S-4")
def test_flags_come_most_urgent_first_and_crises_before_bodily_ones(
    english: Understanding, shipped_knowledge: Knowledge
) -> None:
    heard = english.understand("chest pain, burning when I pee with a fever, and I want to die").red_flags
    ranks = [(ORDER.index(flag.urgency), not shipped_knowledge.red_flags[flag.id].crisis) for flag in heard]
    assert heard[0].id == "suicidal_crisis"
    assert ranks == sorted(ranks)
    assert {"heart_attack", "urine_infection_fever"} <= {flag.id for flag in heard}


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    ("message", "flag"),
    [
        ("No chest pain but my face has dropped", "stroke"),
        ("no fever. my chest hurts", "heart_attack"),
        ("I don't have a headache, but I can't breathe", "severe_breathlessness"),
        ("it isn't my back, it's my chest, it feels tight", "heart_attack"),
        ("not sleeping my chest hurts", "heart_attack"),
        ("no rash and my neck is stiff with a fever", "meningitis"),
    ],
)
def test_a_denial_ends_with_its_clause(english: Understanding, message: str, flag: str) -> None:
    assert flag in flags(english.understand(message))


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    "message",
    [
        "no chest pain, fever or shortness of breath",
        "I have no numbness and no weakness in my legs",
        "without any chest pain",
        "never had chest pain",
        "my back hurts but I don't have a fever or night sweats",
        "no trouble breathing",
    ],
)
def test_what_is_denied_raises_nothing(english: Understanding, message: str) -> None:
    assert not stops(english.understand(message))


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("message", "raised"),
    [
        ("I had a stroke in 2019", False),
        ("had a stroke 3 years ago and my shoulder is stiff", False),
        ("my grandad had a stroke", False),
        ("this headache is killing me", False),
        ("what are the signs of a stroke", False),
        ("my dad has chest pain now", True),
        ("my dad had a stroke this morning", True),
        ("my neighbour has collapsed", True),
        ("chest pain started an hour ago", True),
        ("my chest has hurt since 2019", True),
    ],
)
def test_the_past_and_hearsay_raise_nothing_but_somebody_elses_present_does(
    english: Understanding, message: str, *, raised: bool
) -> None:
    assert stops(english.understand(message)) is raised


@pytest.mark.safety("S-5")
@pytest.mark.parametrize(
    ("said", "flag"),
    [
        (("my chest", "it hurts so bad"), "heart_attack"),
        (("it really hurts", "in my chest"), "heart_attack"),
        (("back pain since monday", "and now i can't pee"), "cauda_equina"),
        (("i have a stiff neck", "feel awful too", "and a fever"), "meningitis"),
        (("my neck", "it's so stiff", "and i have a fever"), "meningitis"),
    ],
)
def test_a_flag_spread_over_three_messages_is_heard(english: Understanding, said: tuple[str, ...], flag: str) -> None:
    *before, last = said
    recent: list[frozenset[str]] = []
    for message in before:
        recent.append(english.understand(message, recent).signs)
    assert flag not in flags(english.understand(last))
    assert flag in flags(english.understand(last, recent))


@pytest.mark.safety("S-5")
@pytest.mark.parametrize(
    ("before", "last"),
    [
        ("my elbow", "it hurts so bad"),
        ("it hurts so bad", "my elbow"),
        ("my chest is fine", "my knee hurts"),
        ("no chest pain", "my elbow is sore"),
        ("my knee hurts", "what about my chest of drawers"),
    ],
)
def test_messages_that_are_whole_by_themselves_are_not_mixed_up(english: Understanding, before: str, last: str) -> None:
    assert not stops(english.understand(last, [english.understand(before).signs]))


@pytest.mark.safety("S-5", "S-52")
def test_signs_are_short_opaque_ids_and_few(english: Understanding) -> None:
    signs = english.understand(" and ".join(MESSAGES[:20])).signs
    assert len(signs) <= 120
    assert all(len(sign) == 8 and int(sign, 16) >= 0 for sign in signs)


@pytest.mark.safety("S-67")
def test_flags_are_heard_to_the_last_character_of_a_long_text(english: Understanding) -> None:
    long = "my knee is stiff. " * 200 + "now I have chest pain"
    assert "heart_attack" in flags(english.understand(long))
    assert "heart_attack" not in flags(english.understand("my knee is stiff. " * 200))


@pytest.mark.safety("S-67")
def test_complaints_are_looked_for_in_the_first_two_thousand_characters(english: Understanding) -> None:
    assert accepted(english.understand("hello there. " * 200 + "my knee hurts")) == []


def test_a_flag_names_the_words_that_raised_it_as_they_were_written(english: Understanding) -> None:
    understood = english.understand("since noon: CHEST   Pain!!")
    assert understood.red_flags[0].because == ("CHEST Pain",)


def test_of_several_ways_to_say_a_flag_the_one_with_most_words_is_named(english: Understanding) -> None:
    understood = english.understand("one arm is weak, and my speech is slurred. face has dropped")
    (because,) = [flag.because for flag in understood.red_flags if flag.id == "stroke"]
    assert {"arm", "weak"} <= set(because)
