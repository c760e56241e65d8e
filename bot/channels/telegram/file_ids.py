"""The pictures as Telegram takes them: by the id it gave an earlier upload, else as bytes."""

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
    """A still picture or a short silent film. `file_id` is Telegram's name for it, or "" before its first upload."""

    name: str
    content: bytes
    digest: str
    file_id: str = ""

    @property
    def moves(self) -> bool:
        return self.name.endswith(".mp4")

    @property
    def file(self) -> str | bytes:
        """What to send."""
        return self.file_id or self.content

    def media(self, caption: str, mode: ParseMode | None) -> InputMediaPhoto | InputMediaAnimation:
        """The picture as what replaces another one."""
        if self.moves:
            return InputMediaAnimation(self.file, caption=caption, parse_mode=mode, filename=self.name)
        return InputMediaPhoto(self.file, caption, parse_mode=mode)


class FileIds:
    """Finds pictures by name. An id holds for one bot and one content: a changed picture is uploaded anew."""

    def __init__(self, find: Callable[[str], bytes | None], store: Store, bot: int) -> None:
        """`find` gives the bytes of a picture of the knowledge in use, `bot` is the numeric id of this bot."""
        self._find = find
        self._store = store
        self._bot = bot
        self._known: dict[str, Picture] = {}  # with their ids; another process may know more

    async def picture(self, name: str) -> Picture | None:
        """The picture; None where there is none of that name: the words can stand alone."""
        content = self._find(name) if name else None
        if content is None:
            if name:
                log.error("there is no picture %s; its text goes without it", name)
            return None
        known = self._known.get(name)
        if known is not None and known.content is content:
            return known
        digest = hashlib.sha256(content).hexdigest()
        file_id = await asyncio.to_thread(self._store.upload, self._bot, name, digest)
        return self._learned(Picture(name, content, digest, file_id))

    async def sent(self, picture: Picture, message: Message) -> None:
        """Keeps the id of a picture that was just uploaded."""
        file_id = _file_id(message)
        if file_id and not picture.file_id:
            self._learned(replace(picture, file_id=file_id))
            await asyncio.to_thread(self._store.keep_upload, self._bot, picture.name, picture.digest, file_id)

    async def forgotten(self, picture: Picture) -> Picture:
        """The picture to be uploaded anew, as Telegram no longer knows its id."""
        self._known.pop(picture.name, None)
        await asyncio.to_thread(self._store.forget_upload, self._bot, picture.name)
        return replace(picture, file_id="")

    def _learned(self, picture: Picture) -> Picture:
        if picture.file_id:
            self._known[picture.name] = picture
        return picture


def _file_id(message: Message) -> str:
    if message.animation:
        return message.animation.file_id
    return message.photo[-1].file_id if message.photo else ""
