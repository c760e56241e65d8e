"""What the bot says, as calls of the Bot API that keep Telegram's limits and bear its refusals."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError

from bot.channels.telegram import limits
from bot.channels.telegram.calls import Calls
from bot.channels.telegram.file_ids import FileIds, Picture
from bot.channels.telegram.transport import Plain
from bot.services.messages import Article, Key, Outgoing

log = logging.getLogger(__name__)

NO_PREVIEW = {"is_disabled": True}
Rows = Sequence[Sequence[Key]]
Acknowledgements = dict[str, dict[str, str]]  # by the number of the press: calls of the Bot API


class Outbox:
    """Sends to Telegram. Long texts go in several messages; a picture that Telegram does not take leaves its text.

    A person who blocked the bot, and whatever else Telegram refuses, comes out as Telegram's own error.
    """

    def __init__(self, bot: Bot, file_ids: FileIds, in_body: Acknowledgements | None = None) -> None:
        """`in_body`: where presses by webhook are acknowledged, to leave with the answer to Telegram's request."""
        self._bot = bot
        self._in_body = in_body
        self._file_ids = file_ids
        self._calls = Calls()

    async def send(self, chat: int, outgoing: Outgoing, reply_to: int | None = None) -> int:
        """Sends a message; in a group as an answer to `reply_to`. Returns its number, or that of its last part."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        number = 0
        if not outgoing.files:
            for part in parts(outgoing):
                number = await self._send_part(chat, part, reply)
            return number
        made = [(file.name, await asyncio.to_thread(file.make)) for file in outgoing.files]
        picture = made.pop(0)[1] if made[0][0].endswith(".png") else None
        number = await self._send_made(chat, outgoing, picture)
        for name, content in made:
            await self.document(chat, name, content)
        return number

    async def replace(self, old: Message, outgoing: Outgoing) -> int:
        """Puts a message in the place of an old one. Returns the number of the message that shows it now.

        Where Telegram cannot do that (text and picture, a deleted or very old message) a new one is sent, and the old
        one loses its buttons.
        """
        first, *rest = parts(outgoing)
        picture = await self._file_ids.picture(first.picture)
        if outgoing.files or bool(old.photo or old.animation) != (picture is not None):
            number = await self.send(old.chat_id, outgoing)
            await self.drop_buttons(old.chat_id, old.message_id)
            return number
        number = old.message_id
        try:
            await self._edit(old, first, picture)
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                log.info("a message could not be edited and is sent anew")
                rest = [first, *rest]
        for part in rest:
            number = await self._send_part(old.chat_id, part, None)
        return number

    async def refresh(self, chat: int, number: int, outgoing: Outgoing) -> None:
        """Puts a new text below the picture of a message, or in its place where it has none. It makes no sound.

        One that is the same already, or that the person has deleted, is left alone.
        """
        to = {"chat_id": chat, "message_id": number}
        looks = {"parse_mode": ParseMode.HTML, "reply_markup": markup(outgoing.keys)}
        captioned = bool(outgoing.picture) and await self._file_ids.picture(outgoing.picture) is not None
        method, text = ("editMessageCaption", "caption") if captioned else ("editMessageText", "text")
        try:
            await self._calls.make(lambda: self._post(method, {**to, text: outgoing.html, **looks}))
        except BadRequest:
            log.info("a message could not be brought up to date")

    async def acknowledge(self, query: str, notice: str = "") -> None:
        """Ends the waiting sign on a pressed button, with a short notice if there is one."""
        text = limits.cut(notice, limits.NOTICE)
        call = {"callback_query_id": query, **({"text": text} if text else {})}
        if self._in_body is not None:
            self._in_body[query] = {"method": "answerCallbackQuery", **call}
            return
        await self._calls.unless_too_late(lambda: self._post("answerCallbackQuery", call))

    async def articles(self, query: str, articles: Sequence[Article]) -> None:
        """Answers an inline query. The answer is this person's alone and kept nowhere."""
        results = [_result(article) for article in articles[: limits.RESULTS]]
        await self._calls.unless_too_late(
            lambda: self._bot.answer_inline_query(query, results, cache_time=0, is_personal=True)
        )

    async def document(self, chat: int, name: str, content: bytes) -> None:
        """Sends a file."""
        await self._calls.make(lambda: self._bot.send_document(chat, content, filename=name))

    async def _send_made(self, chat: int, outgoing: Outgoing, picture: bytes | None) -> int:
        """A text alone, or below a picture that was made for this person: Telegram's id of it is kept nowhere."""
        if picture is None:
            return await self._send_part(chat, replace(outgoing, files=()), None)

        def call(text: str, mode: ParseMode | None) -> Awaitable[Message]:
            return self._bot.send_photo(
                chat, picture, caption=text, parse_mode=mode, reply_markup=keyboard(outgoing.keys)
            )

        return (await self._calls.html(outgoing.html, call)).message_id

    async def _send_part(self, chat: int, part: Outgoing, reply: ReplyParameters | None) -> int:
        picture = await self._file_ids.picture(part.picture)
        if picture and (number := await self._send_picture(chat, part, picture, reply)):
            return number
        to = {"chat_id": chat, **({"reply_parameters": reply.to_dict()} if reply else {})}
        sent = await self._calls.html(
            part.html, lambda text, mode: self._plain("sendMessage", to, text, mode, part.keys)
        )
        return int(sent["message_id"]) if isinstance(sent, dict) else 0

    async def _send_picture(self, chat: int, part: Outgoing, picture: Picture, reply: ReplyParameters | None) -> int:
        """The number of the message, or 0 where Telegram did not take it.

        An id of a picture that Telegram no longer knows is replaced by an upload.
        """

        def call(text: str, mode: ParseMode | None) -> Awaitable[Message]:
            send = self._bot.send_animation if picture.moves else self._bot.send_photo
            markup = keyboard(part.keys)
            return send(chat, picture.file, caption=text, parse_mode=mode, reply_markup=markup, reply_parameters=reply)

        try:
            sent = await self._calls.html(part.html, call)
        except NetworkError as error:
            if picture.file_id and isinstance(error, BadRequest):
                return await self._send_picture(chat, part, await self._file_ids.forgotten(picture), reply)
            log.warning("picture %s could not be sent (%s); its text goes alone", picture.name, type(error).__name__)
            return 0
        await self._file_ids.sent(picture, sent)
        return sent.message_id

    async def _edit(self, old: Message, part: Outgoing, picture: Picture | None) -> None:
        if picture:
            await self._edit_picture(old, part, picture)
            return
        to = {"chat_id": old.chat_id, "message_id": old.message_id}
        await self._calls.html(part.html, lambda text, mode: self._plain("editMessageText", to, text, mode, part.keys))

    async def _edit_picture(self, old: Message, part: Outgoing, picture: Picture) -> None:
        def call(text: str, mode: ParseMode | None) -> Awaitable[Message | bool]:
            media = picture.media(text, mode)
            return self._bot.edit_message_media(media, old.chat_id, old.message_id, reply_markup=keyboard(part.keys))

        edited = await self._calls.html(part.html, call)
        if isinstance(edited, Message):
            await self._file_ids.sent(picture, edited)

    async def _plain(
        self, method: str, to: Mapping[str, object], text: str, mode: ParseMode | None, keys: Rows
    ) -> object:
        """A text sent or edited. Returns what Telegram answers, without the library's reading of it."""
        looks = {"parse_mode": mode} if mode else {}
        buttons = {"reply_markup": shown} if (shown := markup(keys)) else {}
        return await self._post(method, {**to, "text": text, "link_preview_options": NO_PREVIEW, **looks, **buttons})

    async def _post(self, method: str, parameters: Mapping[str, object]) -> object:
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", Plain(parameters))

    async def drop_buttons(self, chat: int, number: int) -> None:
        """A message loses its buttons."""
        await self._calls.unless_too_late(lambda: self._bot.edit_message_reply_markup(chat_id=chat, message_id=number))


