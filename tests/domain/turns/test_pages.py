"""Fixed pages and lists."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns import pages
from bot.domain.turns.buttons import FREE, WISHES
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Say
from tests.chatting import Chat

BROWSING = (Action.AREAS, Action.ALL_POINTS, Action.HOW, Action.PRIVACY, Action.HELP, Action.WHY_ASK)


def presses(said: Say) -> list[Press]:
    """What the buttons of a page do."""
    return [choice.press for row in said.choices for choice in row]


@pytest.mark.safety("S-21")
@pytest.mark.parametrize("action", BROWSING)
def test_every_page_opens_and_its_buttons_carry_no_point_text(knowledge: Knowledge, action: Action) -> None:
    said = pages.browse(Press(action), knowledge)
    assert said is not None
    assert {press.action for press in presses(said)} <= FREE | WISHES | {Action.CHANGE}


@pytest.mark.parametrize("action", [Action.AREA, Action.POINTS_IN])
def test_the_lists_of_all_areas_hold_every_complaint_and_every_point(knowledge: Knowledge, action: Action) -> None:
    found = [id_ for area in knowledge.areas for id_ in pages.members(area, action, knowledge)]
    wanted = knowledge.points if action is Action.POINTS_IN else knowledge.conditions
    assert sorted(found) == sorted(wanted)


def test_an_area_without_points_is_not_offered_for_points(knowledge: Knowledge) -> None:
    said = pages.browse(Press(Action.ALL_POINTS), knowledge)
    assert said is not None
    assert Press(Action.POINTS_IN, "whole_body") not in presses(said)
    assert said.values["count"][0].id == str(len(knowledge.points))


@pytest.mark.parametrize("press", [Press(Action.AREA, "gone"), Press(Action.POINTS_IN, ""), Press(Action.DONE)])
def test_what_is_no_page_is_none(knowledge: Knowledge, press: Press) -> None:
    assert pages.browse(press, knowledge) is None


def test_a_list_leads_to_its_entries_and_back(knowledge: Knowledge) -> None:
    said = pages.browse(Press(Action.AREA, "knee_foot"), knowledge)
    assert said is not None
    assert presses(said) == [Press(Action.CHOOSE, "knee_pain"), Press(Action.CHOOSE, "arthritis"), Press(Action.AREAS)]


@pytest.mark.safety("S-13")
@pytest.mark.parametrize(
    "said", [pages.not_text(), pages.no_match(second=False), pages.no_match(second=True), pages.refusal("labour")]
)
def test_what_is_said_when_lost_carries_the_emergency_line(said: Say) -> None:
    assert said.emergency_line


@pytest.mark.safety("S-12", "S-15")
def test_the_crisis_lines_ask_nothing(knowledge: Knowledge) -> None:
    assert presses(pages.crisis_lines()) == []
    crisis = Dialogue(1, 0.0, stage=Stage.FLAG_CHECK, flags=("suicidal_crisis",))
    assert Action.NO_FLAG not in {press.action for press in presses(pages.question(crisis, knowledge))}
    stroke = Dialogue(1, 0.0, stage=Stage.FLAG_CHECK, flags=("stroke",))
    assert Action.NO_FLAG in {press.action for press in presses(pages.question(stroke, knowledge))}


def test_old_browse_buttons_still_work_and_keep_the_open_question(chat: Chat) -> None:
    chat.wants("neck_pain")
    revision = chat.dialogue.revision
    assert not chat.press(Action.AREAS, revision=0).stale
    assert (chat.stage, chat.dialogue.revision) == (Stage.QUESTION, revision)
    chat.press(Action.POINT, "gone", revision=0)
    assert chat.stage is Stage.QUESTION
