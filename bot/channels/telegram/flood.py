"""Who sends more than can be answered. Nothing is lost by it: every text is still read (S-17, S-67)."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

LIMIT = 20  # messages and taps that one chat may send ...
WINDOW = 10.0  # ... within so many seconds
CHATS = 1000  # so many are remembered before quiet ones are dropped


class Pace(Enum):
    FINE = "fine"
    NEWLY_FAST = "newly fast"  # the first one too many: the time for a notice
    FAST = "fast"


@dataclass(slots=True)
class _Recent:
    times: deque[float] = field(default_factory=lambda: deque(maxlen=LIMIT + 1))
    told: bool = False


class Flood:
    """Counts what each chat sends. One flood gets one notice; it is over when the pace has come down again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._chats: dict[int, _Recent] = {}

    def pace(self, chat: int) -> Pace:
        """Counts one message of this chat and says how fast they come."""
        now = self._clock()
        self._forget_quiet_chats(now)
        recent = self._chats.setdefault(chat, _Recent())
        recent.times.append(now)
        if len(recent.times) <= LIMIT or recent.times[0] <= now - WINDOW:
            recent.told = False
            return Pace.FINE
        pace = Pace.FAST if recent.told else Pace.NEWLY_FAST
        recent.told = True
        return pace

    def _forget_quiet_chats(self, now: float) -> None:
        if len(self._chats) >= CHATS:
            self._chats = {chat: it for chat, it in self._chats.items() if it.times[-1] > now - WINDOW}
