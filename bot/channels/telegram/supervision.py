"""What goes on beside the handlers must not end unnoticed: it is logged, counted and begun again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.channels.telegram.errors import place
from bot.services.counters import Counters

PAUSE: Final = 1.0  # seconds before what broke off begins again

log = logging.getLogger(__name__)


async def supervised(name: str, work: Callable[[], Awaitable[object]], counters: Counters) -> None:
    """Has endless work done until cancelled. `name` says in the log what broke off."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the work must go on
            counters.error()
            log.error(  # noqa: TRY400 - a trace may quote a text
                "%s broke off and begins again in %g s: %s at %s", name, PAUSE, type(error).__name__, place(error)
            )
        await asyncio.sleep(PAUSE)
