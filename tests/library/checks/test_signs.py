"""S-80: which signs may be weak."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.checks import signs
from bot.library.loader import Reading
from bot.library.proofs.examine import core_messages_are_recognised
from tests.domain.understanding.readers import hearing
from tests.library.conftest import Folder

STROKE = "texts/en/signs/stroke.yaml"


@pytest.mark.safety("S-80")
def test_a_sign_of_the_body_may_be_weak(small: Folder) -> None:
    small.edit(STROKE, "[face has dropped]", '["weak: face has dropped", "weak: ever: {neck}"]')
    assert small.found(signs.weak_lines_may_be_weak) == []


@pytest.mark.safety("S-80")
@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "texts/en/signs/suicidal_crisis.yaml", "[want to die]", '["weak: want to die"]',
            "no sign of a crisis may be weak",
        ),
        (STROKE, "[face", '["weak: unless: {neck}", face', "what takes a red flag back cannot be weak"),
        ("texts/en/refusals.yaml", "labour: [", 'labour: ["weak: {neck}", ', '"weak:" is for signs of red flags'),
        (
            "texts/en/conditions/neck_shoulder.yaml", "phrases: [", 'phrases: ["weak: neck", ',
            '"weak:" is for signs of red flags',
        ),
    ],
)  # fmt: skip
def test_no_other_line_may(small: Folder, file: str, old: str, new: str, fault: str) -> None:
    small.edit(file, old, new)
    (found,) = small.found(signs.weak_lines_may_be_weak)
    assert fault in found
    assert f"knowledge/{file}:" in found


@pytest.mark.safety("S-66", "S-80")
def test_a_core_message_that_sounds_harmless_to_the_second_reader_is_refused(
    reading: Reading, knowledge: Knowledge
) -> None:
    """Where all its signs are weak, it would be asked about and not stop."""
    texts = knowledge.texts["en"]
    stroke = texts.red_flags["stroke"]
    lines = tuple(line if line.startswith(("weak: ", "unless: ")) else f"weak: {line}" for line in stroke.signs)
    weaker = replace(texts, red_flags={**texts.red_flags, "stroke": replace(stroke, signs=lines)})
    deaf = hearing(replace(knowledge, texts={"en": weaker}))
    found = list(core_messages_are_recognised(reading.draft, {"en": Understanding(deaf, "en")}))
    assert "stroke" in {problem.entry for problem in found}
    assert {problem.severity for problem in found} == {"error"}
