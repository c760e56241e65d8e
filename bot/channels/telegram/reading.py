"""Reads raw updates one by one, so that one the library cannot read affects no other. Its text is still answered.

A server older or newer than the library may send fields that the library does not expect, and any person can cause such
an update.
"""

import json
import logging
from typing import Any, Final

import orjson
from telegram import Bot, Update
from telegram.constants import MessageAttachmentType

from bot.services.counters import Counters

TEXT_FIELDS: Final = ("text", "caption")
USER_FIELDS: Final = ("from", "via_bot")
CHAT_FIELDS: Final = ("chat", "sender_chat")

log = logging.getLogger(__name__)


class Reader:
    """Reads updates from polling, the webhook and the database of deferred updates. It never raises."""

    def __init__(self, bot: Bot, counters: Counters) -> None:
        self._bot = bot
        self._counters = counters

    def parse(self, body: bytes | str) -> Update | None:
        """The update in a JSON text, or None if it cannot be read; see `read`."""
        try:
            return self.read(_parsed(body))
        except (ValueError, RecursionError):
            self._count_unreadable("no JSON")
            return None

    def read(self, raw: Any) -> Update | None:  # noqa: ANN401 - JSON
        """The update in parsed JSON, reduced to a message with its text if the library cannot read it whole.

        A photo, a poll ... that cannot be read becomes a message without content and is answered as such. Returns None
        if not even that can be read.
        """
        try:
            return Update.de_json(_without_unused(raw), self._bot)
        except Exception as error:  # noqa: BLE001 - whatever the library may raise; its trace would quote the update
            self._count_unreadable(type(error).__name__)
        try:
            return Update.de_json(_text_only(raw), self._bot)
        except Exception:  # noqa: BLE001 - not a message at all
            return None

    def _count_unreadable(self, why: str) -> None:
        self._counters.unreadable()
        log.warning("an update could not be read (%s)", why)


def _parsed(body: bytes | str) -> Any:  # noqa: ANN401 - JSON
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:  # orjson rejects a lone surrogate, Python's json accepts it
        return json.loads(body)


def _without_unused(update: dict[str, Any]) -> dict[str, Any]:
    """Drops unused parts of the message under a pressed button before the library parses them, which saves CPU."""
    pressed = update.get("callback_query", {}).get("message", {})
    for name in ("reply_markup", "entities", "caption_entities"):
        pressed.pop(name, None)
    return update


def _text_only(raw: dict[str, Any]) -> dict[str, Any]:
    """The update with only the sender, chat and text of its message. Raises LookupError, TypeError or ValueError."""
    name = Update.MESSAGE if Update.MESSAGE in raw else Update.EDITED_MESSAGE
    message = raw[name]
    texts = {key: message[key] for key in TEXT_FIELDS if isinstance(message.get(key), str)}
    has_content = name == Update.MESSAGE and any(kind in message for kind in MessageAttachmentType)
    if not texts and not has_content:
        raise ValueError("nothing that would be answered")
    users = {key: _user(message[key]) for key in USER_FIELDS if key in message}
    chats = {
        key: {"id": int(message[key]["id"]), "type": str(message[key]["type"])} for key in CHAT_FIELDS if key in message
    }
    marks = {"is_automatic_forward": True} if message.get("is_automatic_forward") else {}
    reduced = {"message_id": int(message["message_id"]), "date": 0, **users, **chats, **marks, **texts}
    return {"update_id": int(raw["update_id"]), name: reduced}


def _user(raw: dict[str, Any]) -> dict[str, Any]:
    return {"id": int(raw["id"]), "is_bot": bool(raw["is_bot"]), "first_name": ""}
