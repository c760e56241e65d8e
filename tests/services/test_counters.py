"""The counters behind /status."""

from concurrent.futures import ThreadPoolExecutor

from bot.services.counters import Counters, Counts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_last_minute_forgets_and_the_totals_do_not() -> None:
    clock = Clock()
    counters = Counters(clock)
    for _ in range(5):
        counters.update()
    clock.now += 30
    counters.update()
    counters.error()
    counters.blocked()
    assert counters.read() == Counts(updates=6, updates_last_minute=6, errors=1, blocked=1)
    clock.now += 31
    assert counters.read() == Counts(updates=6, updates_last_minute=1, errors=1, blocked=1)


def test_nothing_is_lost_when_many_threads_count() -> None:
    counters = Counters()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2000):
            pool.submit(counters.update)
    assert counters.read().updates == 2000
