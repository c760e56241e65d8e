"""Who sends more than can be answered. Nothing is lost by it: every text is still read (S-17, S-67)."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

LIMIT = 20  # messages and taps that one chat may send ...
WINDOW = 10.0  # ... within so many seconds
CARDS = 15  # answers that can be done without, in one group ...
MINUTE = 60.0  # ... within so many seconds; Telegram takes 20 messages, and warning signs need the rest


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
        self._chats: OrderedDict[int, _Recent] = OrderedDict()  # who wrote last stands last

    def pace(self, chat: int) -> Pace:
        """Counts one message of this chat and says how fast they come."""
        now = self._clock()
        recent = self._chats.setdefault(chat, _Recent())
        recent.times.append(now)
        self._chats.move_to_end(chat)
        self._forget_quiet_chats(now)
        if len(recent.times) <= LIMIT or recent.times[0] <= now - WINDOW:
            recent.told = False
            return Pace.FINE
        pace = Pace.FAST if recent.told else Pace.NEWLY_FAST
        recent.told = True
        return pace

    def _forget_quiet_chats(self, now: float) -> None:
        while next(iter(self._chats.values())).times[-1] <= now - WINDOW:
            self._chats.popitem(last=False)


class Room:
    """How many more cards a group may have for now. Only those that were sent count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: OrderedDict[int, deque[float]] = OrderedDict()  # the group that got one last stands last

    def take(self, group: int) -> bool:
        """Whether there is room for one more; then it is taken."""
        now = self._clock()
        while self._sent and next(iter(self._sent.values()))[-1] <= now - MINUTE:
            self._sent.popitem(last=False)
        sent = self._sent.setdefault(group, deque(maxlen=CARDS))
        if len(sent) == CARDS and sent[0] > now - MINUTE:
            return False
        sent.append(now)
        self._sent.move_to_end(group)
        return True
