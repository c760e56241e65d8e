"""One function for each kind of update: it becomes a turn of the conversation, and the answer is sent."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import WRITTEN_COMMAND, hear
from bot.channels.telegram.batches import Batches
from bot.channels.telegram.flood import Flood, Pace, Room
from bot.channels.telegram.intake import ChatQueues
from bot.channels.telegram.limits import plain
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.receipts import Receipts
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
PAUSES = (0.2, 1.0, 3.0)  # seconds before a turn is tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the application calls. The conversation runs in a worker thread, for it waits for the database."""

    conversation: Conversation
    group_answers: GroupAnswers
    admin: Admin
    outbox: Outbox
    chat_queues: ChatQueues
    flood: Flood
    room: Room
    counters: Counters
    receipts: Receipts
    rounds: Batches
    due_messages: DueMessages

    async def written(self, update: Update, _: Context) -> None:
        """A text, a caption or a command in a private chat, new or edited."""
        message = _message(update)
        text = message.text or message.caption or ""
        command = WRITTEN_COMMAND.fullmatch(text) if message.text else None
        if command:
            name, argument = command["name"].lower(), command["argument"] or ""
            await self._converse(update, IncomingKind.COMMAND, argument, command=name)
        else:
            await self._converse(update, IncomingKind.TEXT, text)

    async def other(self, update: Update, _: Context) -> None:
        """A sticker, voice, photo, contact ... in a private chat. An album counts as one message."""
        message = _message(update)
        number = f"album-{message.media_group_id}" if message.media_group_id else ""
        await self._converse(update, IncomingKind.OTHER, number=number)

    async def pressed(self, update: Update, _: Context) -> None:
        """A button. The press is answered exactly once, whatever happens."""
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
        notice = plain(self._slow_down()) if pace is Pace.NEWLY_FAST else answer.notice
        shown = answer if self._is_due(update, pace, answer) else Answer()
        await asyncio.gather(self.outbox.acknowledge(query.id, notice), self._show(query, shown))
        self.receipts.note(_key(chat.id), str(update.update_id))

    async def group(self, update: Update, context: Context) -> None:
        """A text in a group. Most get no answer; other bots and what is said to them never do."""
        message = _message(update)
        heard = hear(message, context.bot.id, context.bot.username)
        if heard is None:
            return
        pace = self._count(update)
        answer = await asyncio.to_thread(self.group_answers.group, heard.text, heard.command, mentioned=heard.mentioned)
        if answer.urgent or (answer.messages and pace is Pace.FINE and self.room.take(message.chat_id)):
            for outgoing in answer.messages:
                await self.outbox.send(message.chat_id, outgoing, reply_to=message.message_id)

    def warns(self, update: Update) -> bool:
        """Whether a text in a group holds a warning sign: its answer is worth keeping for later."""
        message, bot = update.message or update.edited_message, update.get_bot()
        heard = hear(message, bot.id, bot.username) if message else None
        return heard is not None and self.group_answers.urgent(heard.text)

    async def inline(self, update: Update, _: Context) -> None:
        """An inline query, `@bot hegu` in any chat."""
        query = update.inline_query
        if query is None:
            raise TypeError("an inline query was expected")
        self.counters.update()
        articles = await asyncio.to_thread(self.group_answers.inline, query.query)
        await self.outbox.articles(query.id, articles)

    async def administer(self, update: Update, _: Context) -> None:
        """An admin's command, done once; an edited one is none.

        That it is an admin, in private, was checked before (see application.py).
        """
        message = _message(update)
        command = WRITTEN_COMMAND.fullmatch(message.text or "")
        if command is None:
            raise TypeError("a command was expected")
        self.counters.update()
        chat, number = _key(message.chat_id), str(update.update_id)
        if update.edited_message or (chat, number) in self.receipts:
            return
        arrival = await asyncio.to_thread(self.admin.arrival, chat, number)
        if arrival is not Arrival.ANSWERED:
            again = arrival is Arrival.CUT_OFF
            await self._obey(message.chat_id, command["name"].lower(), command["argument"] or "", again=again)
            self.receipts.note(chat, number)

    async def _obey(self, chat: int, name: str, argument: str, *, again: bool) -> None:
        """`again`: it may be done already, and only its answer be missing. A second way back would undo the first."""
        if name == "preview":
            await self._send(chat, await asyncio.to_thread(self.admin.preview, argument, _key(chat)))
            return
        report = await asyncio.to_thread(self._reports()["status" if again and name == "rollback" else name])
        await self.outbox.send(chat, Outgoing(report.html))
        if report.file_name:
            await self.outbox.document(chat, report.file_name, report.file_text.encode())

    def _reports(self) -> Mapping[str, Callable[[], AdminAnswer]]:
        admin = self.admin
        return {
            "reload": admin.reload,
            "status": admin.status,
            "unmatched": admin.unmatched,
            "rollback": admin.rollback,
        }

    async def _converse(
        self, update: Update, kind: IncomingKind, text: str = "", *, command: str = "", number: str = ""
    ) -> None:
        pace, chat = self._count(update), _message(update).chat_id
        answer = await self._turn(update, kind, text, command=command, number=number)
        if self._is_due(update, pace, answer):
            await self._send(chat, answer)
        self.receipts.note(_key(chat), number or str(update.update_id))
        if pace is Pace.NEWLY_FAST:
            await self.outbox.send(chat, Outgoing(self._slow_down()))

    async def _turn(
        self, update: Update, kind: IncomingKind, text: str, *, command: str = "", number: str = ""
    ) -> Answer:
        if update.effective_chat is None:
            raise TypeError("an update of a chat was expected")
        chat, number = _key(update.effective_chat.id), number or str(update.update_id)
        if (chat, number) in self.receipts:
            return Answer()
        incoming = Incoming(chat, kind, number, text, command, confirmed_later=True)
        began = time.monotonic()
        answer = await self._patient_turn(incoming)
        self.counters.turn(answer, time.monotonic() - began, text=kind is IncomingKind.TEXT)
        return answer

    async def _patient_turn(self, incoming: Incoming) -> Answer:
        """The turn, tried a few times where the database fails. Only this chat waits for it."""
        for pause in PAUSES:
            try:
                return await self.rounds.turn(incoming)
            except DamagedError:
                raise
            except StorageError as error:
                log.warning("a turn is tried again in %g s: %s", pause, error)
                await asyncio.sleep(pause)
        return await self.rounds.turn(incoming)

    def _count(self, update: Update) -> Pace:
        self.counters.update()
        return self.flood.pace(update.effective_chat.id if update.effective_chat else 0)

    def _is_due(self, update: Update, pace: Pace, answer: Answer) -> bool:
        """Of what comes too fast every text is read, but only warning signs and the last one are answered."""
        return pace is Pace.FINE or answer.urgent or not self.chat_queues.behind(update)

    def _slow_down(self) -> str:
        return self.conversation.phrase("telegram.slow_down")

    async def _send(self, chat: int, answer: Answer) -> None:
        for outgoing in answer.messages:
            await self._showing(chat, outgoing, await self.outbox.send(chat, outgoing))

    async def _showing(self, chat: int, outgoing: Outgoing, number: int) -> None:
        """The message of a running session is kept up to date from now on."""
        if outgoing.live is not None:
            await asyncio.to_thread(self.due_messages.session_shown, _key(chat), number, outgoing.live)

    async def _show(self, query: CallbackQuery, answer: Answer) -> None:
        """Shows what a press led to: in place of the button's message where that is asked for and still possible."""
        messages = answer.messages
        if answer.replace and messages and isinstance(query.message, Message):
            number = await self.outbox.replace(query.message, messages[0])
            await self._showing(query.from_user.id, messages[0], number)
            messages = messages[1:]
        await self._send(query.from_user.id, Answer(messages))


def _key(chat: int) -> str:
    return f"telegram:{chat}"


def _message(update: Update) -> Message:
    if update.effective_message is None:
        raise TypeError("an update with a message was expected")
    return update.effective_message


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a button press was expected")
    return update.callback_query
