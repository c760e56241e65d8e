"""One handler for each kind of update: most make it a turn of the conversation and send the answer."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import WRITTEN_COMMAND, read_group_message
from bot.channels.telegram.batches import Batches
from bot.channels.telegram.chat_keys import chat_key
from bot.channels.telegram.flood import Flood, GroupCardLimit, Pace
from bot.channels.telegram.intake import ChatQueues
from bot.channels.telegram.limits import plain
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.receipts import Receipts
from bot.channels.telegram.retries import TURN_PAUSES, retried
from bot.services.admin import Admin
from bot.services.conversation import Conversation
from bot.services.counters import Counters
from bot.services.due_messages import DueMessages
from bot.services.group_answers import GroupAnswers
from bot.services.messages import AdminAnswer, Answer, Incoming, IncomingKind, Outgoing
from bot.storage.crypto import DamagedError
from bot.storage.errors import StorageError
from bot.storage.rows import Arrival

Context = ContextTypes.DEFAULT_TYPE

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handlers:
    """The handlers that the application calls. Work that waits for the database runs in worker threads."""

    conversation: Conversation
    group_answers: GroupAnswers
    admin: Admin
    outbox: Outbox
    chat_queues: ChatQueues
    flood: Flood
    card_limit: GroupCardLimit
    counters: Counters
    receipts: Receipts
    batches: Batches
    due_messages: DueMessages

    async def private_text(self, update: Update, _: Context) -> None:
        """Answers a text, a caption or a command in a private chat, new or edited."""
        message = _message(update)
        text = message.text or message.caption or ""
        command = WRITTEN_COMMAND.fullmatch(text) if message.text else None
        if command:
            name, argument = command["name"].lower(), command["argument"] or ""
            await self._converse(update, IncomingKind.COMMAND, argument, command=name)
        else:
            await self._converse(update, IncomingKind.TEXT, text)

    async def private_non_text(self, update: Update, _: Context) -> None:
        """Answers a sticker, voice message, photo, contact ... in a private chat. An album counts as one message."""
        message = _message(update)
        update_id = f"album-{message.media_group_id}" if message.media_group_id else ""
        await self._converse(update, IncomingKind.OTHER, update_id=update_id)

    async def button_press(self, update: Update, _: Context) -> None:
        """Answers a button press. It is acknowledged exactly once, even if the turn fails."""
        query = _query(update)
        chat = query.message.chat if query.message else None
        if chat is None or chat.type != ChatType.PRIVATE:
            await self.outbox.acknowledge(query.id, self.conversation.phrase("telegram.private_only"))
            return
        pace = self._count(update)
        try:
            answer = await self._turn(update, IncomingKind.PRESS, query.data or "")
        except Exception:
            await self.outbox.acknowledge(query.id)
            raise
        notice = plain(self._slow_down_notice()) if pace is Pace.NEWLY_FAST else answer.notice
        shown = answer if self._should_answer(update, pace, answer) else Answer()
        await asyncio.gather(self.outbox.acknowledge(query.id, notice), self._show(query, shown))
        self.receipts.note(chat_key(chat.id), str(update.update_id))

    async def group_text(self, update: Update, context: Context) -> None:
        """Answers a text in a group if it holds a warning sign or is for this bot. Other bots are never answered."""
        message = _message(update)
        addressed = read_group_message(message, context.bot.id, context.bot.username)
        if addressed is None:
            return
        pace = self._count(update)
        answer = await asyncio.to_thread(
            self.group_answers.group, addressed.text, addressed.command, mentioned=addressed.mentioned
        )
        if answer.urgent or (answer.messages and pace is Pace.FINE and self.card_limit.take(message.chat_id)):
            for outgoing in answer.messages:
                await self.outbox.send(message.chat_id, outgoing, reply_to=message.message_id)

    def has_warning_sign(self, update: Update) -> bool:
        """Whether an update holds a text of a group with a warning sign, which must be answered even late."""
        message, bot = update.message or update.edited_message, update.get_bot()
        addressed = read_group_message(message, bot.id, bot.username) if message else None
        return addressed is not None and self.group_answers.urgent(addressed.text)

    async def inline_query(self, update: Update, _: Context) -> None:
        """Answers an inline query: `@bot hegu` in any chat."""
        query = update.inline_query
        if query is None:
            raise TypeError("an inline query was expected")
        self.counters.update()
        articles = await asyncio.to_thread(self.group_answers.inline, query.query)
        await self.outbox.answer_inline(query.id, articles)

    async def admin_command(self, update: Update, _: Context) -> None:
        """Carries out an admin's command, once. An edited command is ignored.

        The filter in application.py has checked that it comes from an admin in a private chat.
        """
        message = _message(update)
        command = WRITTEN_COMMAND.fullmatch(message.text or "")
        if command is None:
            raise TypeError("a command was expected")
        self.counters.update()
        chat, update_id = chat_key(message.chat_id), str(update.update_id)
        if update.edited_message or (chat, update_id) in self.receipts:
            return
        arrival = await asyncio.to_thread(self.admin.arrival, chat, update_id)
        if arrival is not Arrival.ANSWERED:
            again = arrival is Arrival.CUT_OFF
            await self._run_admin_command(
                message.chat_id, command["name"].lower(), command["argument"] or "", again=again
            )
            self.receipts.note(chat, update_id)

    async def _run_admin_command(self, chat: int, name: str, argument: str, *, again: bool) -> None:
        """`again`: it may have been carried out but not answered. A second rollback would undo the first."""
        if name == "preview":
            await self._send(chat, await asyncio.to_thread(self.admin.preview, argument, chat_key(chat)))
            return
        report = await asyncio.to_thread(self._admin_commands()["status" if again and name == "rollback" else name])
        await self.outbox.send(chat, Outgoing(report.html))
        if report.file_name:
            await self.outbox.send_document(chat, report.file_name, report.file_text.encode())

    def _admin_commands(self) -> Mapping[str, Callable[[], AdminAnswer]]:
        admin = self.admin
        return {
            "reload": admin.reload,
            "status": admin.status,
            "unmatched": admin.unmatched,
            "rollback": admin.rollback,
        }

    async def _converse(
        self, update: Update, kind: IncomingKind, text: str = "", *, command: str = "", update_id: str = ""
    ) -> None:
        pace, chat = self._count(update), _message(update).chat_id
        answer = await self._turn(update, kind, text, command=command, update_id=update_id)
        if self._should_answer(update, pace, answer):
            await self._send(chat, answer)
        self.receipts.note(chat_key(chat), update_id or str(update.update_id))
        if pace is Pace.NEWLY_FAST:
            await self.outbox.send(chat, Outgoing(self._slow_down_notice()))

    async def _turn(
        self, update: Update, kind: IncomingKind, text: str, *, command: str = "", update_id: str = ""
    ) -> Answer:
        if update.effective_chat is None:
            raise TypeError("an update of a chat was expected")
        chat, update_id = chat_key(update.effective_chat.id), update_id or str(update.update_id)
        if (chat, update_id) in self.receipts:
            return Answer()
        incoming = Incoming(chat, kind, update_id, text, command, confirmed_later=True)
        began = time.monotonic()
        answer = await self._turn_with_retries(incoming)
        self.counters.turn(answer, time.monotonic() - began, text=kind is IncomingKind.TEXT)
        return answer

    async def _turn_with_retries(self, incoming: Incoming) -> Answer:
        """The turn, tried again a few times if the database fails. Only this chat waits for it."""
        return await retried(lambda: self.batches.turn(incoming), TURN_PAUSES, _seconds_to_wait)

    def _count(self, update: Update) -> Pace:
        self.counters.update()
        return self.flood.pace(update.effective_chat.id if update.effective_chat else 0)

    def _should_answer(self, update: Update, pace: Pace, answer: Answer) -> bool:
        """Whether to send the answer: of messages that come too fast, only for warning signs and the last one."""
        return pace is Pace.FINE or answer.urgent or not self.chat_queues.waiting_behind(update)

    def _slow_down_notice(self) -> str:
        return self.conversation.phrase("telegram.slow_down")

    async def _send(self, chat: int, answer: Answer) -> None:
        for outgoing in answer.messages:
            await self._track_session_message(chat, outgoing, await self.outbox.send(chat, outgoing))

    async def _track_session_message(self, chat: int, outgoing: Outgoing, message_id: int) -> None:
        """Keeps message `message_id` up to date from now on if it shows a running session."""
        if outgoing.live is not None:
            await asyncio.to_thread(self.due_messages.session_shown, chat_key(chat), message_id, outgoing.live)

    async def _show(self, query: CallbackQuery, answer: Answer) -> None:
        """Shows the answer to a press, in place of the button's message if the answer asks for that."""
        messages = answer.messages
        if answer.replace and messages and isinstance(query.message, Message):
            message_id = await self.outbox.replace(query.message, messages[0])
            await self._track_session_message(query.from_user.id, messages[0], message_id)
            messages = messages[1:]
        await self._send(query.from_user.id, Answer(messages))


def _seconds_to_wait(error: Exception, pause: float) -> float | None:
    """The pause before the next try of a turn, or None unless the database failed in a way that may pass."""
    if not isinstance(error, StorageError) or isinstance(error, DamagedError):
        return None
    log.warning("a turn is tried again in %g s: %s", pause, error)
    return pause


def _message(update: Update) -> Message:
    if update.effective_message is None:
        raise TypeError("an update with a message was expected")
    return update.effective_message


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a button press was expected")
    return update.callback_query
