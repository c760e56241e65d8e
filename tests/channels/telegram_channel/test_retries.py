"""Failed work is tried again after each pause, as long as its error is worth another try."""

import asyncio
from itertools import islice

import pytest

from bot.channels.telegram.retries import retried, without_end


class Flaky:
    """Work that fails so many times before it succeeds."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.tries = 0

    async def __call__(self) -> str:
        self.tries += 1
        if self.tries <= self.failures:
            raise ValueError(self.tries)
        return "done"


def no_wait(_: Exception, __: float) -> float:
    return 0.0


@pytest.mark.parametrize("failures", range(4))
def test_work_that_succeeds_at_last_gives_its_result(failures: int) -> None:
    work = Flaky(failures)
    assert asyncio.run(retried(work, (0.0, 0.0, 0.0), no_wait)) == "done"
    assert work.tries == failures + 1


def test_work_that_fails_once_more_than_there_are_pauses_raises_its_last_error() -> None:
    work = Flaky(9)
    with pytest.raises(ValueError, match="4"):
        asyncio.run(retried(work, (0.0, 0.0, 0.0), no_wait))


def test_an_error_that_is_not_worth_another_try_is_raised_at_once() -> None:
    work = Flaky(1)
    with pytest.raises(ValueError, match="1"):
        asyncio.run(retried(work, (0.0, 0.0), lambda _error, _pause: None))
    assert work.tries == 1


def test_each_error_is_judged_with_the_pause_that_would_follow() -> None:
    seen: list[tuple[str, float]] = []

    def judge(error: Exception, pause: float) -> float:
        seen.append((str(error), pause))
        return 0.0

    asyncio.run(retried(Flaky(3), without_end((1.0, 2.0)), judge))
    assert seen == [("1", 1.0), ("2", 2.0), ("3", 2.0)]


def test_pauses_without_end_repeat_the_last_one() -> None:
    assert list(islice(without_end((1.0, 2.0)), 5)) == [1.0, 2.0, 2.0, 2.0, 2.0]
