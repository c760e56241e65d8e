"""What happens when handling an update fails: a log line without personal data, then a message to the person."""

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

from bot.channels.telegram.chat_keys import chat_key_of
from bot.channels.telegram.deferred import DeferredUpdates, seconds_until_retry
from bot.channels.telegram.outbox import Outbox
from bot.services.conversation import Conversation
from bot.services.counters import Counters
from bot.services.due_messages import DueMessages
from bot.storage.errors import StorageError

log = logging.getLogger(__name__)

OUR_CODE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Errors:
    """The application's error handler. It never raises.

    An update that may succeed later is deferred; any other is given up. The log line holds an event id, the kind of
    update, the class of the error and its location in our code: no texts, names, ids or tokens, and no error messages
    either, which may quote them (S-55, S-60).
    """

    conversation: Conversation
    outbox: Outbox
    counters: Counters
    deferred: DeferredUpdates
    due_messages: DueMessages

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Deals with the error in `context` that came up while `update` was handled."""
        error = context.error
        if isinstance(error, Forbidden):
            self.counters.blocked()
            log.info("a person has blocked the bot or left")
            await self._drop_due_messages(update)
            return
        wait = seconds_until_retry(error)
        if wait is not None and isinstance(update, Update) and await self.deferred.defer(update, wait):
            self.counters.deferred()
            log.info("an answer has to wait")
            return
        self.counters.error()
        log.error(
            "event %s: %s failed: %s at %s",
            secrets.token_hex(4),
            update_kind(update),
            type(error).__name__,
            location(error),
        )
        if isinstance(update, Update) and update.effective_chat and update.effective_chat.type == ChatType.PRIVATE:
            await self._send_apology(update.effective_chat.id)

    async def _drop_due_messages(self, update: object) -> None:
        if isinstance(update, Update) and update.effective_chat:
            try:
                await asyncio.to_thread(self.due_messages.person_left, chat_key_of(update))
            except StorageError as error:
                log.warning("the reminders of a person who has left could not be ended: %s", error)

    async def _send_apology(self, chat: int) -> None:
        try:
            await self.outbox.send(chat, self.conversation.failed())
        except TelegramError as error:
            log.warning("the person could not be told: %s", type(error).__name__)


def update_kind(update: object) -> str:
    """The kind of an update, as Telegram calls it: "message", "callback_query", ..."""
    if not isinstance(update, Update):
        return type(update).__name__
    return next((name for name in Update.ALL_TYPES if getattr(update, name, None) is not None), "update")


def location(error: BaseException | None) -> str:
    """Where in our own code an error was raised, as "file:line > file:line"; "?" if not in our code."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    paths = [(Path(frame.filename), frame.lineno) for frame in frames]
    return (
        " > ".join(f"{path.relative_to(OUR_CODE)}:{line}" for path, line in paths if path.is_relative_to(OUR_CODE))
        or "?"
    )
