"""Who writes too fast gets one notice, and is forgotten when quiet."""

import pytest

from bot.channels.telegram.flood import MOST_MESSAGES, WINDOW_SECONDS, Flood, Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.safety("S-67")
def test_a_flood_gets_exactly_one_notice() -> None:
    flood = Flood(Clock())
    paces = [flood.pace(1) for _ in range(100)]
    assert paces == [Pace.FINE] * MOST_MESSAGES + [Pace.NEWLY_FAST] + [Pace.FAST] * (100 - MOST_MESSAGES - 1)


def test_the_next_flood_after_a_quiet_time_gets_its_own_notice() -> None:
    clock = Clock()
    flood = Flood(clock)
    for _ in range(MOST_MESSAGES + 5):
        flood.pace(1)
    clock.now += WINDOW_SECONDS + 1
    assert flood.pace(1) is Pace.FINE
    paces = [flood.pace(1) for _ in range(MOST_MESSAGES + 1)]
    assert Pace.NEWLY_FAST in paces


def test_somebody_who_writes_at_a_human_pace_never_hears_of_it() -> None:
    clock = Clock()
    flood = Flood(clock)
    for _ in range(200):
        clock.now += WINDOW_SECONDS / MOST_MESSAGES
        assert flood.pace(1) is Pace.FINE


def test_one_persons_flood_is_nobody_elses() -> None:
    flood = Flood(Clock())
    for _ in range(100):
        flood.pace(1)
    assert flood.pace(2) is Pace.FINE


def test_quiet_chats_are_forgotten() -> None:
    clock = Clock()
    flood = Flood(clock)
    for chat in (1, 2, 1, 3):
        clock.now += WINDOW_SECONDS / 2
        flood.pace(chat)
    assert list(flood._chats) == [1, 3]  # noqa: SLF001 - memory shows nowhere else
