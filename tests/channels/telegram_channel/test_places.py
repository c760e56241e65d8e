"""When there is more to do than can be done at once, warning signs go first and nobody is forgotten."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.places import Places


async def served(kinds: list[bool], places: int) -> list[int]:
    """The order in which people are served who all came while every place was taken."""
    doors, order = Places(places), list[int]()
    opened = asyncio.Event()

    async def holds() -> None:
        async with doors.place(lambda: False):
            await opened.wait()

    async def comes(number: int, urgent: bool) -> None:  # noqa: FBT001 - a test's own
        async with doors.place(lambda: urgent):
            order.append(number)

    holding = [asyncio.create_task(holds()) for _ in range(places)]
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(comes(number, urgent)) for number, urgent in enumerate(kinds)]
    await asyncio.sleep(0)
    opened.set()
    await asyncio.gather(*holding, *waiting)
    return order


@pytest.mark.safety("S-17")
@given(st.lists(st.booleans(), max_size=12), st.integers(1, 3))
def test_of_those_who_wait_warning_signs_go_first_and_then_who_came_first(kinds: list[bool], places: int) -> None:
    order = asyncio.run(served(kinds, places))
    assert order == sorted(range(len(kinds)), key=lambda number: (not kinds[number], number))


def test_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    async def scene() -> str:
        doors = Places(1)
        async with doors.place(lambda: False):
            gives_up = asyncio.create_task(doors.place(lambda: True).__aenter__())
            await asyncio.sleep(0)
            gives_up.cancel()
            await asyncio.gather(gives_up, return_exceptions=True)
        async with doors.place(lambda: False):
            return "free"

    assert asyncio.run(scene()) == "free"


def test_nobody_is_asked_who_need_not_wait() -> None:
    async def scene() -> None:
        async with Places(1).place(lambda: pytest.fail("asked")):
            pass

    asyncio.run(scene())
