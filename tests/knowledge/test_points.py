"""Each point is where its sources have it, is pressed no harder or longer, and keeps its cautions."""

import re
from itertools import combinations
from typing import Any

import pytest

from bot.domain.knowledge import Reach
from tests.knowledge.expected import expected
from tests.shipped_knowledge import knowledge

EXPECTED = expected("points_expected.yaml")
POINTS = knowledge().points
TEXTS = knowledge().texts["en"].points

BACK_OF_THE_NECK = {"BL10", "GB20"}
NEAR_THE_EYE = {"BL2", "EX-HN3", "EX-HN5", "LI20"}
ELSEWHERE_ON_THE_HEAD = {"GV20", "ST6"}
SAID_ON_THE_CARD = {  # what a card must say for a precaution that comes up there
    "after_meal": "meal",
    "ear_points": "ear infection",
    "eyes_face": "eye",
    "gb21_labour": "labour",
    "gentle_point_lr3": "medium pressure",
    "hernia_belly": "hernia",
    "hip_pain_doctor_first": "doctor about hip pain first",
    "knee_hollow": "lump",
    "osteoporosis": "bones",
}

_NEVER_ON_THE_EYE = re.compile(r"\bnever (?:press )?on the eye(?:s|ball)?\b", re.IGNORECASE)
_THROAT = re.compile(r"\b(?:throat|windpipe|side of the neck|front of the neck)\b", re.IGNORECASE)
_NOT_FOR_HOME = re.compile(
    r"\b(?:needl\w*|moxa\w*|cupping|suction|laser\w*|hot|heat\w*|burn\w*|current|mg|tablets?|pills?|dose\w*"
    r"|pens?|sticks?|spoons?|rollers?|gua sha|massagers?|guns?|stones?)\b",
    re.IGNORECASE,
)
_TOOL = re.compile(r"(?:\S+ ){0,4}\btools?\b", re.IGNORECASE)


def said(code: str) -> str:
    """What a person is told to do at this point."""
    text = TEXTS[code]
    return f"{text.find} {text.find_again} {text.how} {text.posture}"


def test_every_point_has_what_is_expected_of_it() -> None:
    assert len(EXPECTED) == 54
    assert EXPECTED.keys() == POINTS.keys() == TEXTS.keys()


@pytest.mark.parametrize("code", EXPECTED)
@pytest.mark.parametrize("part", ["find", "again", "feel", "caution"])
def test_landmarks_finger_widths_sides_and_cautions_are_said(code: str, part: str) -> None:
    said = getattr(TEXTS[code], "find_again" if part == "again" else part).casefold()
    assert [words for words in EXPECTED[code].get(part, []) if words not in said] == []


@pytest.mark.parametrize("code", EXPECTED)
def test_errors_of_the_article_about_a_place_do_not_come_back(code: str) -> None:
    said = TEXTS[code].find.casefold()
    assert [words for words in EXPECTED[code].get("never", []) if words in said] == []


@pytest.mark.parametrize("code", EXPECTED)
def test_a_point_is_pressed_as_firmly_as_long_and_as_often_as_its_sources_allow(code: str) -> None:
    point = POINTS[code]
    assert [point.pressure, point.motion, str(point.seconds), str(point.repeats)] == EXPECTED[code]["press"]


@pytest.mark.parametrize("code", EXPECTED)
def test_a_point_lies_on_both_sides_unless_it_lies_on_the_midline(code: str) -> None:
    assert POINTS[code].bilateral is ("sides" not in EXPECTED[code])


@pytest.mark.safety("S-29")
@pytest.mark.parametrize("code", EXPECTED)
def test_the_pregnancy_mark_of_each_point_is_kept(code: str) -> None:
    assert POINTS[code].avoid_in_pregnancy == EXPECTED[code]["pregnancy"]


@pytest.mark.safety("S-29")
@pytest.mark.parametrize("code", [code for code in EXPECTED if EXPECTED[code]["pregnancy"] == "yes"])
def test_points_named_in_lists_for_pregnancy_are_left_out_when_it_is_possible(code: str) -> None:
    assert code in knowledge().contraindications["pregnancy_points"].points


