"""Keyed hashes and encryption, all from the one DATA_KEY (S-52, S-56)."""

import base64
import binascii
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.errors import StorageError

KEY_BYTES = 32
NONCE_BYTES = 12


class DamagedError(StorageError):
    """A stored value was not sealed with this key for this row."""


class Vault:
    """Hides ids behind keyed hashes and texts behind encryption. Different purposes have unrelated keys."""

    def __init__(self, data_key: bytes | str) -> None:
        root = _decode(data_key)
        self._chat_key = _derive(root, "chat")
        self._update_key = _derive(root, "update")
        self._text_key = _derive(root, "unmatched text")
        self._writer_key = _derive(root, "unmatched chat")
        self._cipher = AESGCM(_derive(root, "values"))
        self.fingerprint = _derive(root, "fingerprint").hex()

    def chat(self, chat: str) -> bytes:
        return _hash(self._chat_key, chat)

    def update(self, chat: str, update_id: str) -> bytes:
        return _hash(_hash(self._update_key, chat), update_id)

    def unmatched_text(self, text: str) -> bytes:
        return _hash(self._text_key, text)

    def unmatched_chat(self, chat: str) -> bytes:
        return _hash(self._writer_key, chat)

    def seal(self, text: str, owner: bytes) -> bytes:
        """`text` encrypted for the row `owner`: moved to another row it cannot be opened."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), owner)

    def open(self, sealed: bytes, owner: bytes) -> str:
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner).decode()
        except (InvalidTag, ValueError):
            raise DamagedError("A row of the database is damaged and cannot be decrypted.") from None


def _decode(data_key: bytes | str) -> bytes:
    try:
        key = base64.b64decode(data_key, altchars=b"-_", validate=True) if isinstance(data_key, str) else data_key
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StorageError(f"DATA_KEY must be {KEY_BYTES} bytes in urlsafe base64.")
    return key


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"acupressure-bot {purpose}".encode()).derive(
        root
    )


def _hash(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
