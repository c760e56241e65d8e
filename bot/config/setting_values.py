"""Converts the text of each setting to its value, or raises a ValueError that says what to write instead."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from bot.config.data_key import decode_data_key

LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
CONTACT_LIMIT = 80  # characters
HIGHEST_PORT = 65_535
TELEGRAM = "https://api.telegram.org"
MAKE_A_KEY = (
    "a key for what is stored is needed. `make run` and `make try` make one. By hand: "
    """python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())" """
).rstrip()


def database_file(url: str) -> Path | None:
    """The file that a SQLite URL names, or None for any other database and for one in memory."""
    _, _, path = url.partition(":///")
    path = path.partition("?")[0]
    return Path(path) if url.startswith("sqlite") and path not in ("", ":memory:") else None


def token(text: str) -> str:
    """A bot token: the bot's id, a colon, and a long secret."""
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", text):
        raise ValueError("this is not a bot token. It looks like 123456789:AAE... ; copy it whole from @BotFather")
    return text


def base_url(text: str) -> str:
    """An http or https address without user, query, fragment and trailing slash."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"must be a plain http or https address such as {TELEGRAM}")
    return text.rstrip("/")


def admin_ids(text: str) -> frozenset[int]:
    """Telegram's numeric user ids, separated by commas."""
    words = [word.strip() for word in text.split(",")]
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", word) for word in words):
        raise ValueError("must be Telegram's numeric user ids with commas between, such as 1234567,7654321")
    return frozenset(int(word) for word in words)


def directory(text: str) -> Path:
    """The path of an existing folder."""
    if not Path(text).is_dir():
        raise ValueError(f"{text} is not a folder. Leave it empty for the knowledge that comes with the bot")
    return Path(text)


def database_url(text: str) -> str:
    """The address of a SQLite file or a PostgreSQL database, unchanged. A database in memory is refused."""
    sqlite = text.startswith("sqlite:///") and database_file(text)
    if not sqlite and not re.match(r"postgres(ql)?(\+psycopg)?://.", text):
        raise ValueError("must be sqlite:///FOLDER/FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return text


def data_key(text: str) -> str:
    """32 random bytes in urlsafe base64, unchanged."""
    try:
        decode_data_key(text)
    except ValueError as error:
        raise ValueError(f"{error} (44 characters). If it is new: {MAKE_A_KEY}") from None
    return text


def contact(text: str) -> str:
    """A phone number or other contact for emergencies: one printable line of at most CONTACT_LIMIT characters."""
    if not text.isprintable() or len(text) > CONTACT_LIMIT:
        raise ValueError(
            f"must be 1 to {CONTACT_LIMIT} characters on one line: people are told to call it. "
            "Remove the line for a neutral wording"
        )
    return text


def log_level(text: str) -> str:
    """One of LOG_LEVELS, in upper case. The text may be in any case."""
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.upper()


def log_format(text: str) -> str:
    """One of LOG_FORMATS, in lower case: plain lines, or one JSON object on each line."""
    if text.lower() not in LOG_FORMATS:
        raise ValueError(f"must be one of {', '.join(LOG_FORMATS)}")
    return text.lower()


def webhook_url(text: str) -> str:
    """The public address that Telegram posts updates to. Plain http is for a Bot API server of one's own."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(
            "must be an https address with a path nobody guesses, such as https://bot.example.org/telegram"
        )
    return text


def webhook_secret(text: str) -> str:
    """The secret that Telegram sends with every update: 16 to 256 letters, digits, - and _."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text):
        raise ValueError("must be 16 to 256 letters, digits, - and _. Remove the line and one is made from DATA_KEY")
    return text


def listen(text: str) -> tuple[str, int]:
    """An address of this machine and a port ("0.0.0.0:8080"), split into the two. An IPv6 address is in brackets."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
        raise ValueError("must be ADDRESS:PORT, such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)
