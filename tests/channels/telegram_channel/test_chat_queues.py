"""One chat's updates are handled in order and one at a time; chats run beside each other."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, InlineQuery, Message, Update, User

from bot.channels.telegram.intake import ChatQueues
from tests.patience import PATIENCE


def message(chat: int, number: int) -> Update:
    what = Message(number, datetime.now(UTC), Chat(chat, Chat.PRIVATE), text="hello")
    return Update(number, message=what)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, PATIENCE))


@pytest.mark.safety("S-69")
def test_the_updates_of_one_chat_come_in_order_and_never_two_at_once() -> None:
    done: list[str] = []

    async def handle(number: int) -> None:
        done.append(f"begin {number}")
        for _ in range(5 - number):  # later ones would be quicker
            await asyncio.sleep(0)
        done.append(f"end {number}")

    async def main() -> None:
        chat_queues = ChatQueues()
        await asyncio.gather(*(chat_queues.process_update(message(7, number), handle(number)) for number in range(5)))

    run(main())
    assert done == [f"{what} {number}" for number in range(5) for what in ("begin", "end")]


@pytest.mark.safety("S-69")
def test_a_slow_chat_holds_up_nobody_else() -> None:
    async def main() -> None:
        chat_queues, slow, quick = ChatQueues(), asyncio.Event(), asyncio.Event()

        async def answer_quickly() -> None:
            quick.set()

        waiting = [asyncio.create_task(chat_queues.process_update(message(1, n), slow.wait())) for n in range(300)]
        await chat_queues.process_update(message(2, 999), answer_quickly())
        assert quick.is_set()
        slow.set()
        await asyncio.gather(*waiting)

    run(main())


def test_a_failed_update_lets_the_next_one_of_its_chat_through() -> None:
    async def main() -> None:
        chat_queues, handled = ChatQueues(), asyncio.Event()

        async def fail() -> None:
            raise ValueError

        async def succeed() -> None:
            handled.set()

        await asyncio.gather(
            chat_queues.process_update(message(1, 1), fail()),
            chat_queues.process_update(message(1, 2), succeed()),
            return_exceptions=True,
        )
        assert handled.is_set()

    run(main())


def test_queues_know_how_many_updates_wait_behind_one() -> None:
    seen: list[int] = []

    async def main() -> None:
        chat_queues = ChatQueues()
        updates = [message(1, number) for number in range(3)]

        async def look(update: Update) -> None:
            await asyncio.sleep(0)
            seen.append(chat_queues.waiting_behind(update))

        await asyncio.gather(*(chat_queues.process_update(update, look(update)) for update in updates))

    run(main())
    assert seen == [2, 1, 0]


def test_empty_queues_are_dropped() -> None:
    async def main() -> None:
        chat_queues = ChatQueues()

        async def nothing() -> None:
            pass

        await asyncio.gather(*(chat_queues.process_update(message(chat, chat), nothing()) for chat in range(1, 500)))
        assert not chat_queues._queues  # noqa: SLF001 - memory shows nowhere else

    run(main())


def test_inline_queries_have_a_queue_of_their_own() -> None:
    """They keep no state, so a person's slow chat need not hold them up."""

    async def main() -> None:
        chat_queues, slow = ChatQueues(), asyncio.Event()
        query = Update(2, inline_query=InlineQuery("q", User(7, "Ann", is_bot=False), "hegu", ""))

        async def answer() -> None:
            slow.set()

        await asyncio.gather(
            chat_queues.process_update(message(7, 1), slow.wait()), chat_queues.process_update(query, answer())
        )

    run(main())