def test_no_two_points_are_found_by_the_same_words() -> None:
    for one, other in combinations(EXPECTED, 2):
        assert TEXTS[one].find != TEXTS[other].find
        assert TEXTS[one].find_again != TEXTS[other].find_again


def test_a_second_description_is_another_way_to_find_the_point() -> None:
    assert [code for code, text in TEXTS.items() if text.find_again.startswith(text.find[:40])] == []


@pytest.mark.safety("S-28")
@pytest.mark.parametrize("code", EXPECTED)
def test_a_card_says_the_precautions_that_come_up_on_it(code: str) -> None:
    caution = TEXTS[code].caution.casefold()
    assert [id_ for id_ in POINTS[code].contraindications if SAID_ON_THE_CARD[id_] not in caution] == []


@pytest.mark.safety("S-35")
def test_every_point_of_head_and_neck_is_known_to_these_tests() -> None:
    on_the_head = {code for code, point in POINTS.items() if point.region in {"head_face", "neck"}}
    assert on_the_head == BACK_OF_THE_NECK | NEAR_THE_EYE | ELSEWHERE_ON_THE_HEAD


@pytest.mark.safety("S-35")
@pytest.mark.parametrize("code", sorted(BACK_OF_THE_NECK))
def test_a_neck_point_lies_at_the_back_and_stops_at_dizziness(code: str) -> None:
    text = TEXTS[code]
    assert re.match(r"Back of the (?:head|neck)\b", text.find)
    assert "Stop if you feel dizzy." in text.feel
    assert "Never the throat." in text.caution


@pytest.mark.safety("S-35")
@pytest.mark.parametrize("code", sorted(POINTS))
def test_no_description_leads_to_the_throat(code: str) -> None:
    assert not _THROAT.search(said(code))


@pytest.mark.safety("S-35")
@pytest.mark.parametrize("code", sorted(NEAR_THE_EYE))
def test_a_point_near_the_eye_says_never_on_the_eye(code: str) -> None:
    assert _NEVER_ON_THE_EYE.search(TEXTS[code].caution)
    assert "eyes_face" in POINTS[code].contraindications


@pytest.mark.safety("S-36")
@pytest.mark.parametrize("code", sorted(POINTS))
def test_no_point_asks_for_needles_heat_medicine_or_a_tool(code: str) -> None:
    assert _NOT_FOR_HOME.findall(said(code)) == []
    named = _TOOL.findall(f"{said(code)} {TEXTS[code].caution}")
    assert [words for words in named if not re.search(r"\bno\b", words, re.IGNORECASE)] == []


@pytest.mark.safety("S-36")
@pytest.mark.parametrize("technique", sorted(knowledge().techniques))
def test_no_technique_asks_for_needles_heat_medicine_or_a_tool(technique: str) -> None:
    text = knowledge().texts["en"].techniques[technique]
    assert _NOT_FOR_HOME.findall(text) + _TOOL.findall(text) == []


@pytest.mark.safety("S-36")
@pytest.mark.parametrize(("code", "entry"), EXPECTED.items())
def test_a_ball_or_a_helper_comes_in_only_where_the_sources_have_one(code: str, entry: dict[str, Any]) -> None:
    wanted = entry.get("outside", [])
    words = said(code)
    ball = bool(re.search(r"\bball\b(?! of the foot)", words)) or POINTS[code].reach is Reach.NEEDS_HELPER_OR_BALL
    helper = bool(re.search(r"\b(?:helper|someone helps)\b", words))
    assert ball is ("ball" in wanted)
    assert helper is ("helper" in wanted)
    assert not ball or "soft ball" in f"{words} {knowledge().texts['en'].phrases['card.helper']}"


@pytest.mark.parametrize("code", POINTS)
def test_a_point_pressed_on_both_sides_at_once_says_with_which_two_fingers(code: str) -> None:
    how = knowledge().texts["en"].points[code].how
    assert POINTS[code].both_at_once == bool(re.search(r"\bboth (thumbs|index)", how))
    assert POINTS[code].bilateral or not POINTS[code].both_at_once
