"""Who is next when there is more to do than can be done at once: warning signs first, then in the order of coming."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Places:
    """So many may work at once; the others wait."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def place(self, urgent: Callable[[], bool]) -> AsyncIterator[None]:
        """A place, sooner or later. Only who has to wait is asked whether it is urgent."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(self._urgent if urgent() else self._others)
        try:
            yield
        finally:
            self._leave()

    async def _wait(self, queue: deque[asyncio.Future[None]]) -> None:
        called = asyncio.get_running_loop().create_future()
        queue.append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():  # the place was already ours
                self._leave()
            raise

    def _leave(self) -> None:
        for queue in (self._urgent, self._others):
            while queue:
                called = queue.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._free += 1
