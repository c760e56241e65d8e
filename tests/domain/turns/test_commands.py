"""What the commands do; none of them gives point text that a button or a text would not."""

import pytest

from bot.domain.state.dialogue import Stage
from bot.domain.turns.commands import COMMANDS
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskQuestion, GeneralCard, MyData, Say
from bot.domain.understanding.understood import TypedAnswer, Understood
from tests.chatting import Chat, complaint, heard


def said(chat: Chat) -> Say:
    """The only reply, which must be a fixed text."""
    (reply,) = chat.replies
    assert isinstance(reply, Say)
    return reply


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("start", "start.first"),
        ("help", "help"),
        ("points", "browse.points"),
        ("conditions", "browse.areas"),
        ("privacy", "privacy.text"),
        ("forget", "forget.ask"),
        ("about", "about"),
        ("cancel", "cancelled"),
        ("nonsense", "no_match.first"),
    ],
)
def test_each_command_says_its_page(chat: Chat, name: str, key: str) -> None:
    chat.command(name)
    assert said(chat).key == key


def test_every_command_of_the_menu_is_known(chat: Chat) -> None:
    for name in COMMANDS:
        chat.command(name)
        assert chat.replies
        assert "no_match.first" not in {reply.key for reply in chat.replies if isinstance(reply, Say)}


def test_my_data_is_left_to_the_conversation(chat: Chat) -> None:
    chat.command("mydata")
    assert chat.last() == (MyData(),)


@pytest.mark.safety("S-43")
def test_the_first_start_is_long_and_a_later_one_is_one_line(chat: Chat) -> None:
    chat.command("start")
    assert (said(chat).key, said(chat).emergency_line) == ("start.first", True)
    chat.command("start")
    assert said(chat).key == "start.again"


def test_start_closes_the_open_question(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.command("start")
    chat.answer(TypedAnswer.NO)
    assert (chat.stage, chat.dialogue.answered_none) == (Stage.IDLE, ())


@pytest.mark.safety("S-21")
def test_a_deep_link_opens_a_point_without_its_text_or_screens_a_complaint(chat: Chat) -> None:
    chat.command("start", argument="p_LI4")
    assert chat.last() == (GeneralCard("LI4"),)
    chat.command("start", argument="c_neck_pain")
    assert chat.last() == (AskQuestion("neck", ("neck_pain",), ""),)


@pytest.mark.safety("S-21")
@pytest.mark.parametrize("argument", ["p_", "c_", "p_XX1", "c_gone", "LI4", "card_GB20", "p_neck_pain", "c_LI4"])
def test_any_other_link_is_a_plain_start(chat: Chat, argument: str) -> None:
    chat.command("start", argument=argument)
    assert said(chat).key == "start.first"


@pytest.mark.safety("S-21")
def test_points_by_any_name_open_the_general_page(chat: Chat) -> None:
    chat.command("points", Understood(points=("LI4",)), "hegu")
    assert chat.last() == (GeneralCard("LI4"),)
    chat.command("points", Understood(point_choice=("HT7", "PC6")), "shenmen")
    assert said(chat).key == "ask.which_point"
    chat.press(Action.POINT, "HT7")
    assert chat.last() == (GeneralCard("HT7"),)


def test_an_unknown_point_is_named_with_the_close_ones(chat: Chat) -> None:
    chat.command("points", Understood(point_unknown="LI44", points_close=("LI4",)), "li44")
    assert said(chat).key == "browse.close_points"
    assert said(chat).values["name"][0].id == "LI44"
    chat.command("points", Understood(), "x" * 100)
    assert (said(chat).key, said(chat).values["name"][0].id) == ("browse.no_point", "x" * 40)


@pytest.mark.safety("S-20")
def test_a_complaint_in_the_argument_is_screened_for(chat: Chat) -> None:
    for name in ("conditions", "points"):
        chat.command(name, complaint("neck_pain", about="mum"), "my mum's neck")
        assert chat.last() == (AskQuestion("neck", ("neck_pain",), "mum", heard("neck_pain")),)
    chat.command("conditions", Understood(offered=heard("knee_pain"), about="dad"), "knee of dad")
    assert (said(chat).key, chat.dialogue.about) == ("ask.closest", "dad")


@pytest.mark.safety("S-53")
@pytest.mark.parametrize("way", ["button", "typed no"])
def test_forget_asks_once_and_can_be_declined(chat: Chat, way: str) -> None:
    chat.screened("neck_pain")
    chat.command("forget")
    kept = chat.press(Action.FORGET_NO) if way == "button" else chat.answer(TypedAnswer.NO)
    assert not kept.forget
    assert said(chat).key == "forget.kept"
    assert chat.dialogue.completed_at is not None


@pytest.mark.safety("S-53")
def test_forget_erases_everything_with_the_flag_and_makes_all_buttons_old(chat: Chat) -> None:
    chat.screened("neck_pain")
    before = chat.dialogue
    chat.command("forget")
    erased = chat.press(Action.FORGET_YES)
    assert erased.forget
    assert (erased.dialogue.ticks, erased.dialogue.flags, erased.dialogue.conditions) == ((), (), ())
    assert erased.dialogue.revision > before.revision
    assert chat.press(Action.CARD, "GB20", before.revision).stale


def test_cancel_ends_the_wish_and_keeps_what_stops(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.answer(TypedAnswer.NO)
    chat.press(Action.TICK, "pregnancy")
    chat.command("cancel")
    assert (chat.stage, chat.dialogue.conditions, chat.dialogue.ticks) == (Stage.IDLE, (), ("pregnancy",))
