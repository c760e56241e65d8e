"""What the tests of the outbox share."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from telegram import Chat, Message, PhotoSize

from bot.channels.telegram.outbox import Outbox
from bot.services.messages import Key, Outgoing

PNG, MP4 = b"\x89PNG picture", b"film"
KEYS = ((Key("Yes", data="v1.yes"), Key("No", data="v1.no")), (Key("Open", url="https://t.me/guide_bot"),))
HAND = Outgoing("LI4", KEYS, picture="hand.png")

Work = Callable[[Outbox], Awaitable[object]]
Do = Callable[[Work], None]


def sent(number: int = 1, *, photo: bool = False) -> Message:
    """A message as a button press quotes it."""
    picture = (PhotoSize("p", "p", 8, 8),) if photo else ()
    return Message(number, datetime.now(UTC), Chat(42, Chat.PRIVATE), photo=picture)
