"""The knowledge folder becomes the frozen types of the domain."""

from pathlib import Path

import pytest

from bot.domain.knowledge import Effect, Knowledge, Motion, PregnancyRule, Pressure, Reach, Tier, Urgency
from bot.library.loader import load
from bot.library.shipped import shipped
from tests.library.conftest import Folder


def test_a_point_has_its_data_meridian_and_text(knowledge: Knowledge) -> None:
    point, text = knowledge.points["LI4"], knowledge.texts["en"].points["LI4"]
    assert (point.id, point.meridian, point.region, point.bilateral) == ("LI4", "large_intestine", "hand", True)
    assert (point.seconds, point.repeats, point.pressure, point.motion) == (5, 5, Pressure.FIRM, Motion.SQUEEZE)
    assert (point.reach, point.avoid_in_pregnancy) == (Reach.SELF, PregnancyRule.AVOID)
    assert (point.pinyin, point.hanzi) == ("Hégǔ", "合谷")
    assert "L14" in text.aliases
    assert "4GI" in text.aliases


def test_a_complaint_has_its_points_in_order_and_none_means_none(knowledge: Knowledge) -> None:
    assert knowledge.conditions["low_back_pain"].points == ("BL23", "BL52", "LI4", "LR3")
    asthma = knowledge.conditions["asthma"]
    assert (asthma.tier, asthma.question, asthma.technique, asthma.points) == (Tier.REFER, None, None, ())


def test_the_checklist_has_its_seven_rows_in_order(knowledge: Knowledge) -> None:
    assert [row.id for row in knowledge.checklist.rows] == [
        "pregnancy",
        "varicose_veins",
        "cancer_bone",
        "rheumatoid_arthritis",
        "clot_or_bleeding",
        "skin_or_injury",
        "under_18",
    ]
    assert knowledge.checklist.rows[5].effect is Effect.LEAVE_OUT_REGION
    assert knowledge.checklist.version


def test_signs_of_red_flags_come_from_their_own_file(knowledge: Knowledge) -> None:
    assert knowledge.red_flags["stroke"].urgency is Urgency.EMERGENCY
    assert knowledge.texts["en"].red_flags["stroke"].signs
    assert all(text.signs for text in knowledge.texts["en"].red_flags.values())


def test_phrases_of_all_files_have_dotted_keys(knowledge: Knowledge) -> None:
    phrases = knowledge.texts["en"].phrases
    assert phrases["card.doctor_notice"]
    assert phrases["admin.reload_checked"]
    assert "card" not in phrases


def test_names_of_points_we_do_not_have_lead_to_those_that_were_meant(knowledge: Knowledge) -> None:
    texts = knowledge.texts["en"]
    assert texts.ambiguous_points["shenmen"] == ("EAR-SHENMEN", "HT7")
    assert texts.unknown_points["BL47"] == ("BL52",)


def test_areas_keep_their_order(knowledge: Knowledge) -> None:
    assert [area.id for area in knowledge.areas][:2] == ["head_face", "neck_shoulder"]


def test_the_same_files_are_the_same_version(knowledge: Knowledge) -> None:
    again, _ = load(shipped())
    assert again is not None
    assert again.version == knowledge.version
    assert again == knowledge


@pytest.mark.safety("S-16")
def test_without_red_flags_there_is_no_knowledge(whole: Folder) -> None:
    (whole.path / "red_flags.yaml").unlink()
    assert load(whole.path)[0] is None


def test_a_folder_of_nothing_but_noise_is_no_exception(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number, noise in enumerate([b"\xff\xfe", b"\0", b"- - - -", b"{", b"x", b"a:\n\t- b"]):
        folder.write(f"points/{number}.yaml", noise)
        folder.write(f"texts/en/phrases/{number}.yaml", noise)
    for name in ("areas", "contraindications", "red_flags", "techniques"):
        folder.write(f"{name}.yaml", b"- [a]\n- b\n- {c: {d: [e]}}\n")
    knowledge, problems = load(tmp_path)
    assert knowledge is None
    assert len(problems) > 20
