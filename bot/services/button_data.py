"""The meaning of a button as callback data: signed, bound to one chat, at most 64 bytes (S-63).

Layout, in base64url: revision (4 bytes), second (4 bytes), MAC (10 bytes); then in plain text the action and, if it has
an argument, a colon and the argument.
"""

import hashlib
import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass

from bot.domain.turns.events import Action, Press, Pressed

_HEAD = struct.Struct(">II")
_MAC_BYTES = 10  # 80 bits cannot be guessed by pressing buttons
_HEAD_CHARACTERS = 24  # 18 bytes in base64
_MEANING = re.compile(r"([a-z]{2,9})(?::([A-Za-z0-9_-]{1,32}))?\Z", re.ASCII)
MOST_BYTES = 64


@dataclass(frozen=True, slots=True)
class Signed:
    """A button with a valid signature: what it means, and when it was made, in seconds since 1970."""

    pressed: Pressed
    made_at: float


def sign(press: Press, revision: int, now: float, chat: str, key: bytes) -> str:
    """The callback data of a button of `chat`, made at `now` (seconds since 1970).

    Raises ValueError if it is longer than Telegram's 64 bytes, or the argument has characters that `read` would refuse.
    """
    meaning = f"{press.action.value}:{press.arg}" if press.arg else press.action.value
    head = _HEAD.pack(revision & 0xFFFFFFFF, int(now) & 0xFFFFFFFF)
    data = urlsafe_b64encode(head + _mac(head, meaning, chat, key)).decode() + meaning
    if len(data.encode()) > MOST_BYTES or not _MEANING.match(meaning):
        raise ValueError(f"callback data does not fit: {meaning!r}")
    return data


def read(data: str, chat: str, key: bytes) -> Signed | None:
    """The button that callback data stands for, or None if `sign` did not make it for this chat with this key."""
    matched = _MEANING.match(data[_HEAD_CHARACTERS:])
    head_and_mac = _decoded(data[:_HEAD_CHARACTERS])
    if matched is None or head_and_mac is None:
        return None
    head, mac = head_and_mac[: _HEAD.size], head_and_mac[_HEAD.size :]
    if not hmac.compare_digest(mac, _mac(head, data[_HEAD_CHARACTERS:], chat, key)):
        return None
    revision, made_at = _HEAD.unpack(head)
    action = matched.group(1)
    if action not in _ACTIONS:
        return None
    return Signed(Pressed(Press(_ACTIONS[action], matched.group(2) or ""), revision), float(made_at))


_ACTIONS = {action.value: action for action in Action}


def _decoded(text: str) -> bytes | None:
    if len(text) != _HEAD_CHARACTERS or not text.isascii():
        return None
    try:
        raw = urlsafe_b64decode(text)
    except (Error, ValueError):
        return None
    # The decoder ignores stray characters, so accept only what the encoder would have written.
    return raw if urlsafe_b64encode(raw).decode() == text else None


def _mac(head: bytes, meaning: str, chat: str, key: bytes) -> bytes:
    message = b"\0".join([head, meaning.encode(), chat.encode()])
    return hashlib.blake2b(message, key=key, digest_size=_MAC_BYTES).digest()
