"""How much there is to do and how often it fails: totals since the start, for /status. No personal data."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Counts:
    """One reading of the counters."""

    updates: int
    updates_last_minute: int
    errors: int
    blocked: int


class Counters:
    """Counts from any thread. `updates` came in, `errors` failed, `blocked` could not be sent: the person left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._updates = self._errors = self._blocked = 0
        self._seconds: deque[list[int]] = deque()  # [second, updates in it], the last minute only

    def update(self) -> None:
        now = int(self._clock())
        with self._lock:
            self._updates += 1
            if not self._seconds or self._seconds[-1][0] != now:
                self._seconds.append([now, 0])
            self._seconds[-1][1] += 1
            self._drop_old()

    def error(self) -> None:
        with self._lock:
            self._errors += 1

    def blocked(self) -> None:
        with self._lock:
            self._blocked += 1

    def read(self) -> Counts:
        with self._lock:
            self._drop_old()
            return Counts(self._updates, sum(count for _, count in self._seconds), self._errors, self._blocked)

    def _drop_old(self) -> None:
        while self._seconds and self._seconds[0][0] <= self._clock() - MINUTE:
            self._seconds.popleft()
