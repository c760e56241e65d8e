"""The core list is recognised, and the worked cases end as they say."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.loader import Reading
from bot.library.proofs.examine import core_messages_are_recognised, proofs

Understandings = dict[str, Understanding]


@pytest.mark.safety("S-18", "S-66")
def test_every_message_of_the_core_list_raises_a_flag_at_least_as_urgent(
    reading: Reading, understandings: Understandings
) -> None:
    assert [str(problem) for problem in core_messages_are_recognised(reading.draft, understandings)] == []


@pytest.mark.safety("S-66")
def test_a_red_flag_that_lost_its_signs_is_reported(reading: Reading, knowledge: Knowledge) -> None:
    texts = knowledge.texts["en"]
    deaf = {**texts.red_flags, "danger_from_others": replace(texts.red_flags["danger_from_others"], signs=("zzz",))}
    weakened = replace(knowledge, texts={"en": replace(texts, red_flags=deaf)})
    found = list(core_messages_are_recognised(reading.draft, {"en": Understanding(weakened, "en")}))
    assert found
    assert {problem.entry for problem in found} == {"danger_from_others"}
    assert all(
        problem.severity == "error" and problem.file == "texts/en/signs/danger_from_others.yaml" for problem in found
    )


def test_the_shipped_cases_end_as_they_say(
    reading: Reading, knowledge: Knowledge, understandings: Understandings
) -> None:
    assert [str(problem) for problem in proofs(reading.draft, knowledge, understandings)] == []
