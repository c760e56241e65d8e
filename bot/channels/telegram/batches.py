"""Turns that wait are done together, round after round: one transaction for all of a round."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.channels.telegram.receipts import Receipts
from bot.services.conversation import Conversation
from bot.services.messages import Answer, Incoming
from bot.storage.errors import BusyError

MOST: Final = 32  # turns of one round: some 20 ms of work
GATHERING: Final = 0.01  # seconds between two rounds: many turns in one transaction cost half as much each

_Waiting = tuple[Incoming, asyncio.Future[Answer]]


class Batches:
    """Who waits longer than one round is asked for warning signs: they go first, the others in the order of coming."""

    def __init__(self, conversation: Conversation, receipts: Receipts) -> None:
        """`receipts`: what has left is written with a round, where there is one soon."""
        self._conversation = conversation
        self._receipts = receipts
        self._thread = ThreadPoolExecutor(1, "turns")
        self._urgent: deque[_Waiting] = deque()
        self._others: deque[_Waiting] = deque()
        self._working: asyncio.Task[None] | None = None

    async def turn(self, incoming: Incoming) -> Answer:
        """The answer to one update. Raises what its turn raised."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        full = len(self._others) >= MOST
        queue = self._urgent if full and self._conversation.urgent(incoming) else self._others
        queue.append((incoming, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while round_ := self._next():
                together = [incoming for incoming, _ in round_]
                for (_, answer), result in zip(round_, await self._results(together), strict=True):
                    _settle(answer, result)
                if len(self._urgent) + len(self._others) < MOST:
                    await asyncio.sleep(GATHERING)
        finally:
            self._working = None

    async def _results(self, together: list[Incoming]) -> list[Answer | Exception]:
        """Here where nothing has to be waited for, for that costs half as much; else in the thread."""
        left = self._receipts.take()
        try:
            results = self._conversation.turns(together, left, at_once=True)
        except BusyError:
            loop = asyncio.get_running_loop()
            results = await loop.run_in_executor(self._thread, self._conversation.turns, together, left)
        if any(isinstance(result, Answer) for result in results):
            self._receipts.written(left)
        return results

    def _next(self) -> list[_Waiting]:
        waiting = [queue for queue in (self._urgent, self._others) for _ in queue]
        return [queue.popleft() for queue in waiting[:MOST]]


def _settle(answer: asyncio.Future[Answer], result: Answer | Exception) -> None:
    if answer.done():  # nobody waits for it any more
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
