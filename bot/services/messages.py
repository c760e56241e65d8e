"""What goes between a channel and the conversation: plain values, the same for Telegram, web and terminal."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rendering.wording import File


class IncomingKind(StrEnum):
    """What came in. OTHER is anything that is not text: voice, photo, sticker."""

    TEXT = "text"
    COMMAND = "command"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did in a private chat.

    `chat` is a stable key with the channel in front ("telegram:42"). `text` is the message, a caption, the argument
    of `command` (named without its slash), or the callback data of a button. `update_id` is unique within the
    channel; the same one twice is answered once. `confirmed_later`: the channel says when the answer
    has left.
    """

    chat: str
    kind: IncomingKind
    update_id: str
    text: str = ""
    command: str = ""
    confirmed_later: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One button: `data` (at most 64 bytes of ASCII) comes back when it is pressed, or `url` is opened."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """A message that shows a running session: `mark` changes when another one has to follow it, `due` is when."""

    mark: str
    due: float


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send: Telegram's HTML (only <b> and <i>), rows of buttons, and perhaps a picture or files.

    `html` has at most 4,096 visible characters, at most 1,024 with a picture. `picture` is a file name in the
    pictures folder of the knowledge, or empty; `alt` says in plain words what can be found with it. Of `files`, made
    for this person alone, a picture goes with the text, documents follow it. A `live` one is kept up to date:
    the channel tells `DueMessages.showing` which message it became.
    """

    html: str
    keys: tuple[tuple[Key, ...], ...] = ()
    picture: str = ""
    alt: str = ""
    files: tuple[File, ...] = ()
    live: Live | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back: at most three messages.

    After a PRESS, `replace` says that the first message replaces the one the button belongs to; otherwise it is sent
    as a new one. `notice` (at most 200 characters, plain text) is shown as the answer to the button press.
    An answer without messages and notice means: nothing to say (a repeat). An `urgent` one holds a warning sign and is
    never held back, however fast a person writes (S-17). `unmatched`: nobody understood the text. `kind`: what
    the first message is ("overview"), for counting.
    """

    messages: tuple[Outgoing, ...] = ()
    notice: str = ""
    replace: bool = False
    urgent: bool = False
    unmatched: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One result of an inline query: `title` and `description` are plain text."""

    id: str
    title: str
    description: str
    html: str


@dataclass(frozen=True, slots=True)
class AdminAnswer:
    """What an admin gets: HTML, and perhaps a text file with the whole list."""

    html: str
    file_name: str = ""
    file_text: str = ""
