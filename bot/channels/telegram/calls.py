"""Calls of the Bot API: how many at once, which are tried again, and what falls back to plain text."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram import limits
from bot.channels.telegram.retries import CALL_PAUSES, retried
from bot.channels.telegram.transport import NotSentError

log = logging.getLogger(__name__)

MOST_CALLS = 256  # at once: at 50 ms a call that is five times Telegram's highest rate
LONGEST_WAIT_SECONDS = 3.0  # a longer wait would hold up the updates that come in

_Result = TypeVar("_Result")


class Calls:
    """Makes calls of the Bot API, at most `MOST_CALLS` at once, and tries them again where that is safe.

    A "retry after" of at most `LONGEST_WAIT_SECONDS` is waited for, and a broken connection is tried again. Every other
    refusal, and a failure that lasts, is raised as Telegram's own error.
    """

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(MOST_CALLS)

    async def with_html(self, html: str, call: Callable[[str, ParseMode | None], Awaitable[_Result]]) -> _Result:
        """Makes a call that takes a text and its parse mode. Falls back to plain text if Telegram cannot parse it."""
        try:
            return await self.make(lambda: call(html, ParseMode.HTML))
        except BadRequest as error:
            if "can't parse" not in error.message.lower():
                raise
            log.warning("Telegram could not parse a text; sent as plain text")
            return await self.make(lambda: call(limits.plain(html), None))

    async def unless_too_late(self, call: Callable[[], Awaitable[object]]) -> None:
        """Makes a call that matters only while the person waits for it: a refusal is logged, not raised."""
        try:
            await self.make(call)
        except (BadRequest, RetryAfter):
            log.info("Telegram refused a late or repeated answer")

    async def make(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Makes a call and returns its result."""
        return await retried(lambda: self._once(call), CALL_PAUSES, _seconds_to_wait)

    async def _once(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        async with self._slots:
            return await call()


def may_repeat(error: BaseException | None) -> bool:
    """Whether a call that failed with this error may be made again.

    Not after a refusal or a timeout: that call has reached Telegram.
    """
    arrived = isinstance(error, BadRequest) or (isinstance(error, TimedOut) and not isinstance(error, NotSentError))
    return isinstance(error, NetworkError) and not arrived


def retry_after_seconds(error: RetryAfter) -> float:
    """The seconds Telegram asks for. The library gives a number or a timedelta, depending on its settings."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


def _seconds_to_wait(error: Exception, pause: float) -> float | None:
    """The wait before the next try of a call, or None where it must not be tried again."""
    if isinstance(error, RetryAfter):
        wait = retry_after_seconds(error)
        if wait > LONGEST_WAIT_SECONDS:
            return None
        log.info("Telegram asks to wait")
        return wait
    if not may_repeat(error):
        return None
    log.info("a connection to Telegram broke; trying again in %g s", pause)
    return pause
