"""A warning is a state for an hour (S-85): whatever comes, its action leads, and only a few orders are served."""

from dataclasses import replace
from itertools import product

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import Diary
from bot.domain.state.durations import HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import ActionAgain, Advice, AskHalfHeard, AskQuestion, MyData, Reply, Say
from bot.domain.understanding.understood import HalfHeard, TypedAnswer, Understood
from tests.chatting import MINUTE, Chat, complaint, flag, heard

STROKE = Understood(red_flags=(flag("stroke"),))
TODAY = Understood(red_flags=(flag("spine_serious", Urgency.SAME_DAY),))
CRISIS = Understood(red_flags=(flag("suicidal_crisis"),))
WARNINGS = {"an emergency": STROKE, "today": TODAY, "a crisis": CRISIS}
UNMATCHED = {
    "nothing": Understood(),
    "another language": Understood(readable=False),
    "yes": Understood(answer=TypedAnswer.YES),
    "no": Understood(answer=TypedAnswer.NO),
    "not sure": Understood(answer=TypedAnswer.UNSURE),
    "vague pain": Understood(vague=True),
    "choices": Understood(offered=heard("knee_pain", "hip_pain")),
    "an unknown point": Understood(point_unknown="LI44"),
    "several points": Understood(point_choice=("LI4", "HT7")),
    "a precaution": Understood(ticked=frozenset({"pregnancy"})),
    "a mild sign": Understood(red_flags=(flag("lump", Urgency.SEE_GP),)),
    "a topic": Understood(topic="drive"),
    "it went away": Understood(topic="went_away"),
    "a fear that is a complaint, too": complaint("fatigue")._replace(topic="scared"),
    "a wish for any point": Understood(topic="points"),
}
BLOCKED_COMMANDS = ("start", "points", "conditions", "progress", "report", "remind", "about", "nonsense")
SERVED = {"help": "help", "privacy": "privacy.text", "forget": "forget.ask", "cancel": "cancelled", "mydata": ""}
BLOCKED = (
    Action.AREAS, Action.AREA, Action.ALL_POINTS, Action.POINTS_IN, Action.POINT, Action.HOW, Action.HURTS,
    Action.DIARY_ON, Action.PROGRESS, Action.REPORT, Action.REMIND, Action.REMIND_LATER, Action.REMIND_SKIP,
    Action.SAME, Action.REMIND_START,
)  # fmt: skip


def warned(by: Understood) -> Chat:
    """A chat with this warning."""
    chat = Chat()
    chat.say(by)
    return chat


def is_action(reply: Reply) -> bool:
    """Whether a reply is the action of the warning, or the lines of a crisis."""
    return isinstance(reply, ActionAgain) or (isinstance(reply, Say) and reply.key == "flag.crisis_lines")


@pytest.mark.safety("S-85")
@pytest.mark.parametrize(("warning", "text", "wait"), list(product(WARNINGS, UNMATCHED, (0.0, HOUR - MINUTE))))
def test_what_is_no_news_gets_the_action_alone_and_withdraws_nothing(warning: str, text: str, wait: float) -> None:
    chat = warned(WARNINGS[warning])
    before = chat.dialogue
    chat.later(wait)
    for _ in range(3):
        chat.say(UNMATCHED[text])
        (reply,) = chat.replies
        assert is_action(reply)
        assert (chat.dialogue.flags, chat.dialogue.flag_at) == (before.flags, before.flag_at)
        assert chat.stage is Stage.FLAG


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("topic", ["drive", "went_away", "points", "called"])
def test_the_answer_names_the_topic_and_only_the_button_that_takes_back(topic: str) -> None:
    chat = warned(STROKE)
    chat.say(Understood(topic=topic))
    assert chat.last() == (ActionAgain(("stroke",), "", topic, withdrawable=True),)
    chat.press(Action.NO_FLAG)
    assert chat.stage is Stage.FLAG_SURE


@pytest.mark.safety("S-85", "S-12")
def test_an_hour_later_the_usual_answers_are_back_and_points_need_a_yes() -> None:
    chat = warned(STROKE)
    chat.later(HOUR)
    chat.say(Understood())
    assert isinstance(reply := chat.replies[0], Say)
    assert reply.key == "no_match.first"
    chat.wants("neck_pain")
    assert chat.stage is Stage.FLAG_CHECK


