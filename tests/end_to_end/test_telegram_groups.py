"""Groups and inline queries: general cards and the way into private, never health talk."""

from collections.abc import Callable

import pytest

from bot.channels.telegram.flood import MOST_CARDS
from tests.end_to_end.bot_api import ME, BotApi
from tests.end_to_end.faults import DEFERRING
from tests.end_to_end.people import Group, Person, replying_to_the_bot, shown
from tests.end_to_end.running_bot import RunningBot

CHEST = "crushing chest pain and my left arm hurts"


@pytest.mark.safety("S-57")
def test_a_point_in_a_group_gets_a_general_card_with_a_link_into_private(group: Group, person: Person) -> None:
    (call,) = group.says(person, "/points LI4")
    assert "LI4" in shown(call)
    assert "Find it:" not in shown(call)
    ((button,),) = call.params["reply_markup"]["inline_keyboard"]
    assert button == {"text": "Open privately", "url": "https://t.me/guide_bot?start=p_LI4"}
    assert call.params["reply_parameters"]["allow_sending_without_reply"]


@pytest.mark.safety("S-57")
def test_a_complaint_said_to_the_bot_in_a_group_is_led_into_private(group: Group, person: Person) -> None:
    (call,) = group.says(person, "@guide_bot my neck hurts")
    assert "Let us talk in private" in shown(call)
    ((button,),) = call.params["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/guide_bot?start=c_neck_pain"


def test_an_answer_to_one_of_the_bots_messages_is_meant_for_it(group: Group, person: Person) -> None:
    assert len(group.says(person, "my neck hurts", **replying_to_the_bot())) == 1


@pytest.mark.safety("S-57")
@pytest.mark.parametrize(
    "text",
    [
        "my neck hurts",
        "hegu is a nice word",
        "@other_bot LI4",
        "/points@other_bot LI4",
        "/start@other_bot",
        "/weather",
    ],
)
def test_what_is_not_meant_for_the_bot_gets_no_answer_in_a_group(group: Group, person: Person, text: str) -> None:
    assert group.says(person, text) == []


@pytest.mark.safety("S-1")
def test_a_red_flag_in_a_group_is_answered_even_if_nobody_spoke_to_the_bot(group: Group, person: Person) -> None:
    (call,) = group.says(person, CHEST)
    assert shown(call).startswith("Get emergency help now")


@pytest.mark.safety("S-17")
def test_a_red_flag_in_a_group_is_answered_later_where_telegram_makes_it_wait(
    api: BotApi, group: Group, person: Person
) -> None:
    api.fail("sendMessage", DEFERRING, chat=group.id)
    (refused,) = group.says(person, CHEST)
    assert refused.error
    assert shown(api.wait_for("sendMessage", group.id)).startswith("Get emergency help now")
    assert len(api.calls_of("sendMessage", group.id)) == 2


@pytest.mark.safety("S-57")
def test_a_card_in_a_group_that_has_to_wait_is_kept_nowhere(
    api: BotApi, shared_bot: RunningBot, group: Group, person: Person
) -> None:
    api.fail("sendMessage", DEFERRING, chat=group.id)
    group.says(person, "/points LI4")
    assert shared_bot.services.store.stored_about(f"telegram:{group.id}")["deferred"] == 0


@pytest.mark.safety("S-17")
def test_cards_leave_room_for_red_flags_in_what_telegram_lets_a_group_have(
    api: BotApi, group: Group, somebody: Callable[[], Person]
) -> None:
    people = [somebody() for _ in range(MOST_CARDS + 3)]
    for person in people:
        group.says(person, "/points LI4")
    assert len(api.calls_of("sendMessage", group.id)) == MOST_CARDS
    (call,) = group.says(people[0], CHEST)
    assert shown(call).startswith("Get emergency help now")


def test_another_bot_in_a_group_gets_no_answer(group: Group, person: Person) -> None:
    other = {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    assert group.says(person, "/points LI4", **{"from": other}) == []


def test_a_press_in_a_group_is_answered_politely_and_does_nothing(api: BotApi, group: Group, person: Person) -> None:
    update = person.press("anything")
    update["callback_query"]["message"]["chat"] = {"id": group.id, "type": "supergroup", "title": "Friends"}
    assert person.sees_after(api.feed(update)) == ""
    assert person.notice == "Please open a private chat with me."


def test_a_card_posted_through_the_bot_itself_gets_no_answer(group: Group, person: Person) -> None:
    assert group.says(person, "LI4 @guide_bot", via_bot=ME) == []
    assert person.says("LI4", via_bot=ME) == ""


def test_channel_posts_get_no_answer(api: BotApi, person: Person) -> None:
    chat = {"id": -100777, "type": "channel", "title": "News"}
    before = len(api.calls)
    api.wait_until_confirmed(api.feed({"channel_post": {**person.message({"text": "LI4"}), "chat": chat}}))
    assert api.calls[before:] == []


def ask_inline(api: BotApi, person: Person, text: str) -> list[dict[str, object]]:
    before = len(api.calls)
    query = {"id": f"i{before}", "from": person.user(), "query": text, "offset": ""}
    api.feed({"inline_query": query})
    call = api.wait_for("answerInlineQuery", after=before)
    assert call.params["cache_time"] == "0"
    assert call.params["is_personal"] == "true"
    return list(call.params["results"])


@pytest.mark.safety("S-21")
def test_a_point_asked_for_inline_gives_its_general_card(api: BotApi, person: Person) -> None:
    (result,) = ask_inline(api, person, "hegu")
    assert "LI4" in str(result["title"])
    assert "Find it:" not in str(result)


@pytest.mark.safety("S-1")
def test_a_red_flag_inline_gives_one_article_that_says_to_get_help(api: BotApi, person: Person) -> None:
    (result,) = ask_inline(api, person, CHEST)
    assert result["title"] == "Get help now"
    assert "Get emergency help now" in str(result["input_message_content"])


@pytest.mark.parametrize("text", ["", "zzzz", "<b>", "😀"])
def test_any_inline_query_gets_an_answer(api: BotApi, person: Person, text: str) -> None:
    assert ask_inline(api, person, text) == []
