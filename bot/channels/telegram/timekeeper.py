"""Runs due actions: keeps the messages of running sessions up to date and sends reminders."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from telegram.error import Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.calls import retry_after_seconds
from bot.channels.telegram.chat_keys import CHANNEL, chat_id_of
from bot.channels.telegram.intake import ChatQueues
from bot.channels.telegram.outbox import Outbox
from bot.services.counters import Counters
from bot.services.due_messages import DueAction, DueMessages
from bot.storage.errors import StorageError
from bot.storage.records import DueRecord

CHECK_SECONDS: Final = 1.0  # between two looks for due records

log = logging.getLogger(__name__)


class Timekeeper:
    """Runs due actions in the queue of their chat, so that no late edit undoes what a button press has done."""

    def __init__(self, due_messages: DueMessages, outbox: Outbox, chat_queues: ChatQueues, counters: Counters) -> None:
        self._due_messages = due_messages
        self._outbox = outbox
        self._chat_queues = chat_queues
        self._counters = counters

    async def run(self) -> None:
        """Runs due actions until cancelled. A slow chat does not delay the others."""
        async with asyncio.TaskGroup() as group:
            while True:
                await asyncio.sleep(CHECK_SECONDS)
                try:
                    due_records = await asyncio.to_thread(self._due_messages.take, CHANNEL)
                except StorageError as error:
                    log.warning("what is due could not be looked for: %s", error)
                    continue
                for due in due_records:
                    group.create_task(self._chat_queues.run_in_turn(chat_id_of(due.chat), self._handle(due)))

    async def _handle(self, due: DueRecord) -> None:
        """Runs the action of one due record. After a failure it is due again when its lease ends.

        The log names the class of the error only (S-55).
        """
        try:
            action = await asyncio.to_thread(self._due_messages.action, due)
            if action is not None:
                message_id = await self._run_action(action)
                await asyncio.to_thread(self._due_messages.done, action, message_id)
        except Forbidden:
            self._counters.blocked()
            await self._store(lambda: self._due_messages.person_left(due.chat))
        except RetryAfter as error:
            seconds = retry_after_seconds(error)
            await self._store(lambda: self._due_messages.postpone(due, seconds))
        except (TelegramError, StorageError) as error:
            log.warning("what is due could not be done (%s)", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - one chat's failure must not end the others' sessions
            self._counters.error()
            log.error("what is due failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote a text

    async def _store(self, change: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(change)
        except StorageError as error:
            log.warning("it could not be kept what came of something due: %s", error)

    async def _run_action(self, action: DueAction) -> int:
        """The id of the message that was sent or edited, or 0."""
        chat = chat_id_of(action.chat)
        if action.edit is not None:
            await self._outbox.refresh(chat, action.shown, action.edit)
            return action.shown
        message_id = await self._outbox.send(chat, action.send) if action.send is not None else 0
        if action.shown:
            await self._outbox.drop_buttons(chat, action.shown)
        return message_id
