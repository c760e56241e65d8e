"""What a message after a warning is about (S-85): the topics of the shipped knowledge, on messages of a table."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import accepted, pairs, stops

FOLLOW_UPS = pairs("follow_ups.txt")
MEASURED = 60  # follow-ups at least


def test_the_table_is_long_enough_and_some_of_it_says_nothing_new() -> None:
    assert sum(bool(topic) for topic, _ in FOLLOW_UPS) >= MEASURED
    assert sum(not topic for topic, _ in FOLLOW_UPS) * 12 >= len(FOLLOW_UPS)


@pytest.mark.safety("S-85")
@pytest.mark.parametrize(("topic", "text"), FOLLOW_UPS)
def test_a_follow_up_is_recognised_and_is_no_warning_by_itself(english: Understanding, topic: str, text: str) -> None:
    understood = english.understand(text)
    assert understood.topic == topic
    assert not stops(understood)


@pytest.mark.safety("S-85", "S-80")
@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("im alone", True),
        ("theres nobody here with me", True),
        ("im scared of what i might do to myself tonight", False),
        ("i live by myself and my chest is getting tighter", False),
    ],
)
def test_a_topic_is_alone_only_where_every_word_belongs_to_it(english: Understanding, text: str, only: bool) -> None:
    assert english.understand(text).topic_only is only


@pytest.mark.safety("S-85")
@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("i took the pills", "overdose_poisoning"),
        ("now i cant breathe", "severe_breathlessness"),
        ("can i drive, my face is drooping", "stroke"),
        ("it went away but now my left arm is numb and my chest is tight", "heart_attack"),
    ],
)
def test_what_is_new_in_a_follow_up_is_a_flag_whatever_else_it_asks(
    english: Understanding, text: str, flag: str
) -> None:
    understood = english.understand(text)
    assert flag in {*understood.stopping, *(row.id for row in understood.half_heard)}


@pytest.mark.safety("S-41")
@pytest.mark.parametrize("text", ["my neck is stiff and i take aspirin every day", "daily aspirin, stiff neck"])
def test_a_daily_aspirin_is_not_called_painkillers_for_headaches(
    english: Understanding, shipped_knowledge: Knowledge, text: str
) -> None:
    assert accepted(english.understand(text))
    name = shipped_knowledge.texts["en"].red_flags["medication_overuse_headache"].name
    assert "headache" not in name
    assert "aspirin" in name
