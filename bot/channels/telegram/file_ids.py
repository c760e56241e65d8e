"""Pictures as Telegram accepts them: the file id of an earlier upload, or else the bytes."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import InputMediaAnimation, InputMediaPhoto, Message
from telegram.constants import ParseMode

from bot.storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture or a short silent film. `digest` is its SHA-256; `file_id` is "" before the first upload."""

    name: str
    content: bytes
    digest: str
    file_id: str = ""

    @property
    def is_film(self) -> bool:
        return self.name.endswith(".mp4")

    @property
    def file(self) -> str | bytes:
        """What to send: the file id if there is one, else the bytes."""
        return self.file_id or self.content

    def media(self, caption: str, mode: ParseMode | None) -> InputMediaPhoto | InputMediaAnimation:
        """The picture in the form that replaces the picture of a message."""
        if self.is_film:
            return InputMediaAnimation(self.file, caption=caption, parse_mode=mode, filename=self.name)
        return InputMediaPhoto(self.file, caption, parse_mode=mode)


class FileIds:
    """Finds pictures by name, with their file ids. An id is valid for one bot and one content of the picture."""

    def __init__(self, picture_bytes: Callable[[str], bytes | None], store: Store, bot: int) -> None:
        """`picture_bytes`: finds a picture of the current knowledge by file name; `bot`: this bot's numeric id."""
        self._picture_bytes = picture_bytes
        self._store = store
        self._bot = bot
        self._known: dict[str, Picture] = {}  # with file ids; another process may know more

    async def picture(self, name: str) -> Picture | None:
        """The picture with this file name, or None if there is none: the text is understandable without it."""
        content = self._picture_bytes(name) if name else None
        if content is None:
            if name:
                log.error("there is no picture %s; its text goes without it", name)
            return None
        known = self._known.get(name)
        if known is not None and known.content is content:
            return known
        digest = hashlib.sha256(content).hexdigest()
        file_id = await asyncio.to_thread(self._store.upload, self._bot, name, digest)
        return self._remember(Picture(name, content, digest, file_id))

    async def remember_upload(self, picture: Picture, message: Message) -> None:
        """Stores the file id of a picture that was uploaded with `message`."""
        file_id = _file_id(message)
        if file_id and not picture.file_id:
            self._remember(replace(picture, file_id=file_id))
            await asyncio.to_thread(self._store.keep_upload, self._bot, picture.name, picture.digest, file_id)

    async def forget_upload(self, picture: Picture) -> Picture:
        """Deletes a file id that Telegram no longer knows. Returns the picture without it, ready for an upload."""
        self._known.pop(picture.name, None)
        await asyncio.to_thread(self._store.forget_upload, self._bot, picture.name)
        return replace(picture, file_id="")

    def _remember(self, picture: Picture) -> Picture:
        if picture.file_id:
            self._known[picture.name] = picture
        return picture


def _file_id(message: Message) -> str:
    if message.animation:
        return message.animation.file_id
    return message.photo[-1].file_id if message.photo else ""
