"""What a red flag does to a dialogue."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns import flags
from bot.domain.turns.replies import Advice, QuestionAdvice, Say

NOW = 1_000.0
RUNNING = Dialogue(
    revision=1,
    began_at=NOW,
    stage=Stage.CHECKLIST,
    page="how:",
    offered=("hip_pain",),
    unticking="pregnancy",
    conditions=("neck_pain",),
    point="LI4",
    answered_none=("neck",),
    doctor_checked=("hip_pain",),
    ticks=("pregnancy",),
    flag_checked=True,
)


@pytest.mark.safety("S-2")
def test_a_flag_ends_the_wish_and_its_answers_and_keeps_the_ticks(knowledge: Knowledge) -> None:
    ended = flags.raise_flags(RUNNING, ("stroke",), knowledge, NOW).dialogue
    assert (ended.conditions, ended.point, ended.page) == ((), "", "")
    assert (ended.offered, ended.unticking) == ((), "")
    assert (ended.answered_none, ended.doctor_checked) == ((), ())
    assert (ended.ticks, ended.flags, ended.flag_at, ended.flag_checked) == (("pregnancy",), ("stroke",), NOW, False)


@pytest.mark.safety("S-4")
def test_the_new_flag_is_said_and_the_old_one_kept(knowledge: Knowledge) -> None:
    first = flags.raise_flags(RUNNING, ("stroke",), knowledge, NOW).dialogue
    second = flags.raise_flags(first, ("heart_attack",), knowledge, NOW + 5)
    assert second.replies == (Advice(("heart_attack",), withdrawable=True),)
    assert second.dialogue.flags == ("heart_attack", "stroke")
    assert second.dialogue.flag_at == NOW + 5


@pytest.mark.safety("S-12")
def test_only_the_flags_that_were_named_are_taken_back(knowledge: Knowledge) -> None:
    raised = flags.raise_flags(RUNNING, ("stroke", "heart_attack", "spine_serious"), knowledge, NOW).dialogue
    asked = flags.ask_again(raised, knowledge).dialogue
    once = flags.answer_sure(asked, knowledge, absent=True)
    assert (once.dialogue.flags, once.dialogue.stage) == (("spine_serious",), Stage.FLAG_SURE)
    twice = flags.answer_sure(once.dialogue, knowledge, absent=True).dialogue
    assert (twice.flags, twice.flag_at, twice.stage) == ((), None, Stage.IDLE)


@pytest.mark.safety("S-12")
def test_in_a_crisis_nothing_is_taken_back(knowledge: Knowledge) -> None:
    raised = flags.raise_flags(RUNNING, ("stroke", "suicidal_crisis"), knowledge, NOW).dialogue
    assert flags.in_crisis(raised, knowledge)
    for after in (flags.ask_again(raised, knowledge), flags.answer_sure(raised, knowledge, absent=True)):
        assert after.dialogue.flags == ("stroke", "suicidal_crisis")
        assert after.replies == (Advice(("stroke", "suicidal_crisis"), withdrawable=False),)


def test_a_flag_or_question_that_a_reload_took_away_still_gets_the_emergency_line(knowledge: Knowledge) -> None:
    for unknown in ("gone", "question:gone"):
        raised = flags.raise_flags(RUNNING, (unknown,), knowledge, NOW)
        assert raised.replies == (Advice((), withdrawable=True),)
    assert flags.raise_flags(RUNNING, ("question:neck",), knowledge, NOW).replies == (QuestionAdvice("neck"),)


@pytest.mark.safety("S-12")
def test_what_is_said_when_lost_depends_on_a_crisis_alone(knowledge: Knowledge) -> None:
    usual = Say("no_match.first")
    assert flags.unless_crisis(replace(RUNNING, flags=("stroke",)), knowledge, usual) is usual
    said = flags.unless_crisis(replace(RUNNING, flags=("suicidal_crisis",)), knowledge, usual)
    assert said.key == "flag.crisis_lines"


@pytest.mark.safety("S-5", "S-12")
def test_what_was_heard_is_taken_back_with_the_flag(knowledge: Knowledge) -> None:
    heard = replace(RUNNING, recent=((NOW, ("a sign",)),))
    raised = flags.raise_flags(heard, ("stroke",), knowledge, NOW).dialogue
    assert raised.recent, "until then it is read together with the next text"
    assert flags.answer_sure(raised, knowledge, absent=True).dialogue.recent == ()


@pytest.mark.safety("S-12")
def test_the_question_whether_a_sign_is_there_closes_the_page_that_lay_over_it(knowledge: Knowledge) -> None:
    raised = flags.raise_flags(RUNNING, ("stroke",), knowledge, NOW).dialogue
    asked = flags.ask_again(replace(raised, page="how:"), knowledge).dialogue
    assert (asked.stage, asked.page) == (Stage.FLAG_SURE, "")


@pytest.mark.safety("S-2")
def test_where_no_flag_is_remembered_any_more_the_advice_is_the_emergency_line(knowledge: Knowledge) -> None:
    assert flags.ask_again(RUNNING, knowledge).replies == (Advice((), withdrawable=True),)
