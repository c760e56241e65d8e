"""One way of trying failed work again. The kinds of work differ in their pauses and in the errors worth another try."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain, repeat
from typing import Final, TypeVar

CALL_PAUSES: Final = (0.2, 1.0)  # seconds between the tries of one call of the Bot API
TURN_PAUSES: Final = (0.2, 1.0, 3.0)  # seconds between the tries of one turn of the conversation
CONNECTION_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds between tries to reach Telegram; the last repeats

_Result = TypeVar("_Result")


async def retried(
    work: Callable[[], Awaitable[_Result]],
    pauses: Iterable[float],
    seconds_to_wait: Callable[[Exception, float], float | None],
) -> _Result:
    """The result of `work`, which is tried once more after each of `pauses`. Raises the last error.

    `seconds_to_wait` gets the error and the next pause. It returns the seconds to wait before the next try, or None
    where another try is useless.
    """
    for pause in pauses:
        try:
            return await work()
        except Exception as error:
            wait = seconds_to_wait(error, pause)
            if wait is None:
                raise
        await asyncio.sleep(wait)
    return await work()


def without_end(pauses: tuple[float, ...]) -> Iterable[float]:
    """The pauses in order, then the last one again and again."""
    return chain(pauses, repeat(pauses[-1]))
