"""Keyed hashes and encryption, with keys that are all derived from DATA_KEY (S-52, S-56)."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.config.data_key import KEY_BYTES, decode_data_key
from bot.storage.errors import StorageError

NONCE_BYTES = 12


class DamagedError(StorageError):
    """A stored value cannot be decrypted: it is damaged, or was sealed with another key or for another row."""


class Vault:
    """Replaces ids by keyed hashes of 32 bytes and encrypts values. Each purpose has a key of its own.

    `fingerprint` identifies the key without revealing it.
    """

    def __init__(self, data_key: bytes | str) -> None:
        """`data_key`: 32 bytes, or their urlsafe base64. Raises StorageError for anything else."""
        root = _decode(data_key)
        self._chat_key = _derive(root, "chat")
        self._update_key = _derive(root, "update")
        self._text_key = _derive(root, "unmatched text")
        self._writer_key = _derive(root, "unmatched chat")
        self._cipher = AESGCM(_derive(root, "values"))
        self.fingerprint = _derive(root, "fingerprint").hex()

    def chat(self, chat: str) -> bytes:
        """The hash that stands for a chat ("telegram:42") in the database."""
        return _hash(self._chat_key, chat)

    def update(self, chat: str, update_id: str) -> bytes:
        """The hash that stands for an update of `chat` in the database."""
        return _hash(_hash(self._update_key, chat), update_id)

    def unmatched_text(self, text: str) -> bytes:
        """The hash that stands for the text of an unmatched message."""
        return _hash(self._text_key, text)

    def unmatched_chat(self, chat: str) -> bytes:
        """The hash that stands for the sender of an unmatched message. It cannot be linked to that of `chat`."""
        return _hash(self._writer_key, chat)

    def seal(self, text: str, owner: bytes) -> bytes:
        """Encrypts `text`. It can be opened with the same `owner` only, so it is useless in another row."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), owner)

    def open(self, sealed: bytes, owner: bytes) -> str:
        """The text that `seal` encrypted for `owner`. Raises DamagedError."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner).decode()
        except (InvalidTag, ValueError):
            raise DamagedError("A row of the database is damaged and cannot be decrypted.") from None


def _decode(data_key: bytes | str) -> bytes:
    if isinstance(data_key, bytes) and len(data_key) == KEY_BYTES:
        return data_key
    try:
        return decode_data_key(data_key if isinstance(data_key, str) else "")
    except ValueError as error:
        raise StorageError(f"DATA_KEY {error}.") from None


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"acupressure-bot {purpose}".encode()).derive(
        root
    )


def _hash(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
