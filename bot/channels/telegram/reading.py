"""Raw updates, read one by one: what the library cannot read harms no other update, and its text is answered still.

A server older or newer than the library sends fields it does not expect; any person can cause such an update.
"""

import json
import logging
from typing import Any, Final

import orjson
from telegram import Bot, Update
from telegram.constants import MessageAttachmentType

from bot.services.counters import Counters

TEXTS: Final = ("text", "caption")
USERS: Final = ("from", "via_bot")
CHATS: Final = ("chat", "sender_chat")

log = logging.getLogger(__name__)


class Reader:
    """Reads for every way in: polling, the webhook and what was parked. It never raises."""

    def __init__(self, bot: Bot, counters: Counters) -> None:
        self._bot = bot
        self._counters = counters

    def parse(self, body: bytes | str) -> Update | None:
        """The update in a JSON text; see `read`."""
        try:
            return self.read(_parsed(body))
        except (ValueError, RecursionError):
            self._note("no JSON")
            return None

    def read(self, raw: Any) -> Update | None:  # noqa: ANN401 - JSON
        """The update. Where it cannot be read, a message with no more than its text; without a text, None.

        Of a picture, a poll ... that cannot be read a message without any content is left: it is answered as such.
        """
        try:
            return Update.de_json(_slim(raw), self._bot)
        except Exception as error:  # noqa: BLE001 - whatever the library may raise; its trace would quote the update
            self._note(type(error).__name__)
        try:
            return Update.de_json(_bare(raw), self._bot)
        except Exception:  # noqa: BLE001 - not even its outlines are those of a message
            return None

    def _note(self, why: str) -> None:
        self._counters.unreadable()
        log.warning("an update could not be read (%s)", why)


def _parsed(body: bytes | str) -> Any:  # noqa: ANN401 - JSON
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:  # half a pair of surrogates is an error to it, but not to Python
        return json.loads(body)


def _slim(update: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody here reads of the message under a pressed button: the library would build all of it."""
    pressed = update.get("callback_query", {}).get("message", {})
    for name in ("reply_markup", "entities", "caption_entities"):
        pressed.pop(name, None)
    return update


def _bare(raw: dict[str, Any]) -> dict[str, Any]:
    """A message reduced to who says what where. Raises LookupError, TypeError or ValueError where there is no such."""
    name = Update.MESSAGE if Update.MESSAGE in raw else Update.EDITED_MESSAGE
    message = raw[name]
    said = {key: message[key] for key in TEXTS if isinstance(message.get(key), str)}
    sent = name == Update.MESSAGE and any(kind in message for kind in MessageAttachmentType)
    if not said and not sent:
        raise ValueError("nothing that would be answered")
    users = {key: _user(message[key]) for key in USERS if key in message}
    chats = {key: {"id": int(message[key]["id"]), "type": str(message[key]["type"])} for key in CHATS if key in message}
    marks = {"is_automatic_forward": True} if message.get("is_automatic_forward") else {}
    kept = {"message_id": int(message["message_id"]), "date": 0, **users, **chats, **marks, **said}
    return {"update_id": int(raw["update_id"]), name: kept}


def _user(raw: dict[str, Any]) -> dict[str, Any]:
    return {"id": int(raw["id"]), "is_bot": bool(raw["is_bot"]), "first_name": ""}
