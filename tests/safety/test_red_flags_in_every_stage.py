"""A red flag ends whatever is open, and is asked about before any points for a day. The oracle judges every step."""

from collections.abc import Callable

import pytest

from tests.safety.sayings import COMPLAINTS, DOCTOR_FIRST, FLAGS, REFERRED, Saying
from tests.safety.world import World

BACK = COMPLAINTS[0]
CHEST = FLAGS[0]
CRISIS = next(saying for saying in FLAGS if "kill" in saying.text)
NONE = "None of these"
Walk = Callable[[World], None]


def _says(*texts: Saying) -> Walk:
    def walk(world: World) -> None:
        for text in texts:
            world.says("ann", text)

    return walk


def _presses(first: Saying, *labels: str) -> Walk:
    def walk(world: World) -> None:
        world.says("ann", first)
        for label in labels:
            world.press("ann", label)

    return walk


def _forget(world: World) -> None:
    world.commands("ann", "forget")


def _point_page(world: World) -> None:
    world.commands("ann", "points", Saying("LI4"))


def _point_question(world: World) -> None:
    _point_page(world)
    world.press("ann", "Show how to press")


STAGES: dict[str, Walk] = {
    "nothing": lambda _: None,
    "where": _says(Saying("it hurts", vague=True)),
    "which_point": _says(Saying("shenmen")),
    "question": _says(BACK),
    "doctor": _presses(DOCTOR_FIRST[0], NONE),
    "checklist": _presses(BACK, NONE),
    "untick": _presses(BACK, NONE, "Pregnant", "☑ 1 Pregnant"),
    "stopped": _presses(BACK, NONE, "Pregnant", "Done"),
    "referred": _says(REFERRED[0]),
    "doctor_first": _presses(DOCTOR_FIRST[0], NONE, "Not yet"),
    "recommended": _presses(BACK, NONE, NONE),
    "card": _presses(BACK, NONE, NONE, "LI4 Joining Valley"),
    "flag": _says(FLAGS[1]),
    "flag_sure": _presses(FLAGS[1], "I don't have these"),
    "flag_check": _says(FLAGS[1], BACK),
    "forget": _forget,
    "point_page": _point_page,
    "point_question": _point_question,
}


@pytest.mark.safety("S-1", "S-2", "S-3", "S-25")
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("flag", FLAGS, ids=lambda saying: saying.text)
def test_a_red_flag_ends_what_is_open_in_every_stage(world: World, stage: str, flag: Saying) -> None:
    STAGES[stage](world)
    older = list(world.buttons)
    world.says("ann", flag)
    assert world.last("ann").kind == "advice"
    for button in older:
        world.presses(button)
        assert not world.last("ann").points


@pytest.mark.safety("S-1", "S-11", "S-21")
@pytest.mark.parametrize("command", ["start", "help", "points", "conditions", "privacy", "forget", "about", "nonsense"])
def test_a_red_flag_in_the_argument_of_a_command_is_heard(world: World, command: str) -> None:
    world.commands("ann", command, CHEST)
    assert world.last("ann").kind == "advice"


@pytest.mark.safety("S-1", "S-57")
def test_a_red_flag_in_a_group_or_an_inline_query_gets_help_and_nothing_else(world: World) -> None:
    talk = world.edition.group_answers
    for mentioned in (True, False):
        answer = talk.group(CHEST.text, "", mentioned=mentioned)
        assert answer.urgent
        assert "112" in answer.messages[0].html
    assert [article.id for article in talk.inline(CHEST.text)] == ["help"]


