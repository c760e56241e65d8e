"""When handling an update fails: it is logged first, with nothing about the person, then the person is told."""

import asyncio
import logging
import secrets
import traceback
from dataclasses import dataclass
from pathlib import Path

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.channels.telegram.deferred import DeferredUpdates, chat_key, wait_for
from bot.channels.telegram.outbox import Outbox
from bot.services.conversation import Conversation
from bot.services.counters import Counters
from bot.services.due_messages import DueMessages
from bot.storage.errors import StorageError

log = logging.getLogger(__name__)

OURS = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Errors:
    """The application's error handler. It never raises. What may work later is parked, all else is set aside for good.

    The log line holds an event id, the kind of update, the class of the error and where it happened: no texts, names,
    ids or tokens (S-55, S-60), so no error messages either, which may quote them.
    """

    conversation: Conversation
    outbox: Outbox
    counters: Counters
    deferred: DeferredUpdates
    due_messages: DueMessages

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, Forbidden):
            self.counters.blocked()
            log.info("a person has blocked the bot or left")
            await self._end_what_is_due(update)
            return
        wait = wait_for(error)
        if wait is not None and isinstance(update, Update) and await self.deferred.park(update, wait):
            self.counters.deferred()
            log.info("an answer has to wait")
            return
        self.counters.error()
        log.error(
            "event %s: %s failed: %s at %s", secrets.token_hex(4), kind(update), type(error).__name__, place(error)
        )
        if isinstance(update, Update) and update.effective_chat and update.effective_chat.type == ChatType.PRIVATE:
            await self._tell(update.effective_chat.id)

    async def _end_what_is_due(self, update: object) -> None:
        if isinstance(update, Update) and update.effective_chat:
            try:
                await asyncio.to_thread(self.due_messages.person_left, chat_key(update))
            except StorageError as error:
                log.warning("the reminders of a person who has left could not be ended: %s", error)

    async def _tell(self, chat: int) -> None:
        try:
            await self.outbox.send(chat, self.conversation.failed())
        except TelegramError as error:
            log.warning("the person could not be told: %s", type(error).__name__)


def kind(update: object) -> str:
    """Which kind of update it is: "message", "callback_query", ..."""
    if not isinstance(update, Update):
        return type(update).__name__
    return next((name for name in Update.ALL_TYPES if getattr(update, name, None) is not None), "update")


def place(error: BaseException | None) -> str:
    """Where in our own code an error came up: files and lines, nothing of what they worked on."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    paths = [(Path(frame.filename), frame.lineno) for frame in frames]
    return " > ".join(f"{path.relative_to(OURS)}:{line}" for path, line in paths if path.is_relative_to(OURS)) or "?"
