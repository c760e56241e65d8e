"""What the understanding makes of the second reader: it adds doubt to a text that stops nothing, and only that."""

import re
from dataclasses import replace

import pytest

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.understanding.second_reader import MOST
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import lines, stops

DOUBTFUL = (
    ("her mouth hangs since lunch", "stroke"),
    ("everyone would be lighter without me around", "suicidal_crisis"),
)
# The words with which a conversation goes on. A question about each of them would never end.
PLAIN = """
none|no|nope|none of these|yes|yes, or not sure|not sure|maybe|done|cancel|stop|ok|thanks|hello|7|next|ready|goodbye
skip|my neck is stiff|my lower back aches|help|privacy|delete my data
"""


@pytest.mark.safety("S-80")
@pytest.mark.parametrize(("text", "id_"), DOUBTFUL)
def test_a_warning_in_words_of_no_pattern_is_half_heard(english: Understanding, text: str, id_: str) -> None:
    understood = english.understand(text)
    assert not stops(understood)
    assert id_ in [row.id for row in understood.half_heard]
    assert all(row.quote in text and row.quote for row in understood.half_heard)


@pytest.mark.safety("S-80")
@pytest.mark.parametrize("text", re.findall(r"[^|\n]+", PLAIN))
def test_the_words_of_a_conversation_raise_no_doubt(english: Understanding, text: str) -> None:
    assert english.understand(text).half_heard == ()


@pytest.mark.safety("S-80")
def test_the_name_of_a_complaint_alone_raises_no_doubt(english: Understanding, shipped_knowledge: Knowledge) -> None:
    for texts in shipped_knowledge.texts["en"].conditions.values():
        assert english.understand(texts.name.upper() + "!").half_heard == (), texts.name


@pytest.mark.safety("S-80")
def test_plain_words_about_somebody_who_is_sore_hardly_ever_raise_a_doubt(english: Understanding) -> None:
    """Whoever it is about and wherever it is: 1 of 288 when this was written ("in pain, it is the back")."""
    said = [
        form.format(who, where)
        for who in ("my mum", "my husband", "my son", "my friend", "grandad", "my patient")
        for where in [
            "back",
            "neck",
            "knee",
            "shoulder",
            "hip",
            "foot",
            "wrist",
            "elbow",
            "head",
            "tummy",
            "legs",
            "hands",
        ]
        for form in (
            "{} has a sore {}",
            "{}'s {} aches",
            "{} is in pain, it is the {}",
            "a point for {} with a stiff {}",
        )
    ]
    doubted = [text for text in said if english.understand(text).half_heard]
    assert len(doubted) / len(said) < 0.01, doubted


@pytest.mark.safety("S-80", "S-81")
def test_what_is_no_red_flag_is_the_same_without_the_second_reader(
    english: Understanding, shipped_knowledge: Knowledge
) -> None:
    """It changes what stops and what is asked about, nothing else; and what stops is not asked about."""
    alone = Understanding(replace(shipped_knowledge, second_readers={}), "en")
    for text in (*lines("strangers/emergencies.txt"), *lines("strangers/complaints.txt")):
        said = text.split("|")[-1].strip()
        with_doubt, without = english.understand(said), alone.understand(said)
        if stops(with_doubt) == stops(without):
            assert with_doubt._replace(half_heard=(), red_flags=()) == without._replace(half_heard=(), red_flags=())
        assert len(with_doubt.half_heard) <= (0 if stops(with_doubt) else MOST)
        assert not {row.id for row in with_doubt.half_heard} & {flag.id for flag in with_doubt.red_flags}


@pytest.mark.safety("S-80")
def test_a_flag_that_is_raised_and_does_not_stop_is_not_half_heard(shipped_knowledge: Knowledge) -> None:
    text, id_ = DOUBTFUL[0]
    flag = replace(shipped_knowledge.red_flags[id_], urgency=Urgency.SEE_GP)
    texts = shipped_knowledge.texts["en"]
    signs = {**texts.red_flags, id_: replace(texts.red_flags[id_], signs=("her mouth",))}
    mild = replace(
        shipped_knowledge,
        red_flags={**shipped_knowledge.red_flags, id_: flag},
        texts={"en": replace(texts, red_flags=signs)},
    )
    understood = Understanding(mild, "en").understand(text)
    assert id_ in [raised.id for raised in understood.red_flags]
    assert id_ not in [row.id for row in understood.half_heard]


@pytest.mark.safety("S-80")
def test_a_row_that_is_no_red_flag_is_never_named(shipped_knowledge: Knowledge) -> None:
    text, id_ = DOUBTFUL[0]
    fewer = {each: flag for each, flag in shipped_knowledge.red_flags.items() if each != id_}
    understood = Understanding(replace(shipped_knowledge, red_flags=fewer), "en").understand(text)
    assert {row.id for row in understood.half_heard} <= fewer.keys()
