"""S-66: a reload cannot remove or weaken the red flags, the checklist or the doctor notice."""

import pytest

from bot.domain.knowledge import Urgency
from bot.library.checks import minimum
from bot.library.reading.minimum.built_in import core_flags, minimums
from tests.library.conftest import Folder

AGAINST = "contraindications.yaml"
FLAGS = "red_flags.yaml"
PHRASES = "texts/en/phrases/conversation.yaml"
TAKE_IT = "Take it from the shipped knowledge (copy-knowledge)."


@pytest.mark.safety("S-18")
def test_the_core_list_has_every_red_flag_with_its_urgency_and_at_least_five_messages() -> None:
    assert len(core_flags()) == 86
    assert all(len(set(minimums()["en"].messages[core.id])) >= 5 for core in core_flags())
    assert sum(core.urgency is Urgency.SEE_GP for core in core_flags()) == 4


@pytest.mark.safety("S-66", "S-16")
def test_a_red_flag_may_not_be_removed(small: Folder) -> None:
    missing = f"knowledge/{FLAGS}:1: heart_attack: this red flag may not be removed. {TAKE_IT}"
    assert missing in small.found(minimum.core_flags_are_kept)


@pytest.mark.safety("S-66")
def test_a_red_flag_may_not_be_made_less_urgent(small: Folder) -> None:
    small.edit(FLAGS, "stroke:\n  urgency: emergency", "stroke:\n  urgency: same_day")
    weakened = f"knowledge/{FLAGS}:2: stroke: it may not be less urgent than emergency. Write urgency: emergency."
    assert weakened in small.found(minimum.core_flags_are_kept)


@pytest.mark.safety("S-66")
def test_a_row_of_the_checklist_may_not_be_removed(small: Folder) -> None:
    missing = f"knowledge/{AGAINST}:1: under_18: this row may not be removed. {TAKE_IT}"
    assert missing in small.found(minimum.checklist_is_kept)


@pytest.mark.safety("S-66")
def test_a_row_of_the_checklist_may_not_be_made_milder(small: Folder) -> None:
    small.edit(AGAINST, "effect: stop\n    stop_regions", "effect: caution\n    stop_regions")
    weakened = f"knowledge/{AGAINST}:4: pregnancy: the row may not be milder than stop. Write effect: stop."
    assert weakened in small.found(minimum.checklist_is_kept)


@pytest.mark.safety("S-66")
def test_the_row_of_injuries_may_not_spare_the_back(small: Folder) -> None:
    fault = "the row must stop everything for: lower_back, mind, upper_back, whole_body. Add them to stop_regions."
    assert f"knowledge/{AGAINST}:9: skin_or_injury: {fault}" in small.found(minimum.checklist_is_kept)


@pytest.mark.safety("S-66", "S-34")
@pytest.mark.parametrize(
    "said",
    [
        "Please consult your friend first.",
        "Have fun.",
        "Doctors are not needed.",
        "Do not ask a doctor.",
        "There is no need to see a doctor.",
    ],
)
def test_the_doctor_notice_may_not_lose_the_doctor(small: Folder, said: str) -> None:
    small.edit(PHRASES, "Please consult your doctor first.", said)
    (problem,) = small.found(minimum.notices_are_kept)
    assert problem.startswith(f"knowledge/{PHRASES}:2: card.doctor_notice: it no longer says its point")


@pytest.mark.safety("S-66")
@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("card.doctor_notice", '  doctor_notice: "<i>Please consult your doctor first.</i>"\n'),
        ("card.where_not_to_press", '  where_not_to_press: "<b>Do not press</b> on sore skin."\n'),
    ],
)
def test_the_notices_may_not_be_removed(small: Folder, key: str, line: str) -> None:
    small.edit(PHRASES, line, "")
    missing = f"knowledge/{PHRASES}:1: {key}: this phrase may not be removed. {TAKE_IT}"
    assert small.found(minimum.notices_are_kept) == [missing]


@pytest.mark.safety("S-66", "S-14")
def test_the_emergency_line_may_not_lose_its_contact(small: Folder) -> None:
    small.edit(PHRASES, "Call {emergency}.", "Good luck.")
    assert small.found(minimum.notices_are_kept) == [
        f"knowledge/{PHRASES}:5: flag.emergency: it names no contact. Write {{emergency}}."
    ]
