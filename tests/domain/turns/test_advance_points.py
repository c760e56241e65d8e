"""Ways round the complaint: referrals, points by name, the pages of a recommendation."""

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.state.durations import HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import (
    AskQuestion,
    Card,
    CardView,
    GeneralCard,
    Overview,
    Precautions,
    Referred,
    RegionMap,
    WhyPoint,
    WhyThese,
)
from bot.domain.understanding.understood import HeardFlag, TypedAnswer, Understood
from tests.chatting import MINUTE, Chat, heard

NO = TypedAnswer.NO


@pytest.mark.safety("S-33")
@pytest.mark.parametrize("wish", [("asthma",), ("neck_pain", "asthma")])
def test_a_referral_never_gets_points_and_holds_for_the_hour_on_every_route(chat: Chat, wish: tuple[str, ...]) -> None:
    chat.later(30 * MINUTE)
    chat.wants(*wish)
    assert chat.last() == (Referred(("asthma",)),)
    chat.later(HOUR - 1)
    for reply in (
        chat.wants("neck_pain").replies,
        chat.press(Action.SHOW, "LI4").replies,
        chat.command("start", argument="c_neck_pain").replies,
    ):
        assert reply == (Referred(("asthma",)),)


@pytest.mark.safety("S-33")
def test_a_point_named_for_a_referral_is_no_way_round_it(chat: Chat) -> None:
    chat.say(Understood(accepted=heard("asthma"), points=("LI4",)))
    assert chat.last() == (Referred(("asthma",)),)
    chat.command("points", Understood(accepted=heard("hernia"), points=("LI4",)), "LI4 for my hernia")
    assert chat.last() == (Referred(("hernia", "asthma")),)


@pytest.mark.safety("S-20", "S-21")
def test_a_point_by_name_asks_the_general_signs_and_the_checklist(chat: Chat) -> None:
    chat.say(Understood(points=("LI4",)))
    assert chat.last() == (GeneralCard("LI4"),)
    chat.press(Action.SHOW, "LI4")
    assert chat.last() == (AskQuestion("general", (), ""),)
    chat.answer(NO)
    chat.answer(NO)
    assert chat.points == ("LI4",)
    assert isinstance(chat.replies[0], Card)


@pytest.mark.safety("S-20")
def test_a_point_named_with_a_complaint_asks_the_signs_of_both(chat: Chat) -> None:
    chat.say(Understood(accepted=heard("neck_pain"), points=("PC6",)))
    assert [chat.dialogue.asked, chat.answer(NO).dialogue.asked] == ["neck", "general"]
    chat.answer(NO)
    chat.answer(NO)
    assert chat.points == ("PC6",)


def test_a_point_that_must_not_be_offered_for_the_complaint_gives_the_complaints_own(chat: Chat) -> None:
    chat.say(Understood(accepted=heard("wrist_pain"), points=("ST36",)))
    chat.answer(NO)
    chat.answer(NO)
    assert chat.points == ("PC6", "HT7", "LI4")


def test_a_visit_to_book_and_cautions_stand_before_the_card_of_a_named_point(chat: Chat) -> None:
    lump = HeardFlag("lump", Urgency.SEE_GP, ("lump",))
    chat.say(Understood(points=("LI4",), red_flags=(lump,), contraindications=frozenset({"medicines"})))
    chat.press(Action.SHOW, "LI4")
    chat.answer(NO)
    chat.answer(NO)
    assert chat.replies[0] == Precautions(("lump",), ("medicines",))
    assert chat.points == ("LI4",)


def test_the_pages_of_a_recommendation_open_only_while_it_holds(chat: Chat) -> None:
    chat.screened("neck_pain")
    assert isinstance(chat.press(Action.CARD, "GB20").replies[0], Card)
    assert chat.press(Action.WHY_POINT, "GB20").replies == (WhyPoint("GB20", ("neck_pain",)),)
    assert chat.press(Action.WHY_THESE).replies == (WhyThese(("neck_pain",)),)
    assert isinstance(chat.press(Action.CARD, "SP10").replies[0], Overview)  # not a point of this recommendation
    views = {Action.CARD: CardView.FIRST, Action.FIND_AGAIN: CardView.AGAIN, Action.WATCH: CardView.FILM}
    for action, view in views.items():
        (card,) = chat.press(action, "GB20").replies
        assert isinstance(card, Card)
        assert card.view is view
    chat.later(HOUR)
    assert chat.press(Action.CARD, "GB20").stale
    assert chat.points == ()


@pytest.mark.safety("S-20")
def test_a_map_shows_all_points_of_a_region_after_the_screening() -> None:
    chat = Chat()
    assert not isinstance(chat.press(Action.MAP, "PC6").replies[0], RegionMap)
    chat.screened("wrist_pain")
    (card,) = chat.press(Action.CARD, "PC6").replies
    (shown,) = chat.press(Action.MAP, "PC6").replies
    assert isinstance(card, Card)
    assert isinstance(shown, RegionMap)
    assert card.mapped
    assert (shown.points, shown.picture) == (("PC6", "HT7"), "map-wrist.jpg")


@pytest.mark.safety("S-28")
def test_no_map_is_shown_where_a_point_on_it_is_left_out(chat: Chat) -> None:
    chat.say(Understood(accepted=heard("wrist_pain"), contraindications=frozenset({"sore_wrist"})))
    chat.answer(NO)
    chat.answer(NO)
    (card,) = chat.press(Action.CARD, "PC6").replies
    assert isinstance(card, Card)
    assert not card.mapped
    assert isinstance(chat.press(Action.MAP, "PC6").replies[0], Overview)
