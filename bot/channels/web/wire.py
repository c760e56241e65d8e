"""What goes between the page and the server: checked requests in, answers as JSON out."""

from base64 import b64encode
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.services.messages import AdminAnswer, Answer, Outgoing

TEXT_LIMIT = 4096  # Telegram's own

_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_Command = Annotated[str, Field(pattern=r"^[a-z_]{0,32}$")]


class _Request(BaseModel):
    """`id` is made by the page, anew for each thing a person does; a repeat of it is answered once."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    id: _Id


class WireMessage(_Request):
    """A text, or a command with its argument as the text."""

    kind: Literal["text", "command"]
    text: str = Field(max_length=TEXT_LIMIT)
    command: _Command


class WirePress(_Request):
    """A button. What it holds is checked by the conversation."""

    data: str = Field(max_length=256)


class WireDue(_Request):
    """What is due, as the clock says: a running session's next look, a reminder."""


class AdminCommand(_Request):
    """A command of the admin switch."""

    command: _Command
    argument: str = Field(max_length=TEXT_LIMIT)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer; files are made now and travel in it. `live`: the page asks for what is due."""
    said = {"notice": answer.notice, "replace": answer.replace}
    return {**said, "messages": [message_json(message) for message in answer.messages]}


def message_json(message: Outgoing) -> dict[str, Any]:
    """One message."""
    files = [{"name": file.name, "data": b64encode(file.make()).decode()} for file in message.files]
    keys = [[asdict(key) for key in row] for row in message.keys]
    shown = {"html": message.html, "picture": message.picture, "alt": message.alt}
    return {**shown, "keys": keys, "files": files, "live": message.live is not None}


def admin_json(answer: AdminAnswer) -> dict[str, Any]:
    """The same shape as an answer, and perhaps a file."""
    message = message_json(Outgoing(answer.html))
    file = {"name": answer.file_name, "text": answer.file_text} if answer.file_name else None
    return {"messages": [message], "notice": "", "replace": False, "file": file}
