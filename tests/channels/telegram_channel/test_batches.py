"""Waiting turns run in batches: warning signs first, none is lost, and one that fails affects no other."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.batches import BATCH_SIZE, Batches
from bot.channels.telegram.receipts import Receipts
from bot.config.settings import Contacts
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.conversation import Conversation
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.services.sealed_messages import MessageSealer
from bot.storage.errors import BusyError
from bot.storage.store import Store
from tests.patience import PATIENCE

NECK, CHEST = "my neck is stiff", "crushing chest pain and my left arm is numb"


class Watched(Conversation):
    """A conversation that holds its batches back until a door is opened, and records the chats in each."""

    receipts: Receipts

    def prepare(self) -> None:
        self.door, self.entered = threading.Event(), threading.Event()
        self.batches: list[list[str]] = []

    def turns(
        self, together: Sequence[Incoming], left: Sequence[tuple[str, str]] = (), *, at_once: bool = False
    ) -> list[Answer | Exception]:
        if at_once:
            raise BusyError("as if another transaction were at work")
        self.batches.append([incoming.chat for incoming in together])
        self.entered.set()
        assert self.door.wait(PATIENCE), "nobody opened the door"
        return super().turns(together, left)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(shipped(), datetime.now(UTC))


@pytest.fixture
def conversation(library: Library, tmp_path: Path) -> Iterator[Watched]:
    store = Store.open(f"sqlite:///{tmp_path}/bot.sqlite3", bytes(32))
    sealer = MessageSealer(Contacts("112", "a crisis line"), bytes(32))
    watched = Watched(library, store, sealer, lambda: datetime.now(UTC))
    watched.receipts = Receipts(store)
    yield watched
    store.close()


def says(chat: str, text: str = NECK) -> Incoming:
    return Incoming(chat, IncomingKind.TEXT, "1", text)


async def while_one_is_at_work(conversation: Watched, texts: list[str]) -> list[Answer]:
    """The answers to texts that all came while a batch was being worked on."""
    conversation.prepare()
    batches = Batches(conversation, conversation.receipts)
    first = asyncio.create_task(batches.turn(says("first")))
    assert await asyncio.to_thread(conversation.entered.wait, PATIENCE)
    rest = [asyncio.create_task(batches.turn(says(str(number), text))) for number, text in enumerate(texts)]
    await asyncio.sleep(0)
    conversation.door.set()
    await first
    return await asyncio.gather(*rest)


@pytest.mark.safety("S-17")
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), min_size=BATCH_SIZE, max_size=BATCH_SIZE + 20))
def test_who_waits_longer_than_a_batch_with_a_warning_sign_goes_first_and_the_others_as_they_came(
    conversation: Watched, signs: list[bool]
) -> None:
    asyncio.run(while_one_is_at_work(conversation, [CHEST if sign else NECK for sign in signs]))
    urgent = [str(number) for number, sign in enumerate(signs) if sign and number >= BATCH_SIZE]
    others = [str(number) for number in range(len(signs)) if str(number) not in urgent]
    assert [chat for batch in conversation.batches[1:] for chat in batch] == urgent + others


def test_those_who_wait_are_answered_in_one_transaction(conversation: Watched) -> None:
    answers = asyncio.run(while_one_is_at_work(conversation, [NECK] * 5))
    assert conversation.batches == [["first"], ["0", "1", "2", "3", "4"]]
    assert all(answer.messages for answer in answers)


def test_a_turn_that_fails_takes_no_other_with_it(conversation: Watched) -> None:
    async def scene() -> tuple[Answer | BaseException, Answer | BaseException]:
        conversation.prepare()
        conversation.door.set()
        batches = Batches(conversation, conversation.receipts)
        broken = Incoming("broken", IncomingKind.TEXT, "1", None)  # type: ignore[arg-type]
        both = (batches.turn(broken), batches.turn(says("sound")))
        return await asyncio.gather(*both, return_exceptions=True)

    failed, answered = asyncio.run(scene())
    assert isinstance(failed, Exception)
    assert isinstance(answered, Answer)
    assert answered.messages


def test_who_gives_up_waiting_holds_up_nobody(conversation: Watched) -> None:
    async def scene() -> Answer:
        conversation.prepare()
        batches = Batches(conversation, conversation.receipts)
        gives_up = asyncio.create_task(batches.turn(says("gives up")))
        assert await asyncio.to_thread(conversation.entered.wait, PATIENCE)
        gives_up.cancel()
        await asyncio.gather(gives_up, return_exceptions=True)
        stays = asyncio.create_task(batches.turn(says("stays")))
        await asyncio.sleep(0)
        conversation.door.set()
        return await stays

    assert asyncio.run(scene()).messages
