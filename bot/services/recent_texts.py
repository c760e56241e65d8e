"""The texts of the last two minutes, in the memory of this process alone (S-5): a phrase may be sent in two halves."""

from collections import OrderedDict, deque
from threading import Lock
from typing import NamedTuple

from bot.domain.state.dialogue import RECENT_MESSAGES, RECENT_SECONDS

LONGEST = 300  # characters that are kept of a text: its end
MOST_CHATS = 10_000


class _Text(NamedTuple):
    at: float  # in seconds since 1970
    update_id: str
    text: str


class RecentTexts:
    """The last texts of each chat. They are never stored or logged, and a restart loses them. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._chats: OrderedDict[str, deque[_Text]] = OrderedDict()  # the chat that wrote last comes last

    def before(self, chat: str, update_id: str, now: float) -> tuple[str, ...]:
        """The texts of the chat before this update, at most two minutes old, the oldest first."""
        with self._lock:
            self._drop_old(now)
            kept = self._chats.get(chat, ())
            return tuple(each.text for each in kept if each.update_id != update_id and _is_recent(each, now))

    def add(self, chat: str, update_id: str, text: str, now: float) -> None:
        """Keeps the text of an update. An update that comes again is kept once."""
        with self._lock:
            kept = self._chats.setdefault(chat, deque(maxlen=RECENT_MESSAGES))
            if all(each.update_id != update_id for each in kept):
                kept.append(_Text(now, update_id, text[-LONGEST:]))
            self._chats.move_to_end(chat)
            self._drop_old(now)

    def forget(self, chat: str) -> None:
        """Drops the texts of the chat: what follows begins anew."""
        with self._lock:
            self._chats.pop(chat, None)

    def _drop_old(self, now: float) -> None:
        while self._chats:
            kept = next(iter(self._chats.values()))
            if len(self._chats) <= MOST_CHATS and _is_recent(kept[-1], now):
                return
            self._chats.popitem(last=False)


def _is_recent(text: _Text, now: float) -> bool:
    return 0 <= now - text.at <= RECENT_SECONDS
