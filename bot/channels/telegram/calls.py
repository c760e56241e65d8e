"""Calls of the Bot API, with patience: how long to wait, what to try once more, what goes as plain text."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram import limits

log = logging.getLogger(__name__)

REQUESTS = 256  # at once: at 50 ms a call that is five times Telegram's highest rate

_Result = TypeVar("_Result")


class Calls:
    """ "Retry after" is waited for once, so only this chat waits; a broken connection is tried once more.

    Whatever else Telegram refuses comes out as Telegram's own error.
    """

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(REQUESTS)

    async def html(self, html: str, call: Callable[[str, ParseMode | None], Awaitable[_Result]]) -> _Result:
        """A call that takes a text and its parse mode. A text that Telegram cannot parse goes as plain text."""
        try:
            return await self.make(lambda: call(html, ParseMode.HTML))
        except BadRequest as error:
            if "can't parse" not in error.message.lower():
                raise
            log.warning("Telegram could not parse a text; sent as plain text")
            return await self.make(lambda: call(limits.plain(html), None))

    async def unless_too_late(self, call: Callable[[], Awaitable[object]]) -> None:
        """For calls that matter only while the person still waits for them."""
        try:
            await self.make(call)
        except BadRequest:
            log.info("Telegram refused a late or repeated answer")

    async def make(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """The call's result."""
        try:
            async with self._places:
                return await call()
        except RetryAfter as error:
            log.info("Telegram asks to wait")
            await asyncio.sleep(_seconds(error.retry_after))
        except (BadRequest, TimedOut):
            raise  # both are network errors to the library, but the request has arrived
        except NetworkError:
            log.info("a connection to Telegram broke; trying once more")
        async with self._places:
            return await call()


def _seconds(wait: float | dt.timedelta) -> float:
    """The library gives a number or a time span, whichever the process asked of it."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
