"""All precautions that apply to a person are shown: in the overview, or before it if they do not fit."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.flow import proceed
from bot.domain.turns.replies import Overview, Precautions
from tests.chatting import START
from tests.shipped_knowledge import knowledge as shipped


def recommended(stated: tuple[str, ...], knowledge: Knowledge) -> tuple[object, ...]:
    """What follows the checklist when nothing is ticked."""
    cleared = Dialogue(
        revision=1,
        began_at=START,
        conditions=("low_back_pain",),
        answered_none=("spine",),
        stated=stated,
        completed_at=START,
        first_completed_at=START,
        completed_for=("lower_back",),
        checklist_version=knowledge.checklist.version,
    )
    return proceed(cleared, knowledge, START).replies


@pytest.mark.safety("S-28")
def test_one_precaution_is_said_in_the_overview() -> None:
    (overview,) = recommended(("osteoporosis",), shipped())
    assert isinstance(overview, Overview)
    assert overview.plan.cautions == ("osteoporosis",)


@pytest.mark.safety("S-28", "S-45")
def test_several_precautions_are_said_in_a_message_before_it() -> None:
    precautions, overview = recommended(("osteoporosis", "heart_disease", "medicines"), shipped())
    assert isinstance(precautions, Precautions)
    assert precautions.cautions == ("osteoporosis", "heart_disease", "medicines")
    assert isinstance(overview, Overview)
