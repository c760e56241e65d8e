"""The outbox keeps Telegram's limits and bears its refusals. The server is the tests' own, over real HTTP."""

import asyncio

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.retries import CALL_PAUSES
from bot.services.messages import Article, Key, Outgoing
from tests.channels.telegram_channel.outboxes import KEYS, PNG, Do, sent
from tests.end_to_end import faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import Fault


def test_a_message_goes_out_with_its_buttons_and_without_a_link_preview(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, Outgoing("<b>Hi</b>", KEYS)))
    (call,) = api.calls_of("sendMessage", 42)
    assert call.params["text"] == "<b>Hi</b>"
    assert call.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "v1.yes"}, {"text": "No", "callback_data": "v1.no"}],
        [{"text": "Open", "url": "https://t.me/guide_bot"}],
    ]
    assert "is_disabled" in call.params["link_preview_options"]


@pytest.mark.safety("S-67")
def test_a_long_text_goes_out_in_pieces_with_the_buttons_under_the_last(api: BotApi, do: Do) -> None:
    paragraph = "<i>" + "word " * 300 + "</i>\n\n"
    do(lambda outbox: outbox.send(42, Outgoing(paragraph * 8, KEYS)))
    calls = api.calls_of("sendMessage", 42)
    assert len(calls) == 4
    assert ["reply_markup" in call.params for call in calls] == [False, False, False, True]
    assert not api.violations


def test_a_picture_goes_out_with_its_caption(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, Outgoing("<b>LI4</b>", KEYS, picture="hand.png")))
    (call,) = api.calls_of("sendPhoto", 42)
    assert call.params["caption"] == "<b>LI4</b>"
    assert list(call.files.values()) == [PNG]


@pytest.mark.safety("S-67")
def test_a_caption_that_is_too_long_goes_on_in_the_next_message(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, Outgoing("word " * 300, KEYS, picture="hand.png")))
    (photo,), (text,) = api.calls_of("sendPhoto", 42), api.calls_of("sendMessage", 42)
    assert "reply_markup" not in photo.params
    assert "reply_markup" in text.params
    assert not api.violations


def test_a_missing_picture_costs_only_itself(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, Outgoing("LI4", picture="gone.png")))
    assert [call.method for call in api.calls if call.chat == 42] == ["sendMessage"]


def test_buttons_that_break_a_limit_are_our_fault_and_refused(api: BotApi, do: Do) -> None:
    for keys in ((Key("x", data="d" * 65),),), tuple((Key("x", data="d"),) for _ in range(101)):
        with pytest.raises(ValueError, match="buttons"):
            do(lambda outbox, keys=keys: outbox.send(42, Outgoing("Hi", keys)))  # type: ignore[misc]
    assert not api.calls_of("sendMessage")


def test_what_telegram_cannot_parse_goes_out_as_plain_text(api: BotApi, do: Do) -> None:
    api.fail("sendMessage", faults.UNPARSED)
    do(lambda outbox: outbox.send(42, Outgoing("<b>Knee</b> &amp; hip")))
    call = api.calls_of("sendMessage", 42)[-1]
    assert call.params["text"] == "Knee & hip"
    assert "parse_mode" not in call.params


def test_a_press_edits_the_message_of_its_button(api: BotApi, do: Do) -> None:
    async def work(outbox: Outbox) -> None:
        await outbox.send(42, Outgoing("one", KEYS))
        await outbox.replace(sent(), Outgoing("two"))

    do(work)
    (edit,) = api.calls_of("editMessageText", 42)
    assert edit.params["text"] == "two"
    assert len(api.calls_of("sendMessage", 42)) == 1


def test_a_message_that_would_not_change_is_left_alone(api: BotApi, do: Do) -> None:
    async def work(outbox: Outbox) -> None:
        await outbox.send(42, Outgoing("one", KEYS))
        await outbox.replace(sent(), Outgoing("one", KEYS))

    do(work)
    assert "not modified" in api.calls_of("editMessageText", 42)[0].error
    assert len(api.calls_of("sendMessage", 42)) == 1


def test_a_deleted_message_is_sent_anew(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.replace(sent(77), Outgoing("two", KEYS)))
    (call,) = api.calls_of("sendMessage", 42)
    assert call.params["text"] == "two"


def test_a_text_that_replaces_a_picture_is_sent_anew_and_the_old_buttons_go(api: BotApi, do: Do) -> None:
    async def work(outbox: Outbox) -> None:
        await outbox.send(42, Outgoing("one", KEYS, picture="hand.png"))
        await outbox.replace(sent(photo=True), Outgoing("two", KEYS))

    do(work)
    assert [call.method for call in api.calls if call.chat == 42] == [
        "sendPhoto",
        "sendMessage",
        "editMessageReplyMarkup",
    ]
    assert "reply_markup" not in api.messages[42, 1]


