"""The values that a channel and the conversation exchange, the same for Telegram, web and terminal."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rendering.wording import File


class IncomingKind(StrEnum):
    """The kinds of incoming updates. OTHER is anything without text: a sticker, a photo without a caption."""

    TEXT = "text"
    COMMAND = "command"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did in a private chat.

    `chat` is a stable name with the channel in front ("telegram:42"). `text` is the message, a caption, the argument
    of `command` (named without its slash), or the callback data of a button. `update_id` is unique within the channel;
    an update that comes twice is answered once. `confirmed_later`: the channel reports when the answer was delivered;
    otherwise the update counts as answered with its turn.
    """

    chat: str
    kind: IncomingKind
    update_id: str
    text: str = ""
    command: str = ""
    confirmed_later: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One button. When pressed, it sends `data` (at most 64 bytes of ASCII) back or opens `url`; the other is ""."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """Attached to a message that shows a running session.

    `due` is when it has to be brought up to date, in seconds since 1970. If `mark` has changed by then, a new message
    replaces it; otherwise it is edited.
    """

    mark: str
    due: float


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send: Telegram's HTML (only <b> and <i>), rows of buttons, and perhaps a picture or files.

    `html` has at most 4,096 visible characters, with a picture at most 1,024. `picture` is a file name in the pictures
    folder of the knowledge, or ""; `alt` describes it in plain words. `files` are made for this person only: a picture
    is sent with the text, documents follow it. A message with `live` is kept up to date: the channel reports its id to
    `DueMessages.session_shown`.
    """

    html: str
    keys: tuple[tuple[Key, ...], ...] = ()
    picture: str = ""
    alt: str = ""
    files: tuple[File, ...] = ()
    live: Live | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one update: at most three messages. Without messages and notice there is nothing to send.

    With `replace` the first message replaces the one with the pressed button; otherwise it is sent as a new one.
    `notice` (plain text, at most 200 characters) is shown as the answer to a press. An `urgent` answer responds to a
    warning sign and is never held back, however fast a person writes (S-17). `unmatched`: the text was not understood.
    `kind` is the kind of the first message ("overview"), for the counters, or "".
    """

    messages: tuple[Outgoing, ...] = ()
    notice: str = ""
    replace: bool = False
    urgent: bool = False
    unmatched: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One result of an inline query. `title` and `description` are plain text, `html` is the message it sends."""

    id: str
    title: str
    description: str
    html: str


@dataclass(frozen=True, slots=True)
class AdminAnswer:
    """The answer to an admin: HTML, and a text file with the complete list unless `file_name` is ""."""

    html: str
    file_name: str = ""
    file_text: str = ""
