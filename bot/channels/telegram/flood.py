"""Limits for chats that send more than can be answered. Every text is still read for warning signs (S-17, S-67)."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

MOST_MESSAGES = 20  # messages and button presses that one chat may send ...
WINDOW_SECONDS = 10.0  # ... within so many seconds
MOST_CARDS = 15  # answers without a warning sign that one group may get ...
CARD_WINDOW_SECONDS = 60.0  # ... within so many seconds; Telegram takes 20 messages, and warning signs need the rest


class Pace(Enum):
    """How fast a chat sends."""

    FINE = "fine"
    NEWLY_FAST = "newly fast"  # the first message over the limit: the one to answer with a notice
    FAST = "fast"


@dataclass(slots=True)
class _Recent:
    times: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES + 1))
    notified: bool = False


class Flood:
    """Measures the pace of each chat. One flood, until the pace is fine again, is `NEWLY_FAST` only once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._chats: OrderedDict[int, _Recent] = OrderedDict()  # the chat that wrote last comes last

    def pace(self, chat: int) -> Pace:
        """Counts one message of this chat and returns the chat's pace."""
        now = self._clock()
        recent = self._chats.setdefault(chat, _Recent())
        recent.times.append(now)
        self._chats.move_to_end(chat)
        self._forget_quiet_chats(now)
        if len(recent.times) <= MOST_MESSAGES or recent.times[0] <= now - WINDOW_SECONDS:
            recent.notified = False
            return Pace.FINE
        pace = Pace.FAST if recent.notified else Pace.NEWLY_FAST
        recent.notified = True
        return pace

    def _forget_quiet_chats(self, now: float) -> None:
        while next(iter(self._chats.values())).times[-1] <= now - WINDOW_SECONDS:
            self._chats.popitem(last=False)


class GroupCardLimit:
    """Limits the cards sent to each group. Answers to warning signs are not counted."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._sent: OrderedDict[int, deque[float]] = OrderedDict()  # the group that got one last comes last

    def take(self, group: int) -> bool:
        """Whether the group may get one more card now; if so, it is counted as sent."""
        now = self._clock()
        while self._sent and next(iter(self._sent.values()))[-1] <= now - CARD_WINDOW_SECONDS:
            self._sent.popitem(last=False)
        sent = self._sent.setdefault(group, deque(maxlen=MOST_CARDS))
        if len(sent) == MOST_CARDS and sent[0] > now - CARD_WINDOW_SECONDS:
            return False
        sent.append(now)
        self._sent.move_to_end(group)
        return True
