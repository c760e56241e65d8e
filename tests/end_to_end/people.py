"""The people of the tests: they write, tap and look at their screen, all through the Bot API server."""

import html
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from tests.end_to_end.bot_api import MARKER, ME, BotApi, Call

Json = dict[str, Any]

SHOWN = ("sendMessage", "sendPhoto", "sendAnimation", "editMessageText", "editMessageCaption", "editMessageMedia")
_query_ids = itertools.count(1)


@dataclass(slots=True)
class Person:
    """Somebody in a private chat with the bot. What they do returns what they then see, as plain text."""

    api: BotApi
    id: int
    notice: str = ""
    button_message: int = 0  # the message whose buttons they look at
    _seen: int = field(default=0)

    def says(self, text: str, **more: object) -> str:
        """Writes a message and waits until the bot has handled it."""
        return self.sends({"text": text, **entities(text), **more})

    def sends(self, content: Json, kind: str = "message") -> str:
        """Sends any kind of message: {"sticker": ...}, {"photo": ..., "caption": ...}."""
        return self.sees_after(self.api.feed({kind: self.message(content)}))

    def taps(self, label: str) -> str:
        """Taps the first button whose label holds these words, on the newest message that has such a button."""
        data, number = self.find_button(label)
        return self.taps_data(data, number)

    def taps_data(self, data: str, number: int = 0) -> str:
        return self.sees_after(self.api.feed(self.press(data, number)))

    def sees_after(self, update_id: int) -> str:
        """Waits until the update was handled; returns what has come on the screen since the last look."""
        self.api.wait_until_confirmed(update_id)
        self.api.wait_until_chat_is_idle({"inline_message_id": "m"}, self.user())
        return self.looks()

    def looks(self) -> str:
        """What came on the screen since the last look, as plain text."""
        calls, self._seen = self.api.calls[self._seen :], len(self.api.calls)
        answers = [call for call in calls if is_answer(call)]
        self.notice = answers[-1].params.get("text", "") if answers else self.notice
        return "\n---\n".join(shown(call) for call in calls if call.chat == self.id and call.method in SHOWN)

    def find_button(self, label: str) -> tuple[str, int]:
        """The callback data and message of a button."""
        for (chat, number), message in sorted(self.api.messages.items(), reverse=True):
            for button in buttons_of(message) if chat == self.id else []:
                if label in button["text"]:
                    return button.get("callback_data", ""), number
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    def buttons(self) -> list[str]:
        """The labels on the newest message that has buttons."""
        mine = sorted((number, it) for (chat, number), it in self.api.messages.items() if chat == self.id)
        with_buttons = [it for _, it in mine if buttons_of(it)]
        return [button["text"] for button in buttons_of(with_buttons[-1])] if with_buttons else []

    def message(self, content: Json) -> Json:
        chat = {"id": self.id, "type": "private", "first_name": "Ann"}
        return {
            "message_id": self.api.next_message_id(),
            "date": 1790000000,
            "chat": chat,
            "from": self.user(),
            **content,
        }

    def press(self, data: str, number: int = 0) -> Json:
        """The update of a press on a button of message `number`; by default of one that is out of reach."""
        place = {"message_id": number or 1, "date": 0, "chat": {"id": self.id, "type": "private"}}
        message = self.api.messages.get((self.id, number), place)
        query = {"id": f"q{next(_query_ids)}", "from": self.user(), "chat_instance": "c", "data": data}
        return {"callback_query": {**query, "message": message}}

    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": "Ann", "username": "ann", "language_code": "en"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat with the bot in it."""

    api: BotApi
    id: int

    def says(self, person: Person, text: str, **more: object) -> list[Call]:
        """Somebody writes into the group; returns the calls for this chat once that was handled."""
        content = {"text": text, **entities(text), **more}
        chat = {"id": self.id, "type": "supergroup", "title": "Friends"}
        before = len(self.api.calls)
        self.api.feed({"message": {**person.message(content), "chat": chat}})
        self.api.wait_until_chat_is_idle({"message": {"message_id": 1, "date": 0, "chat": chat}}, person.user())
        return [call for call in self.api.calls[before:] if call.chat == self.id]


def is_answer(call: Call) -> bool:
    """Whether a call answers the press of a person (and not a marker of the server)."""
    return call.method == "answerCallbackQuery" and not call.params["callback_query_id"].startswith(MARKER)


def shown(call: Call) -> str:
    """What a call puts on the screen, as plain text."""
    media = call.params.get("media", {})
    text = call.params.get("text") or call.params.get("caption") or media.get("caption", "")
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def buttons_of(message: Json) -> list[Json]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def entities(text: str) -> Json:
    """The entities Telegram adds by itself: a command at the start, mentions."""
    found = [
        {"type": "mention", "offset": it.start(), "length": len(it[0])} for it in re.finditer(r"(?<!\w)@\w+", text)
    ]
    if command := re.match(r"/\w+(@\w+)?", text):
        found = [{"type": "bot_command", "offset": 0, "length": len(command[0])}, *found]
    return {"entities": found} if found else {}


def replying_to_the_bot() -> Json:
    return {"reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "from": ME}}
