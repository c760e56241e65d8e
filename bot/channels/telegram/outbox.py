"""What the bot says, as calls of the Bot API that keep Telegram's limits and bear its refusals."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram import limits
from bot.messages import Article, Key, Outgoing

log = logging.getLogger(__name__)

REQUESTS = 16  # at once; the stock HTTP client gets slower beyond
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Html = Callable[[str, str | None], Awaitable[object]]  # a call that takes a text and its parse mode


class Outbox:
    """Sends to Telegram. Long texts go in several messages; what Telegram cannot parse goes as plain text.

    "Retry after" is waited for once, so only this chat waits; a broken connection is tried once more. A person who
    blocked the bot, and whatever else Telegram refuses, comes out as Telegram's own error.
    """

    def __init__(self, bot: Bot, pictures: Path) -> None:
        self._bot = bot
        self._pictures = pictures
        self._places = asyncio.Semaphore(REQUESTS)

    async def send(self, chat: int, outgoing: Outgoing, reply_to: int | None = None) -> None:
        """Sends a message; in a group as an answer to `reply_to`."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        for part in parts(outgoing):
            await self._send_part(chat, part, reply)

    async def replace(self, old: Message, outgoing: Outgoing) -> None:
        """Puts a message in the place of an old one.

        Where Telegram cannot do that (text and picture, a deleted or very old message) a new one is sent, and the old
        one loses its buttons.
        """
        first, *rest = parts(outgoing)
        picture = await self._picture(first)
        if bool(old.photo) != (picture is not None):
            await self.send(old.chat_id, outgoing)
            await self._drop_buttons(old)
            return
        try:
            await self._edit(old, first, picture)
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                log.info("a message could not be edited and is sent anew")
                rest = [first, *rest]
        for part in rest:
            await self._send_part(old.chat_id, part, None)

    async def acknowledge(self, query: str, notice: str = "") -> None:
        """Ends the waiting sign on a pressed button, with a short notice if there is one."""
        text = limits.cut(notice, limits.NOTICE) or None
        await self._unless_too_late(lambda: self._bot.answer_callback_query(query, text))

    async def articles(self, query: str, articles: Sequence[Article]) -> None:
        """Answers an inline query. The answer is this person's alone and kept nowhere."""
        results = [_result(article) for article in articles[: limits.RESULTS]]
        await self._unless_too_late(
            lambda: self._bot.answer_inline_query(query, results, cache_time=0, is_personal=True)
        )

    async def document(self, chat: int, name: str, text: str) -> None:
        """Sends a text file."""
        await self._call(lambda: self._bot.send_document(chat, text.encode(), filename=name))

    async def _send_part(self, chat: int, part: Outgoing, reply: ReplyParameters | None) -> None:
        markup = keyboard(part.keys)
        picture = await self._picture(part)
        if picture is not None:
            await self._html(
                part.html,
                lambda text, mode: self._bot.send_photo(
                    chat, picture, caption=text, parse_mode=mode, reply_markup=markup, reply_parameters=reply
                ),
            )
            return
        await self._html(
            part.html,
            lambda text, mode: self._bot.send_message(
                chat,
                text,
                parse_mode=mode,
                reply_markup=markup,
                reply_parameters=reply,
                link_preview_options=NO_PREVIEW,
            ),
        )

    async def _edit(self, old: Message, part: Outgoing, picture: bytes | None) -> None:
        markup, chat, number = keyboard(part.keys), old.chat_id, old.message_id
        if picture is not None:
            await self._html(
                part.html,
                lambda text, mode: self._bot.edit_message_media(
                    InputMediaPhoto(picture, text, parse_mode=mode), chat, number, reply_markup=markup
                ),
            )
            return
        await self._html(
            part.html,
            lambda text, mode: self._bot.edit_message_text(
                text, chat, number, parse_mode=mode, reply_markup=markup, link_preview_options=NO_PREVIEW
            ),
        )

    async def _drop_buttons(self, old: Message) -> None:
        await self._unless_too_late(
            lambda: self._bot.edit_message_reply_markup(chat_id=old.chat_id, message_id=old.message_id)
        )

    async def _picture(self, part: Outgoing) -> bytes | None:
        """The picture's bytes. A picture that went missing costs only itself: the words can stand alone."""
        if not part.picture:
            return None
        try:
            return await asyncio.to_thread((self._pictures / part.picture).read_bytes)
        except OSError as error:
            log.error("picture %s: %s; sent without it", part.picture, error.strerror)  # noqa: TRY400 - no trace needed
            return None

    async def _html(self, html: str, call: Html) -> None:
        try:
            await self._call(lambda: call(html, ParseMode.HTML))
        except BadRequest as error:
            if "can't parse" not in error.message.lower():
                raise
            log.warning("Telegram could not parse a text; sent as plain text")
            await self._call(lambda: call(limits.plain(html), None))

    async def _unless_too_late(self, call: Callable[[], Awaitable[object]]) -> None:
        """For calls that matter only while the person still waits for them."""
        try:
            await self._call(call)
        except BadRequest:
            log.info("Telegram refused a late or repeated answer")

    async def _call(self, call: Callable[[], Awaitable[object]]) -> None:
        try:
            async with self._places:
                await call()
                return
        except RetryAfter as error:
            log.info("Telegram asks to wait")
            await asyncio.sleep(_seconds(error.retry_after))
        except (BadRequest, TimedOut):
            raise  # both are network errors to the library, but the request has arrived
        except NetworkError:
            log.info("a connection to Telegram broke; trying once more")
        async with self._places:
            await call()


def parts(outgoing: Outgoing) -> list[Outgoing]:
    """The message as messages that keep Telegram's lengths: the picture with the first, the buttons with the last."""
    texts = limits.split(outgoing.html, limits.CAPTION if outgoing.picture else limits.TEXT)
    messages = [Outgoing(text) for text in texts]
    messages[0] = replace(messages[0], picture=outgoing.picture)
    messages[-1] = replace(messages[-1], keys=outgoing.keys)
    return messages


def keyboard(rows: Sequence[Sequence[Key]]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram's. They cannot be shortened like texts: too many or too long is our own fault."""
    keys = [key for row in rows for key in row]
    if len(keys) > limits.BUTTONS or any(len(key.data.encode()) > limits.DATA_BYTES for key in keys):
        raise ValueError(f"{len(keys)} buttons, or one with data over {limits.DATA_BYTES} bytes")
    return InlineKeyboardMarkup([[_button(key) for key in row] for row in rows]) if keys else None


def _button(key: Key) -> InlineKeyboardButton:
    return InlineKeyboardButton(key.label, url=key.url or None, callback_data=key.data or None)


def _result(article: Article) -> InlineQueryResultArticle:
    text = limits.split(article.html, limits.TEXT)[0]
    content = InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(article.id, article.title, content, description=article.description or None)


def _seconds(wait: float | dt.timedelta) -> float:
    """The library gives a number or a time span, whichever the process asked of it."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
