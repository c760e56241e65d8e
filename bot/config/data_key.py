"""DATA_KEY: the one secret from which every other key is derived, 32 random bytes written in urlsafe base64."""

import base64
import binascii
import secrets

KEY_BYTES = 32


def new_data_key() -> str:
    """A new random key, 44 characters of urlsafe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def decode_data_key(text: str) -> bytes:
    """The 32 bytes that `text` stands for. Raises ValueError if it is not base64 or has another length."""
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} bytes in urlsafe base64")
    return key