@pytest.mark.safety("S-85", "S-12")
def test_once_taken_back_or_checked_it_stands_no_more() -> None:
    chat = warned(STROKE)
    chat.press(Action.NO_FLAG)
    chat.press(Action.NO_FLAG_SURE)
    chat.say(Understood(vague=True))
    assert chat.stage is Stage.WHERE
    chat = warned(STROKE)
    chat.wants("neck_pain")
    chat.press(Action.FLAG_CHECKED)
    assert isinstance(chat.replies[0], AskQuestion)


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("warning", WARNINGS)
@pytest.mark.parametrize("name", BLOCKED_COMMANDS)
def test_other_commands_get_the_action(warning: str, name: str) -> None:
    chat = warned(WARNINGS[warning])
    chat.command(name)
    (reply,) = chat.replies
    assert is_action(reply)


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("warning", WARNINGS)
@pytest.mark.parametrize("name", SERVED)
def test_the_orders_that_work_have_the_action_above_their_answer(warning: str, name: str) -> None:
    chat = warned(WARNINGS[warning])
    chat.command(name)
    action, answer = chat.replies
    assert is_action(action)
    if name == "mydata":
        assert answer == MyData()
    else:
        assert isinstance(answer, Say)
        assert answer.key == SERVED[name]
        assert not {Action.AREAS, Action.ALL_POINTS} & {each.press.action for row in answer.choices for each in row}
    assert chat.dialogue.flags


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("warning", WARNINGS)
@pytest.mark.parametrize("action", BLOCKED)
def test_other_buttons_however_old_get_the_action(warning: str, action: Action) -> None:
    chat = warned(WARNINGS[warning])
    chat.press(action, "LI4" if action is Action.POINT else "arm_hand", revision=0)
    (reply,) = chat.replies
    assert is_action(reply)


@pytest.mark.safety("S-85", "S-51")
def test_a_consent_can_be_taken_back_even_then() -> None:
    chat = Chat()
    chat.say(STROKE)
    chat.dialogue = _with_diary(chat)
    chat.press(Action.DIARY_OFF, revision=0)
    assert chat.dialogue.diary is None


@pytest.mark.safety("S-12", "S-85")
@pytest.mark.parametrize("text", [complaint("neck_pain"), Understood(points=("LI4",))])
def test_a_wish_by_name_is_met_with_the_question_whether_it_was_checked(text: Understood) -> None:
    for by_command in (False, True):
        chat = warned(STROKE)
        chat.command("points", text, "LI4") if by_command else chat.say(text)
        assert chat.stage is Stage.FLAG_CHECK
        assert not chat.points
    for payload in ("p_LI4", "c_neck_pain"):
        chat = warned(STROKE)
        chat.command("start", argument=payload)
        assert chat.stage is Stage.FLAG_CHECK


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("stage", [Stage.FLAG_SURE, Stage.FLAG_CHECK, Stage.FORGET])
def test_a_topic_beside_an_open_question_is_served_and_the_question_stands_again(stage: Stage) -> None:
    chat = warned(STROKE)
    match stage:
        case Stage.FLAG_SURE:
            chat.press(Action.NO_FLAG)
        case Stage.FLAG_CHECK:
            chat.wants("neck_pain")
        case _:
            chat.command("forget")
    for topic in ("went_away", "drive"):
        chat.say(Understood(topic=topic))
        action, question = chat.replies
        assert action == ActionAgain(("stroke",), "", topic, withdrawable=False)
        assert isinstance(question, Say)
        assert chat.stage is stage


@pytest.mark.safety("S-84", "S-85")
@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        (TODAY, STROKE, ("stroke",)),
        (STROKE, TODAY, ("stroke", "spine_serious")),
        (CRISIS, TODAY, ("suicidal_crisis", "spine_serious")),
        (CRISIS, STROKE, ("stroke", "suicidal_crisis")),
        (STROKE, CRISIS, ("suicidal_crisis", "stroke")),
    ],
)
def test_a_new_sign_escalates_and_the_most_urgent_action_leads(
    first: Understood, then: Understood, said: tuple[str, ...]
) -> None:
    chat = warned(first)
    chat.later(MINUTE)
    chat.say(then)
    (reply,) = chat.replies
    assert isinstance(reply, Advice)
    assert reply.flags == said
    chat.say(Understood(topic="what_now"))
    assert isinstance(again := chat.replies[0], ActionAgain)
    assert set(again.flags) == {*first.stopping, *then.stopping}


