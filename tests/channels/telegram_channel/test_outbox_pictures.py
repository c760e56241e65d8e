"""Pictures and films: uploaded once, sent by id, replaced by words where an upload fails."""

import pytest
from telegram.error import Forbidden

from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.retries import CALL_PAUSES
from bot.services.messages import Outgoing
from tests.channels.telegram_channel.outboxes import HAND, KEYS, MP4, PNG, Do, sent
from tests.end_to_end import faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import Fault


def test_a_picture_is_uploaded_once_and_then_sent_by_its_id(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, HAND))
    do(lambda outbox: outbox.send(43, HAND))
    first, second = api.calls_of("sendPhoto")
    assert (list(first.files.values()), second.files, second.params["photo"]) == ([PNG], {}, "photo-0")


def test_a_picture_that_changed_is_uploaded_anew(api: BotApi, do: Do, pictures: dict[str, bytes]) -> None:
    do(lambda outbox: outbox.send(42, HAND))
    pictures["hand.png"] = PNG + b", changed"
    for _ in range(2):
        do(lambda outbox: outbox.send(42, HAND))
    uploads = [list(call.files.values()) for call in api.calls_of("sendPhoto")]
    assert uploads == [[PNG], [PNG + b", changed"], []]


def test_an_id_that_telegram_no_longer_knows_is_replaced_by_an_upload(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, HAND))
    api.file_ids.clear()
    do(lambda outbox: outbox.send(42, HAND))
    do(lambda outbox: outbox.send(42, HAND))
    assert [bool(call.files) for call in api.calls_of("sendPhoto") if not call.error] == [True, True, False]
    assert not api.calls_of("sendMessage")


def test_an_unknown_id_in_an_edit_leads_to_a_new_message_with_the_picture(api: BotApi, do: Do) -> None:
    do(lambda outbox: outbox.send(42, HAND))
    api.file_ids.clear()
    do(lambda outbox: outbox.replace(sent(photo=True), HAND))
    assert [list(call.files.values()) for call in api.calls_of("sendPhoto", 42)][-1] == [PNG]


@pytest.mark.parametrize("fault", [faults.TOO_BIG, faults.BROKEN, faults.DROPPED], ids=str)
def test_an_upload_that_fails_falls_back_to_the_text_with_its_buttons(api: BotApi, do: Do, fault: Fault) -> None:
    api.fail("sendPhoto", fault, times=len(CALL_PAUSES) + 1)
    do(lambda outbox: outbox.send(42, HAND))
    (text,) = api.calls_of("sendMessage", 42)
    assert text.params["text"] == "LI4"
    assert "reply_markup" in text.params


def test_somebody_who_blocked_the_bot_gets_no_text_instead_of_a_picture(api: BotApi, do: Do) -> None:
    api.fail("sendPhoto", faults.BLOCKED)
    with pytest.raises(Forbidden):
        do(lambda outbox: outbox.send(42, HAND))
    assert not api.calls_of("sendMessage")


def test_a_film_goes_out_as_an_animation_and_takes_the_place_of_a_picture(api: BotApi, do: Do) -> None:
    film = Outgoing("LI4", KEYS, picture="press.mp4")

    async def work(outbox: Outbox) -> None:
        await outbox.send(42, film)
        await outbox.send(42, HAND)
        await outbox.replace(sent(2, photo=True), film)

    do(work)
    assert list(api.calls_of("sendAnimation", 42)[0].files.values()) == [MP4]
    (edit,) = api.calls_of("editMessageMedia", 42)
    assert (edit.params["media"]["type"], edit.params["media"]["media"]) == ("animation", "animation-0")
