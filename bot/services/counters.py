"""Counts updates, turns, their duration and errors since the start. Holds no personal data."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.services.messages import Answer

MINUTE = 60.0
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # longest durations of a turn, in seconds


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of the counters at one moment.

    `within` has for each of BUCKETS the number of turns that took at most so long; `seconds` is the duration of all
    turns together. `matched` and `unmatched` count texts, `kinds` answers by the kind of their first message.
    """

    updates: int
    updates_last_minute: int
    errors: int
    blocked: int
    deferred: int = 0
    unreadable: int = 0
    turns: int = 0
    urgent: int = 0
    matched: int = 0
    unmatched: int = 0
    seconds: float = 0.0
    within: tuple[int, ...] = (0,) * len(BUCKETS)
    kinds: Mapping[str, int] = field(default_factory=dict)


class Counters:
    """The counters. Safe to use from many threads. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._updates = self._errors = self._blocked = self._deferred = self._unreadable = 0
        self._turns = self._urgent = self._matched = self._unmatched = 0
        self._kinds: Counter[str] = Counter()
        self._seconds_of_turns = 0.0
        self._within = [0] * len(BUCKETS)
        self._seconds: deque[list[int]] = deque()  # [second, updates in it], the last minute only

    def update(self) -> None:
        """Counts an update that came in."""
        now = int(self._clock())
        with self._lock:
            self._updates += 1
            if not self._seconds or self._seconds[-1][0] != now:
                self._seconds.append([now, 0])
            self._seconds[-1][1] += 1
            self._drop_old()

    def turn(self, answer: Answer, seconds: float, *, text: bool = False) -> None:
        """Counts a turn of a private chat that took so many seconds. `text`: it answered a text, not a button."""
        with self._lock:
            self._turns += 1
            self._urgent += answer.urgent
            self._unmatched += answer.unmatched
            self._matched += text and not answer.unmatched
            self._kinds[answer.kind or "none"] += 1
            self._seconds_of_turns += seconds
            for at, limit in enumerate(BUCKETS):
                self._within[at] += seconds <= limit

    def error(self) -> None:
        """Counts an update that failed."""
        with self._lock:
            self._errors += 1

    def blocked(self) -> None:
        """Counts an answer that could not be sent because the person has blocked the bot."""
        with self._lock:
            self._blocked += 1

    def deferred(self) -> None:
        """Counts an update that is answered later, because Telegram asked to wait or cannot be reached."""
        with self._lock:
            self._deferred += 1

    def unreadable(self) -> None:
        """Counts an update that could not be read completely."""
        with self._lock:
            self._unreadable += 1

    def read(self) -> Counts:
        """The values now."""
        with self._lock:
            self._drop_old()
            return Counts(
                updates=self._updates,
                updates_last_minute=sum(count for _, count in self._seconds),
                errors=self._errors,
                blocked=self._blocked,
                deferred=self._deferred,
                unreadable=self._unreadable,
                turns=self._turns,
                urgent=self._urgent,
                matched=self._matched,
                unmatched=self._unmatched,
                seconds=self._seconds_of_turns,
                within=tuple(self._within),
                kinds=dict(self._kinds),
            )

    def _drop_old(self) -> None:
        while self._seconds and self._seconds[0][0] <= self._clock() - MINUTE:
            self._seconds.popleft()
