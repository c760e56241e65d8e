"""Calls of the Bot API, with patience: how long to wait, what to try once more, what goes as plain text."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram import limits
from bot.channels.telegram.transport import NotSentError

log = logging.getLogger(__name__)

REQUESTS = 256  # at once: at 50 ms a call that is five times Telegram's highest rate

PAUSES = (0.2, 1.0)  # seconds before a broken connection is tried again
LONGEST_WAIT = 3.0  # seconds; what takes longer must not hold up the way in

_Result = TypeVar("_Result")


class Calls:
    """A short "retry after" is waited for, so only this chat waits; a broken connection is tried again after a while.

    Whatever else Telegram refuses comes out as Telegram's own error, and so does what stays broken.
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
        except (BadRequest, RetryAfter):
            log.info("Telegram refused a late or repeated answer")

    async def make(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """The call's result."""
        for pause in PAUSES:
            try:
                return await self._once(call)
            except RetryAfter as error:
                wait = seconds_of(error)
                if wait > LONGEST_WAIT:
                    raise
                log.info("Telegram asks to wait")
            except NetworkError as error:
                if not repeatable(error):
                    raise
                wait = pause
                log.info("a connection to Telegram broke; trying again in %g s", pause)
            await asyncio.sleep(wait)
        return await self._once(call)

    async def _once(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        async with self._places:
            return await call()


def repeatable(error: BaseException | None) -> bool:
    """Whether a call that failed so may be made again. Refused or timed out, it has arrived."""
    refused = isinstance(error, BadRequest) or (isinstance(error, TimedOut) and not isinstance(error, NotSentError))
    return isinstance(error, NetworkError) and not refused


def seconds_of(error: RetryAfter) -> float:
    """The library gives a number or a time span, whichever the process asked of it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