@pytest.mark.safety("S-85", "S-80")
def test_a_new_half_heard_sign_is_asked_about_below_the_action_and_no_goes_on_with_the_topic() -> None:
    chat = warned(TODAY)
    chat.say(Understood(half_heard=(HalfHeard("heart_attack", 0.6, "weight"),), topic="drive"))
    action, question = chat.replies
    assert is_action(action)
    assert isinstance(question, AskHalfHeard)
    chat.answer(TypedAnswer.NO)
    assert chat.last() == (ActionAgain(("spine_serious",), "", "drive", withdrawable=True),)


@pytest.mark.safety("S-85", "S-80")
@pytest.mark.parametrize(
    "text",
    [
        Understood(half_heard=(HalfHeard("stroke", 0.9, "x"),)),
        Understood(half_heard=(HalfHeard("suicidal_crisis", 0.9, "x"),), topic="alone", topic_only=True),
    ],
)
def test_what_is_known_already_and_a_mere_topic_are_not_asked_about(text: Understood) -> None:
    chat = warned(STROKE)
    chat.say(text)
    assert chat.last() == (ActionAgain(("stroke",), "", text.topic, withdrawable=True),)


@pytest.mark.safety("S-85", "S-80")
@pytest.mark.parametrize("topic", ["", "medicine"])
def test_what_the_warning_leaves_no_doubt_about_is_raised_at_once(topic: str) -> None:
    chat = warned(CRISIS)
    flags = chat.knowledge.red_flags
    taken = replace(flags["heart_attack"], id="overdose", crisis=True, sure_after=("suicidal_crisis",))
    chat.knowledge = replace(chat.knowledge, red_flags={**flags, "overdose": taken})
    text = Understood(half_heard=(HalfHeard("overdose", 0.6, "took"),), topic=topic, topic_only=bool(topic))
    chat.say(text)
    assert chat.last() == (Advice(("overdose", "suicidal_crisis"), withdrawable=False),)


@pytest.mark.safety("S-85", "S-53")
@pytest.mark.parametrize("warning", WARNINGS)
def test_deletion_in_plain_words_is_asked_about_below_the_action_and_then_served(warning: str) -> None:
    chat = warned(WARNINGS[warning])
    chat.say(Understood(topic="erase"))
    action, question = chat.replies
    assert is_action(action)
    assert isinstance(question, Say)
    assert question.key == "forget.ask"
    assert chat.press(Action.FORGET_YES).forget


@pytest.mark.safety("S-27", "S-83", "S-85")
def test_a_refusal_comes_below_the_action_and_never_in_a_crisis() -> None:
    wish = Understood(refusal="medicine")
    chat = warned(STROKE)
    chat.say(wish)
    assert [type(reply) for reply in chat.replies] == [ActionAgain, Say]
    chat = warned(CRISIS)
    chat.say(wish)
    assert [is_action(reply) for reply in chat.replies] == [True]


@pytest.mark.safety("S-85", "S-24")
def test_yes_to_a_red_flag_question_is_a_warning_too() -> None:
    chat = Chat()
    chat.wants("neck_pain")
    chat.press(Action.ANSWER_YES)
    chat.say(Understood(topic="drive"))
    assert chat.last() == (ActionAgain((), "neck", "drive", withdrawable=True),)


@pytest.mark.safety("S-12", "S-15")
def test_after_a_crisis_the_question_is_whether_somebody_has_listened() -> None:
    chat = warned(CRISIS)
    chat.wants("fatigue")
    assert isinstance(asked := chat.replies[0], Say)
    assert (asked.key, asked.values) == ("flag.check_crisis", {})
    chat = warned(Understood(red_flags=(flag("suicidal_crisis"), flag("stroke"))))
    chat.wants("fatigue")
    assert isinstance(asked := chat.replies[0], Say)
    assert asked.key == "flag.check_both"
    assert [term.id for term in asked.values["flags"]] == ["stroke"]


def _with_diary(chat: Chat) -> Dialogue:
    return replace(chat.dialogue, diary=Diary(()))
