"""Runs waiting turns of the conversation in batches: one transaction for each batch."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.channels.telegram.receipts import Receipts
from bot.services.conversation import Conversation
from bot.services.messages import Answer, Incoming
from bot.storage.errors import BusyError

BATCH_SIZE: Final = 32  # turns at most: some 20 ms of work
GATHER_SECONDS: Final = 0.01  # between two batches: many turns in one transaction cost half as much each

_Waiting = tuple[Incoming, asyncio.Future[Answer]]


class Batches:
    """When a full batch is waiting, new messages with warning signs jump the queue; the others keep their order."""

    def __init__(self, conversation: Conversation, receipts: Receipts) -> None:
        """`receipts`: its noted updates are written in the transaction of the next batch."""
        self._conversation = conversation
        self._receipts = receipts
        self._thread = ThreadPoolExecutor(1, "turns")
        self._urgent: deque[_Waiting] = deque()
        self._others: deque[_Waiting] = deque()
        self._working: asyncio.Task[None] | None = None

    async def turn(self, incoming: Incoming) -> Answer:
        """The answer to one update. Raises the exception of its turn."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        full = len(self._others) >= BATCH_SIZE
        queue = self._urgent if full and self._conversation.urgent(incoming) else self._others
        queue.append((incoming, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while batch := self._next_batch():
                together = [incoming for incoming, _ in batch]
                for (_, answer), result in zip(batch, await self._results(together), strict=True):
                    _settle(answer, result)
                if len(self._urgent) + len(self._others) < BATCH_SIZE:
                    await asyncio.sleep(GATHER_SECONDS)
        finally:
            self._working = None

    async def _results(self, together: list[Incoming]) -> list[Answer | Exception]:
        """The result of each turn. Runs here if the database is free, which costs half as much, else in the thread."""
        delivered = self._receipts.unwritten()
        try:
            results = self._conversation.turns(together, delivered, at_once=True)
        except BusyError:
            loop = asyncio.get_running_loop()
            results = await loop.run_in_executor(self._thread, self._conversation.turns, together, delivered)
        if any(isinstance(result, Answer) for result in results):
            self._receipts.mark_written(delivered)
        return results

    def _next_batch(self) -> list[_Waiting]:
        waiting = [queue for queue in (self._urgent, self._others) for _ in queue]
        return [queue.popleft() for queue in waiting[:BATCH_SIZE]]


def _settle(answer: asyncio.Future[Answer], result: Answer | Exception) -> None:
    if answer.done():  # cancelled: the answer is no longer awaited
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
