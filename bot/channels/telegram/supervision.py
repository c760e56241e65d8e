"""Restarts endless background work that ends or fails, so that it never stops unnoticed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.channels.telegram.errors import location
from bot.services.counters import Counters

RESTART_SECONDS: Final = 1.0  # between the end of the work and its next start

log = logging.getLogger(__name__)


async def keep_running(name: str, work: Callable[[], Awaitable[object]], counters: Counters) -> None:
    """Runs `work` again and again until cancelled. An exception is counted, and logged under `name`."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the work must go on
            counters.error()
            log.error(  # noqa: TRY400 - a trace may quote a text
                "%s broke off and begins again in %g s: %s at %s",
                name,
                RESTART_SECONDS,
                type(error).__name__,
                location(error),
            )
        await asyncio.sleep(RESTART_SECONDS)
