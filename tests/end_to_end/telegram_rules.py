"""What Telegram's server demands of a request, written down apart from the bot's own idea of it."""

import json
import re
from html.parser import HTMLParser
from typing import Any

Json = dict[str, Any]

TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"}
BARE = re.compile(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)|<(?!/?[a-z])")
KNOWN = {
    "getMe",
    "deleteWebhook",
    "setWebhook",
    "sendMessage",
    "sendPhoto",
    "sendAnimation",
    "sendDocument",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "answerInlineQuery",
    "setMyCommands",
}


class BadRequest(Exception):  # noqa: N818 - named as Telegram names it
    """A request refused. `ordinary` refusals happen to a good bot too."""

    def __init__(self, description: str, *, ordinary: bool = False) -> None:
        super().__init__(description)
        self.ordinary = ordinary


def check(method: str, params: Json) -> None:
    """Raises BadRequest for what Telegram would not take."""
    if method not in KNOWN:
        raise BadRequest(f"method {method} is not known here")
    if "text" in params and method in ("sendMessage", "editMessageText"):
        _check_length(visible(params["text"], params.get("parse_mode")), 4096, "message text")
    if method in ("sendPhoto", "sendAnimation", "sendDocument", "editMessageCaption") and "caption" in params:
        _check_length(visible(params["caption"], params.get("parse_mode")), 1024, "caption")
    if method == "editMessageMedia":
        _check_length(visible(params["media"]["caption"], params["media"].get("parse_mode")), 1024, "caption")
    if method == "answerCallbackQuery" and units(params.get("text", "")) > 200:
        raise BadRequest("MESSAGE_TOO_LONG")
    _check_keyboard(params.get("reply_markup", {}).get("inline_keyboard", []))
    _check_results(params.get("results", []))
    for command in params.get("commands", []):
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise BadRequest(f"BOT_COMMAND_INVALID {command}")


def visible(text: str, parse_mode: str | None) -> str:
    """What a person sees of a text; in HTML mode every tag and entity must be in order."""
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        raise BadRequest(f"unexpected parse mode {parse_mode}")
    parser = _Html()
    if BARE.search(text):
        raise BadRequest("can't parse entities: a bare & or <")
    parser.feed(text)
    parser.close()
    if parser.open:
        raise BadRequest(f"can't parse entities: {parser.open} not closed")
    return "".join(parser.seen)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - none allowed
        if tag not in TAGS:
            raise BadRequest(f"can't parse entities: unsupported start tag {tag}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise BadRequest(f"can't parse entities: unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def _check_length(text: str, limit: int, what: str) -> None:
    if not text.strip():
        raise BadRequest(f"{what} is empty")
    if units(text) > limit:
        raise BadRequest(f"{what} is too long")


def _check_keyboard(rows: list[list[Json]]) -> None:
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(not row for row in rows):
        raise BadRequest("reply markup is too long or has an empty row")
    for button in buttons:
        kinds = [kind for kind in ("callback_data", "url") if button.get(kind)]
        if not button["text"].strip() or len(kinds) != 1:
            raise BadRequest(f"a button needs a text and one action: {json.dumps(button)}")
        if len(button.get("callback_data", "").encode()) > 64:
            raise BadRequest("BUTTON_DATA_INVALID")


def _check_results(results: list[Json]) -> None:
    ids = [result["id"] for result in results]
    if len(results) > 50 or len(set(ids)) != len(ids) or not all(1 <= len(one.encode()) <= 64 for one in ids):
        raise BadRequest("RESULT_ID_INVALID")
    for result in results:
        content = result["input_message_content"]
        _check_length(visible(content["message_text"], content.get("parse_mode")), 4096, "message text")
        if not result["title"]:
            raise BadRequest("ARTICLE_TITLE_EMPTY")
