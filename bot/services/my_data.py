"""The answer to /mydata: exactly what is stored about a chat, one line for each item (S-54)."""

import json
from collections.abc import Iterator
from html import unescape

from bot.rendering import File, Wording
from bot.storage.chats import Stored

LONGEST_LIST = 900  # characters of HTML in the message, which has a heading too (S-45); more is sent as a file


def my_data(stored: Stored, wording: Wording) -> tuple[str, tuple[File, ...]]:
    """The HTML below the heading, and the files to send with it: the list itself if it is too long for the message."""
    html = "\n".join(_lines(stored, wording))
    if len(html) <= LONGEST_LIST:
        return html, ()
    return wording.phrase("mydata.file"), (File("mydata.txt", unescape(html).encode),)


def _lines(stored: Stored, wording: Wording) -> Iterator[str]:
    if stored["conversation"] is not None:
        for name, value in json.loads(stored["conversation"]).items():
            yield wording.phrase("mydata.item", name=name, value=json.dumps(value))
        yield wording.phrase("mydata.erased_at", at=stored["erase_at"] or "")
    yield wording.phrase("mydata.updates", count=str(stored["updates"]))
    for kind, record in stored["records"].items():
        yield wording.phrase("mydata.item", name=kind, value=record)
    if stored["deferred"]:
        yield wording.phrase("mydata.parked", count=str(stored["deferred"]))
    if stored["unmatched"]:
        yield wording.phrase("mydata.unmatched", count=str(stored["unmatched"]))