def test_a_picture_that_replaces_a_text_is_sent_anew_and_the_old_buttons_go(api: BotApi, do: Do) -> None:
    async def work(outbox: Outbox) -> None:
        await outbox.send(42, Outgoing("one", KEYS))
        await outbox.replace(sent(), Outgoing("two", KEYS, picture="hand.png"))

    do(work)
    assert [call.method for call in api.calls if call.chat == 42] == [
        "sendMessage",
        "sendPhoto",
        "editMessageReplyMarkup",
    ]


def test_a_picture_replaces_a_picture_in_place(api: BotApi, do: Do) -> None:
    async def work(outbox: Outbox) -> None:
        await outbox.send(42, Outgoing("one", KEYS, picture="hand.png"))
        await outbox.replace(sent(photo=True), Outgoing("<b>two</b>", KEYS, picture="hand.png"))

    do(work)
    (edit,) = api.calls_of("editMessageMedia", 42)
    assert edit.params["media"]["caption"] == "<b>two</b>"
    assert edit.params["media"]["media"] == "photo-0"


@pytest.mark.safety("S-67")
def test_retry_after_is_waited_for_and_the_message_sent(api: BotApi, do: Do) -> None:
    api.fail("sendMessage", faults.TOO_MANY)
    do(lambda outbox: outbox.send(42, Outgoing("Hi")))
    assert [call.error for call in api.calls_of("sendMessage", 42)] == [faults.TOO_MANY.description, ""]


@pytest.mark.safety("S-67")
def test_retry_after_in_one_chat_delays_no_other(api: BotApi, do: Do) -> None:
    api.fail("sendMessage", Fault(429, "Too Many Requests: retry after 3", retry_after=3), chat=1)

    async def work(outbox: Outbox) -> None:
        slow = asyncio.create_task(outbox.send(1, Outgoing("slow")))
        await asyncio.gather(*(outbox.send(chat, Outgoing("Hi")) for chat in range(2, 20)))
        assert not slow.done()
        await slow

    do(work)
    assert len(api.calls_of("sendMessage")) == 20


@pytest.mark.parametrize("fault", [faults.BROKEN, faults.DROPPED])
def test_a_broken_connection_is_tried_once_more(api: BotApi, do: Do, fault: Fault) -> None:
    api.fail("sendMessage", fault)
    do(lambda outbox: outbox.send(42, Outgoing("Hi")))
    assert [bool(call.error) for call in api.calls_of("sendMessage", 42)] == [True, False]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.BLOCKED, Forbidden),
        (Fault(400, "Bad Request: chat not found"), BadRequest),
        (faults.TOO_MANY, RetryAfter),
        (faults.BROKEN, NetworkError),
    ],
)
def test_what_cannot_be_mended_comes_out_as_telegrams_error(
    api: BotApi, do: Do, fault: Fault, error: type[TelegramError]
) -> None:
    api.fail("sendMessage", fault, times=9)
    with pytest.raises(error):
        do(lambda outbox: outbox.send(42, Outgoing("Hi")))
    assert len(api.calls_of("sendMessage", 42)) <= len(CALL_PAUSES) + 1


def test_a_long_notice_is_cut(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.acknowledge("q1", "word " * 100))
    assert len(api.calls_of("answerCallbackQuery")[0].params["text"]) <= 200
    assert not api.violations


def test_an_acknowledgement_that_comes_too_late_is_no_error(api: BotApi, do: Do) -> None:
    api.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old and response timeout expired"))
    do(lambda outbox: outbox.acknowledge("q1"))
    assert len(api.calls_of("answerCallbackQuery")) == 1


def test_inline_results_are_personal_and_kept_nowhere(api: BotApi, do: Do) -> None:
    articles = [Article(f"a{n}", "LI4", "Hegu", "<b>LI4</b>") for n in range(60)]
    do(lambda outbox: outbox.answer_inline("q1", articles))
    (call,) = api.calls_of("answerInlineQuery")
    assert (call.params["cache_time"], call.params["is_personal"]) == ("0", "true")
    assert len(call.params["results"]) == 50
    assert not api.violations


def test_a_text_file_is_sent_as_a_document(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send_document(42, "problems.txt", b"knowledge/points/spleen.yaml:12: SP6"))
    assert api.calls_of("sendDocument", 42)[0].files == {"problems.txt": b"knowledge/points/spleen.yaml:12: SP6"}
