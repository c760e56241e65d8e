"""When the bot gives up for good, and when it goes on trying."""

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.intake import START_SECONDS, CannotRunError, give_up_if_useless


@pytest.mark.parametrize("running", [0.0, 3600.0])
def test_a_token_that_telegram_no_longer_knows_ends_the_bot_at_any_time(running: float) -> None:
    with pytest.raises(CannotRunError, match="TELEGRAM_BOT_TOKEN"):
        give_up_if_useless(InvalidToken(), running)


def test_a_second_process_gives_up_at_its_start() -> None:
    with pytest.raises(CannotRunError, match="Another process"):
        give_up_if_useless(Conflict("terminated by other getUpdates request"), START_SECONDS - 1)


@pytest.mark.parametrize("error", [Conflict("other"), NetworkError("x"), TimedOut(), RetryAfter(5)])
def test_a_bot_that_has_been_running_goes_on_trying(error: TelegramError) -> None:
    give_up_if_useless(error, START_SECONDS + 1)
