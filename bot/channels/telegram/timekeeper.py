"""Has done what is due: running sessions are brought up to date, reminders sent. Nothing is said that is not due."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from telegram.error import Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.calls import seconds_of
from bot.channels.telegram.intake import ChatQueues
from bot.channels.telegram.outbox import Outbox
from bot.services.counters import Counters
from bot.services.due_messages import DueAction, DueMessages
from bot.storage.errors import StorageError
from bot.storage.records import DueRecord

LOOKS_EVERY: Final = 1.0  # seconds
CHANNEL: Final = "telegram"

log = logging.getLogger(__name__)


class Timekeeper:
    """What it does in a chat waits for that chat's lane, so that no late edit undoes what a button has done."""

    def __init__(self, due_messages: DueMessages, outbox: Outbox, chat_queues: ChatQueues, counters: Counters) -> None:
        self._due_messages = due_messages
        self._outbox = outbox
        self._chat_queues = chat_queues
        self._counters = counters

    async def run(self) -> None:
        """Looks again and again, until cancelled. A chat that is slow holds up no other."""
        async with asyncio.TaskGroup() as group:
            while True:
                await asyncio.sleep(LOOKS_EVERY)
                try:
                    due = await asyncio.to_thread(self._due_messages.take, CHANNEL)
                except StorageError as error:
                    log.warning("what is due could not be looked for: %s", error)
                    continue
                for one in due:
                    group.create_task(self._chat_queues.alone(chat_of(one), self._do(one)))

    async def _do(self, due: DueRecord) -> None:
        """Does it. What fails comes again when its lease is over; the log names no more than the kind (S-55)."""
        try:
            action = await asyncio.to_thread(self._due_messages.action, due)
            if action is not None:
                number = await self._run(action)
                await asyncio.to_thread(self._due_messages.done, action, number)
        except Forbidden:
            self._counters.blocked()
            await self._note(lambda: self._due_messages.person_left(due.chat))
        except RetryAfter as error:
            seconds = seconds_of(error)
            await self._note(lambda: self._due_messages.postpone(due, seconds))
        except (TelegramError, StorageError) as error:
            log.warning("what is due could not be done (%s)", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - one chat's failure must not end the others' sessions
            self._counters.error()
            log.error("what is due failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote a text

    async def _note(self, what: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(what)
        except StorageError as error:
            log.warning("it could not be kept what came of something due: %s", error)

    async def _run(self, action: DueAction) -> int:
        """The number of the message that was sent or edited."""
        chat = chat_of(action)
        if action.edit is not None:
            await self._outbox.refresh(chat, action.shown, action.edit)
            return action.shown
        number = await self._outbox.send(chat, action.send) if action.send is not None else 0
        if action.shown:
            await self._outbox.drop_buttons(chat, action.shown)
        return number


def chat_of(what: DueRecord | DueAction) -> int:
    """Telegram's number of the chat."""
    return int(what.chat.removeprefix(f"{CHANNEL}:"))