@pytest.mark.safety("S-12")
def test_a_wish_within_a_day_of_a_red_flag_is_met_with_the_question_whether_it_was_checked(world: World) -> None:
    world.says("ann", CHEST)
    world.later(hours=23, minutes=59)
    world.says("ann", BACK)
    assert world.last("ann").kind == "flag_check"
    assert world.press("ann", "No, or not sure").kind == "advice"
    world.says("ann", BACK)
    assert world.press("ann", "Yes, it was checked").kind == "question"
    world.press("ann", NONE)
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-12")
def test_a_day_after_a_red_flag_it_is_forgotten(world: World) -> None:
    world.says("ann", CHEST)
    world.later(hours=24)
    world.sweep()
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-12")
def test_a_red_flag_is_taken_back_only_by_a_clear_no_and_then_all_starts_over(world: World) -> None:
    world.says("ann", CHEST)
    assert world.press("ann", "I don't have these").kind == "flag_sure"
    assert world.press("ann", "Yes, or not sure").kind == "advice"
    world.press("ann", "I don't have these")
    assert world.press("ann", "No, I don't").kind == "over"
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-12", "S-15")
def test_a_crisis_cannot_be_taken_back_and_for_a_day_gets_its_lines_instead_of_what_hurts(world: World) -> None:
    world.says("ann", CRISIS)
    assert "I don't have these" not in world.last("ann").labels
    for hours in (0, 23):
        world.later(hours=hours)
        world.types("ann", "asdf qwer zxcv")
        assert "a crisis line" in world.last("ann").text
        world.sends_other("ann")
        assert "a crisis line" in world.last("ann").text


@pytest.mark.safety("S-53", "S-12")
def test_forget_erases_the_red_flag_too(world: World) -> None:
    world.says("ann", CHEST)
    world.commands("ann", "forget")
    world.press("ann", "Yes, erase it")
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-5")
def test_a_red_flag_told_in_two_messages_within_two_minutes_is_heard(world: World) -> None:
    world.types("ann", "my chest")
    world.later(seconds=119)
    world.says("ann", Saying("it hurts so bad", flag=True))
    assert world.last("ann").kind == "advice"


@pytest.mark.safety("S-5")
def test_messages_more_than_two_minutes_apart_are_not_read_together(world: World) -> None:
    world.types("ann", "my chest")
    world.later(seconds=121)
    world.says("ann", Saying("it hurts so bad", vague=True))
    assert world.last("ann").kind != "advice"


@pytest.mark.safety("S-5")
def test_messages_of_two_chats_are_never_read_together(world: World) -> None:
    world.types("ann", "my chest")
    world.says("bob", Saying("it hurts so bad", vague=True))
    assert world.last("bob").kind != "advice"


@pytest.mark.safety("S-24")
@pytest.mark.parametrize("text", ["yes", "not sure", "maybe", "sort of", "?", "why", "I'd rather not say", "a bit"])
def test_not_sure_and_a_refused_question_count_as_yes_at_once(world: World, text: str) -> None:
    world.says("ann", BACK)
    world.types("ann", text)
    assert world.last("ann").kind == "advice"


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    "text", ["asdf qwer", "…", "👍", "what?", "none?", "none really", "ok", "mal sehen, weiß nicht"]
)
@pytest.mark.parametrize("between", ["thanks", "hello", "/about", "/help", "a voice message"])
def test_what_does_not_answer_a_red_flag_question_is_asked_about_and_the_second_counts_as_yes(
    world: World, text: str, between: str
) -> None:
    world.says("ann", BACK)
    for _ in range(2):
        assert world.last("ann").kind == "question"
        assert not world.last("ann").points
        world.types("ann", text)
        if world.last("ann").kind != "advice":
            assert world.last("ann").unread
            _does(world, between)
    assert world.last("ann").kind == "advice"


@pytest.mark.safety("S-24")
def test_a_text_in_the_checklist_that_is_not_read_is_asked_about_before_none_clears_it(world: World) -> None:
    world.says("ann", BACK)
    world.press("ann", NONE)
    none = world.newest("ann", NONE)
    world.types("ann", "i take zibblemab")
    assert (world.last("ann").kind, world.last("ann").unread) == ("checklist", True)
    assert world.presses(none).notice
    assert (world.last("ann").kind, world.last("ann").unread) == ("checklist", True)
    assert world.press("ann", NONE).kind == "overview"


def _does(world: World, what: str) -> None:
    if what.startswith("/"):
        world.commands("ann", what[1:])
        if world.last("ann").kind != "question":
            world.types("ann", "no")  # a page above the question: its first answer only brings the question back
    elif what == "a voice message":
        world.sends_other("ann")
    else:
        world.types("ann", what)