def parts(outgoing: Outgoing) -> list[Outgoing]:
    """The message as messages that keep Telegram's lengths: the picture with the first, the buttons with the last."""
    texts = limits.split(outgoing.html, limits.CAPTION if outgoing.picture else limits.TEXT)
    messages = [Outgoing(text) for text in texts]
    messages[0] = replace(messages[0], picture=outgoing.picture)
    messages[-1] = replace(messages[-1], keys=outgoing.keys)
    return messages


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as the library's; see `markup`."""
    return InlineKeyboardMarkup.de_json(buttons, None) if (buttons := markup(rows)) else None


def markup(rows: Rows) -> dict[str, object]:
    """The buttons as Telegram's. They cannot be shortened like texts: too many or too long is our own fault."""
    keys = [key for row in rows for key in row]
    if len(keys) > limits.BUTTONS or any(len(key.data.encode()) > limits.DATA_BYTES for key in keys):
        raise ValueError(f"{len(keys)} buttons, or one with data over {limits.DATA_BYTES} bytes")
    return {"inline_keyboard": [[_button(key) for key in row] for row in rows]} if keys else {}


def _button(key: Key) -> dict[str, str]:
    return {"text": key.label, "url": key.url} if key.url else {"text": key.label, "callback_data": key.data}


def _result(article: Article) -> InlineQueryResultArticle:
    text = limits.split(article.html, limits.TEXT)[0]
    content = InputTextMessageContent(
        text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(article.id, article.title, content, description=article.description or None)
