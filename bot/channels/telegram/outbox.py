"""Sends messages as calls of the Bot API, within Telegram's limits and with a fallback for its refusals."""

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
from bot.channels.telegram.transport import JsonParameters
from bot.services.messages import Article, Key, Outgoing

log = logging.getLogger(__name__)

NO_LINK_PREVIEW = {"is_disabled": True}
KeyRows = Sequence[Sequence[Key]]
WebhookReplies = dict[str, dict[str, str]]  # calls of the Bot API, by the id of the press they answer


class Outbox:
    """Sends messages, files and acknowledgements to Telegram.

    A long text is sent in several messages. If Telegram refuses a picture, its text is sent without it. Every other
    refusal, such as that of a person who blocked the bot, is raised as Telegram's own error.
    """

    def __init__(self, bot: Bot, file_ids: FileIds, webhook_replies: WebhookReplies | None = None) -> None:
        """`webhook_replies`: if given, acknowledgements go there, to be sent in the response to the webhook request."""
        self._bot = bot
        self._webhook_replies = webhook_replies
        self._file_ids = file_ids
        self._calls = Calls()

    async def send(self, chat: int, outgoing: Outgoing, reply_to: int | None = None) -> int:
        """Sends a message, in a group as a reply to message `reply_to`. Returns the id of its last part, or 0."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        message_id = 0
        if not outgoing.files:
            for part in parts(outgoing):
                message_id = await self._send_part(chat, part, reply)
            return message_id
        made = [(file.name, await asyncio.to_thread(file.make)) for file in outgoing.files]
        picture = made.pop(0)[1] if made[0][0].endswith(".png") else None
        message_id = await self._send_with_made_picture(chat, outgoing, picture)
        for name, content in made:
            await self.send_document(chat, name, content)
        return message_id

    async def replace(self, old: Message, outgoing: Outgoing) -> int:
        """Replaces an old message. Returns the id of the message that shows the new content.

        Telegram cannot replace a text by a picture, nor a picture by a text: then a new message is sent, and the old
        one loses its buttons. A new one is also sent if the old one is deleted or too old.
        """
        first, *rest = parts(outgoing)
        picture = await self._file_ids.picture(first.picture)
        if outgoing.files or bool(old.photo or old.animation) != (picture is not None):
            message_id = await self.send(old.chat_id, outgoing)
            await self.drop_buttons(old.chat_id, old.message_id)
            return message_id
        message_id = old.message_id
        try:
            await self._edit(old, first, picture)
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                log.info("a message could not be edited and is sent anew")
                rest = [first, *rest]
        for part in rest:
            message_id = await self._send_part(old.chat_id, part, None)
        return message_id

    async def refresh(self, chat: int, message_id: int, outgoing: Outgoing) -> None:
        """Edits the text of a message, or the caption of its picture, which notifies no one.

        A refusal, as for an unchanged or deleted message, is logged and not raised.
        """
        to = {"chat_id": chat, "message_id": message_id}
        options = {"parse_mode": ParseMode.HTML, "reply_markup": markup(outgoing.keys)}
        captioned = bool(outgoing.picture) and await self._file_ids.picture(outgoing.picture) is not None
        method, text = ("editMessageCaption", "caption") if captioned else ("editMessageText", "text")
        try:
            await self._calls.make(lambda: self._post(method, {**to, text: outgoing.html, **options}))
        except BadRequest:
            log.info("a message could not be brought up to date")

    async def acknowledge(self, query: str, notice: str = "") -> None:
        """Answers the button press with this id. `notice` is plain text, cut to 200 units."""
        text = limits.cut(notice, limits.NOTICE)
        call = {"callback_query_id": query, **({"text": text} if text else {})}
        if self._webhook_replies is not None:
            self._webhook_replies[query] = {"method": "answerCallbackQuery", **call}
            return
        await self._calls.unless_too_late(lambda: self._post("answerCallbackQuery", call))

    async def answer_inline(self, query: str, articles: Sequence[Article]) -> None:
        """Answers an inline query with at most 50 articles. Telegram must not cache them or show them to others."""
        results = [_result(article) for article in articles[: limits.RESULTS]]
        await self._calls.unless_too_late(
            lambda: self._bot.answer_inline_query(query, results, cache_time=0, is_personal=True)
        )

    async def send_document(self, chat: int, name: str, content: bytes) -> None:
        """Sends a file with this name and content."""
        await self._calls.make(lambda: self._bot.send_document(chat, content, filename=name))

    async def _send_with_made_picture(self, chat: int, outgoing: Outgoing, picture: bytes | None) -> int:
        """Sends a text with a picture made for this person, or without one. The picture's file id is not stored."""
        if picture is None:
            return await self._send_part(chat, replace(outgoing, files=()), None)

        def call(text: str, mode: ParseMode | None) -> Awaitable[Message]:
            return self._bot.send_photo(
                chat, picture, caption=text, parse_mode=mode, reply_markup=keyboard(outgoing.keys)
            )

        return (await self._calls.with_html(outgoing.html, call)).message_id

    async def _send_part(self, chat: int, part: Outgoing, reply: ReplyParameters | None) -> int:
        picture = await self._file_ids.picture(part.picture)
        if picture and (message_id := await self._send_picture(chat, part, picture, reply)):
            return message_id
        to = {"chat_id": chat, **({"reply_parameters": reply.to_dict()} if reply else {})}
        sent = await self._calls.with_html(
            part.html, lambda text, mode: self._post_text("sendMessage", to, text, mode, part.keys)
        )
        return int(sent["message_id"]) if isinstance(sent, dict) else 0

    async def _send_picture(self, chat: int, part: Outgoing, picture: Picture, reply: ReplyParameters | None) -> int:
        """Sends a picture and returns the message's id, or 0 if Telegram refused it.

        A picture whose file id Telegram no longer knows is uploaded again.
        """

        def call(text: str, mode: ParseMode | None) -> Awaitable[Message]:
            send = self._bot.send_animation if picture.is_film else self._bot.send_photo
            buttons = keyboard(part.keys)
            return send(chat, picture.file, caption=text, parse_mode=mode, reply_markup=buttons, reply_parameters=reply)

        try:
            sent = await self._calls.with_html(part.html, call)
        except NetworkError as error:
            if picture.file_id and isinstance(error, BadRequest):
                return await self._send_picture(chat, part, await self._file_ids.forget_upload(picture), reply)
            log.warning(
                "picture %s could not be sent (%s); its text is sent without it", picture.name, type(error).__name__
            )
            return 0
        await self._file_ids.remember_upload(picture, sent)
        return sent.message_id

    async def _edit(self, old: Message, part: Outgoing, picture: Picture | None) -> None:
        if picture:
            await self._edit_picture(old, part, picture)
            return
        to = {"chat_id": old.chat_id, "message_id": old.message_id}
        await self._calls.with_html(
            part.html, lambda text, mode: self._post_text("editMessageText", to, text, mode, part.keys)
        )

    async def _edit_picture(self, old: Message, part: Outgoing, picture: Picture) -> None:
        def call(text: str, mode: ParseMode | None) -> Awaitable[Message | bool]:
            media = picture.media(text, mode)
            return self._bot.edit_message_media(media, old.chat_id, old.message_id, reply_markup=keyboard(part.keys))

        edited = await self._calls.with_html(part.html, call)
        if isinstance(edited, Message):
            await self._file_ids.remember_upload(picture, edited)

    async def _post_text(
        self, method: str, to: Mapping[str, object], text: str, mode: ParseMode | None, keys: KeyRows
    ) -> object:
        """Sends or edits a text. Returns Telegram's result as JSON, which the library would parse into objects."""
        options = {"parse_mode": mode} if mode else {}
        buttons = {"reply_markup": shown} if (shown := markup(keys)) else {}
        return await self._post(
            method, {**to, "text": text, "link_preview_options": NO_LINK_PREVIEW, **options, **buttons}
        )

    async def _post(self, method: str, parameters: Mapping[str, object]) -> object:
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", JsonParameters(parameters))

    async def drop_buttons(self, chat: int, message_id: int) -> None:
        """Removes the buttons of a message."""
        await self._calls.unless_too_late(
            lambda: self._bot.edit_message_reply_markup(chat_id=chat, message_id=message_id)
        )


def parts(outgoing: Outgoing) -> list[Outgoing]:
    """Splits a message to fit Telegram's lengths: the picture goes with the first part, the buttons with the last."""
    texts = limits.split(outgoing.html, limits.CAPTION if outgoing.picture else limits.TEXT)
    messages = [Outgoing(text) for text in texts]
    messages[0] = replace(messages[0], picture=outgoing.picture)
    messages[-1] = replace(messages[-1], keys=outgoing.keys)
    return messages


def keyboard(rows: KeyRows) -> InlineKeyboardMarkup | None:
    """The buttons as an object of the library, or None without any. Raises ValueError as `markup` does."""
    return InlineKeyboardMarkup.de_json(buttons, None) if (buttons := markup(rows)) else None


def markup(rows: KeyRows) -> dict[str, object]:
    """The buttons as JSON, empty without any. Raises ValueError for too many buttons or too much data in one."""
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
