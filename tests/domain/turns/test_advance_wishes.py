"""What a text asks for: for another person, refusals, vague pains, and texts that are not understood."""

import pytest

from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskChecklist, AskQuestion, Say
from bot.domain.understanding.understood import TypedAnswer, Understood
from tests.chatting import START, Chat, complaint, heard

NO, YES = TypedAnswer.NO, TypedAnswer.YES
WISHES = ("labour", "period", "abortion", "faint", "hurt", "medicine", "needles")


def said(chat: Chat) -> Say:
    """The only reply, which must be a fixed text."""
    (reply,) = chat.replies
    assert isinstance(reply, Say)
    return reply


@pytest.mark.safety("S-27")
@pytest.mark.parametrize("refusal", WISHES)
def test_some_wishes_get_a_kind_no_in_every_state(chat: Chat, refusal: str) -> None:
    wish = Understood(refusal=refusal, points=("LI4",), accepted=heard("neck_pain"), answer=NO)
    for bring in (chat.screened, chat.wants):
        bring("neck_pain")
        chat.say(wish)
        assert said(chat).key == f"refusal.{refusal}"
        assert said(chat).choices == ()
        assert chat.stage is Stage.IDLE


@pytest.mark.safety("S-27")
def test_the_questions_name_somebody_else(chat: Chat) -> None:
    chat.wants("neck_pain", about="mum")
    assert chat.last() == (AskQuestion("neck", ("neck_pain",), "mum", heard("neck_pain")),)
    chat.answer(NO)
    assert chat.last() == (AskChecklist((), "mum"),)


@pytest.mark.safety("S-20", "S-27")
@pytest.mark.parametrize(
    "text",
    [
        complaint("neck_pain", about="mum"),
        Understood(offered=heard("neck_pain"), about="mum"),
        Understood(vague=True, about="mum"),
        Understood(points=("GB20",), about="mum"),
        Understood(point_choice=("GB20", "LI4"), about="mum"),
        Understood(point_unknown="GB200", points_close=("GB20",), about="mum"),
    ],
)
def test_ones_own_answers_never_count_for_somebody_else(chat: Chat, text: Understood) -> None:
    chat.screened("neck_pain")
    chat.say(text)
    assert chat.points == ()
    chat.press(Action.CHOOSE, "neck_pain")
    assert (chat.stage, chat.dialogue.about) == (Stage.QUESTION, "mum")


@pytest.mark.safety("S-20", "S-27")
@pytest.mark.parametrize("leave", ["cancel", "start", "not mine", "same words"])
def test_somebody_elses_answers_never_count_for_oneself(chat: Chat, leave: str) -> None:
    chat.wants("neck_pain", about="mum")
    chat.answer(NO)
    chat.answer(NO)
    assert chat.points
    if leave == "not mine":
        chat.press(Action.NOT_MINE)
    elif leave != "same words":
        chat.command(leave)
    chat.wants("neck_pain")
    assert (chat.stage, chat.dialogue.about) == (Stage.QUESTION, "")


@pytest.mark.safety("S-27", "S-69")
def test_a_button_about_oneself_is_old_once_somebody_else_is_meant(chat: Chat) -> None:
    chat.wants("neck_pain")
    revision = chat.dialogue.revision
    chat.wants("neck_pain", about="mum")
    assert chat.press(Action.ANSWER_NONE, revision=revision).stale


@pytest.mark.safety("S-26")
@pytest.mark.parametrize("about", ["", "mum", "dad", "husband", "friend"])
def test_everybody_is_asked_the_same(chat: Chat, about: str) -> None:
    chat.wants("knee_pain", about=about)
    assert chat.dialogue.asked == "knee"
    chat.answer(NO)
    assert chat.last() == (AskChecklist((), about),)


@pytest.mark.safety("S-19")
def test_an_unsure_match_is_asked_about_and_a_choice_goes_on_to_screening(chat: Chat) -> None:
    chat.say(Understood(offered=heard("neck_pain", "knee_pain")))
    labels = [choice.label.id for row in said(chat).choices for choice in row]
    assert (said(chat).key, labels) == ("ask.closest", ["neck_pain", "knee_pain", "button.none_of_these"])
    chat.press(Action.CHOOSE, "knee_pain")
    assert chat.last() == (AskQuestion("knee", ("knee_pain",), ""),)


@pytest.mark.parametrize("typed", [True, False])
def test_none_of_the_complaints_offered_asks_where(chat: Chat, typed: bool) -> None:
    chat.say(Understood(offered=heard("neck_pain", "knee_pain")))
    chat.answer(NO) if typed else chat.press(Action.NONE_OF_THESE)
    assert (said(chat).key, chat.stage) == ("ask.where", Stage.WHERE)


def test_pain_without_a_place_is_asked_where(chat: Chat) -> None:
    chat.say(Understood(vague=True))
    assert said(chat).key == "ask.where"


@pytest.mark.safety("S-13", "S-19")
def test_a_text_without_a_match_gets_no_points_and_the_second_one_names_people(chat: Chat) -> None:
    turns = [chat.say(Understood()) for _ in range(3)]
    assert [turn.unmatched for turn in turns] == [True, True, True]
    keys = [reply.key for turn in turns for reply in turn.replies if isinstance(reply, Say) and reply.emergency_line]
    assert keys == ["no_match.first", "no_match.second", "no_match.second"]
    chat.wants("neck_pain")
    chat.command("cancel")
    chat.say(Understood())
    assert said(chat).key == "no_match.first"


@pytest.mark.safety("S-13")
def test_what_cannot_be_read_says_so_with_the_emergency_line(chat: Chat) -> None:
    assert not chat.say(Understood(readable=False)).unmatched
    assert (said(chat).key, said(chat).emergency_line) == ("not_text", True)
    chat.voice_message()
    assert (said(chat).key, said(chat).emergency_line) == ("not_text", True)


def test_an_unknown_point_shows_the_close_ones_and_closes_the_open_question(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.say(Understood(point_unknown="LI44", points_close=("LI4", "gone")))
    assert [choice.press.arg for row in said(chat).choices for choice in row] == ["LI4", ""]
    chat.answer(NO)  # "no" to the close ones is no answer to the red-flag question
    assert chat.dialogue.answered_none == ()
    assert said(chat).key == "no_match.first"


def test_a_page_over_a_question_does_not_answer_it(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.press(Action.HOW)
    chat.answer(NO)
    assert (chat.stage, chat.dialogue.answered_none) == (Stage.QUESTION, ())
    chat.answer(NO)
    assert chat.stage is Stage.CHECKLIST


@pytest.mark.safety("S-5")
def test_only_the_signs_of_the_last_two_messages_within_two_minutes_are_kept(chat: Chat) -> None:
    for sign in ("a", "b", "c"):
        chat.say(Understood(signs=frozenset({sign})))
        chat.later(50)
    assert [signs for _, signs in chat.dialogue.recent] == [("b",), ("c",)]
    chat.later(100)
    chat.say(Understood())
    assert chat.dialogue.recent == ()


def test_a_wish_that_a_reload_took_away_ends_without_an_error(chat: Chat) -> None:
    chat.dialogue = Dialogue(revision=1, began_at=START, stage=Stage.RECOMMENDED, conditions=("gone",), point="XX1")
    assert chat.press(Action.CARD, "XX1").stale
    chat.say(Understood(answer=YES))
    assert said(chat).key == "no_match.first"
