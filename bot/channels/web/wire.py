"""The messages between the page and the server: validated requests, and answers as JSON."""

from base64 import b64encode
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.services.messages import AdminAnswer, Answer, Outgoing

TEXT_LIMIT = 4096  # characters, as in Telegram

_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_Command = Annotated[str, Field(pattern=r"^[a-z_]{0,32}$")]


class _Request(BaseModel):
    """The page makes a new `id` for each action of a person. A repeated request with the same id is answered once."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    id: _Id


class WireMessage(_Request):
    """A text, or a command (without its slash) with its argument as the text."""

    kind: Literal["text", "command"]
    text: str = Field(max_length=TEXT_LIMIT)
    command: _Command


class WirePress(_Request):
    """A button press. The conversation checks the signed data."""

    data: str = Field(max_length=256)


class WireDue(_Request):
    """A question for what is due: a change of a running session's message, or a reminder."""


class AdminCommand(_Request):
    """An admin's command (without its slash) and its argument."""

    command: _Command
    argument: str = Field(max_length=TEXT_LIMIT)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as JSON. Its files are made now and are part of it."""
    fields = {"notice": answer.notice, "replace": answer.replace}
    return {**fields, "messages": [message_json(message) for message in answer.messages]}


def message_json(message: Outgoing) -> dict[str, Any]:
    """One message as JSON, files in base64. `live`: it shows a running session, so the page asks for what is due."""
    files = [{"name": file.name, "data": b64encode(file.make()).decode()} for file in message.files]
    keys = [[asdict(key) for key in row] for row in message.keys]
    fields = {"html": message.html, "picture": message.picture, "alt": message.alt}
    return {**fields, "keys": keys, "files": files, "live": message.live is not None}


def admin_json(answer: AdminAnswer) -> dict[str, Any]:
    """An admin's answer in the same shape, with `file` (name and text) or None."""
    message = message_json(Outgoing(answer.html))
    file = {"name": answer.file_name, "text": answer.file_text} if answer.file_name else None
    return {"messages": [message], "notice": "", "replace": False, "file": file}
