"""What a setting's text may be: each function gives its value, or raises a ValueError that says what is wanted."""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import urlsplit

LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
KEY_BYTES = 32
CONTACT_LIMIT = 80
HIGHEST_PORT = 65_535
TELEGRAM = "https://api.telegram.org"
MAKE_A_KEY = (
    "a key for what is stored is needed. `make run` and `make try` make one. By hand: "
    """python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())" """
).rstrip()


def database_file(url: str) -> Path | None:
    """The file a SQLite URL names; None for any other database and for one in memory."""
    _, _, path = url.partition(":///")
    path = path.partition("?")[0]
    return Path(path) if url.startswith("sqlite") and path not in ("", ":memory:") else None


def token(text: str) -> str:
    """A bot token: the bot's id, a colon, and a long secret."""
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", text):
        raise ValueError("this is not a bot token. It looks like 123456789:AAE... ; copy it whole from @BotFather")
    return text


def base_url(text: str) -> str:
    """An address without user, query and fragment, and without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"must be a plain http or https address such as {TELEGRAM}")
    return text.rstrip("/")


def admin_ids(text: str) -> frozenset[int]:
    """Telegram's numeric user ids, with commas between."""
    words = [word.strip() for word in text.split(",")]
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", word) for word in words):
        raise ValueError("must be Telegram's numeric user ids with commas between, such as 1234567,7654321")
    return frozenset(int(word) for word in words)


def directory(text: str) -> Path:
    """A folder that is there."""
    if not Path(text).is_dir():
        raise ValueError(f"{text} is not a folder. Leave it empty for the knowledge that comes with the bot")
    return Path(text)


def database_url(text: str) -> str:
    """A SQLite file or a PostgreSQL database; a database in memory would be gone with the process."""
    sqlite = text.startswith("sqlite:///") and database_file(text)
    if not sqlite and not re.match(r"postgres(ql)?(\+psycopg)?://.", text):
        raise ValueError("must be sqlite:///FOLDER/FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return text


def data_key(text: str) -> str:
    """32 random bytes in urlsafe base64."""
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} bytes in urlsafe base64 (44 characters). If it is new: {MAKE_A_KEY}")
    return text


def contact(text: str) -> str:
    """A line that people are told to call."""
    if not text.isprintable() or len(text) > CONTACT_LIMIT:
        raise ValueError(
            f"must be 1 to {CONTACT_LIMIT} characters on one line: people are told to call it. "
            "Remove the line for a neutral wording"
        )
    return text


def log_level(text: str) -> str:
    """One of the four levels, in any case."""
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.upper()


def log_format(text: str) -> str:
    """Lines to read, or one JSON object a line."""
    if text.lower() not in LOG_FORMATS:
        raise ValueError(f"must be one of {', '.join(LOG_FORMATS)}")
    return text.lower()


def webhook_url(text: str) -> str:
    """The public address that Telegram posts to. Plain http is for a Bot API server of one's own."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(
            "must be an https address with a path nobody guesses, such as https://bot.example.org/telegram"
        )
    return text


def webhook_secret(text: str) -> str:
    """What Telegram sends along to show that it is Telegram."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text):
        raise ValueError("must be 16 to 256 letters, digits, - and _. Remove the line and one is made from DATA_KEY")
    return text


def listen(text: str) -> tuple[str, int]:
    """An address of this machine and a port: 0.0.0.0:8080."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
        raise ValueError("must be ADDRESS:PORT, such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)
