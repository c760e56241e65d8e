"""Settings from the environment and a `.env` file: read once, complete or not at all."""

import base64
import binascii
import difflib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values

TELEGRAM = "https://api.telegram.org"
DEFAULT_DATABASE = "sqlite:///data/bot.sqlite3"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SECRETS = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "DATA_KEY")  # each may also come as NAME_FILE
NAMES = (*SECRETS, "TELEGRAM_API_BASE_URL", "ADMIN_IDS", "KNOWLEDGE_DIR", "EMERGENCY_NUMBER", "CRISIS_CONTACT")
ALL_NAMES = (*NAMES, "LOG_LEVEL", *(f"{name}_FILE" for name in SECRETS))
KEY_BYTES = 32
CONTACT_LIMIT = 80
T = TypeVar("T")

ASK_BOTFATHER = (
    "a bot token is needed. Write to @BotFather in Telegram, send /newbot, and put the token it gives you into .env "
    "as TELEGRAM_BOT_TOKEN=... To try the bot without Telegram: make try (installed: acupressure-bot try)"
)
MAKE_A_KEY = (
    "a key for what is stored is needed. `make run` and `make try` make one. By hand: "
    """python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())" """
).rstrip()


class SettingsError(Exception):
    """Settings are missing or wrong. The text names each one and what to do; it never holds a secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that shows up in no repr, log or error (S-60). Only `reveal` gives it."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        return self._text

    def __str__(self) -> str:
        return "Secret()"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. `token` is None only where none was asked for."""

    token: Secret | None
    api_base_url: str
    admin_ids: frozenset[int]
    knowledge_dir: Path | None  # None: the knowledge that travels with the package
    database_url: Secret  # may hold a password
    data_key: Secret
    emergency_number: str
    crisis_contact: str
    log_level: str


def load_settings(
    environ: Mapping[str, str] | None = None, folder: Path | None = None, *, need_token: bool = True
) -> Settings:
    """The settings from `environ` and from `.env` in `folder`; the environment wins.

    Raises one SettingsError that names everything missing or wrong.
    """
    reader = _Reader(os.environ if environ is None else environ, folder or Path.cwd())
    settings = Settings(
        token=reader.secret("TELEGRAM_BOT_TOKEN", _token, ASK_BOTFATHER if need_token else ""),
        api_base_url=reader.read("TELEGRAM_API_BASE_URL", _base_url, TELEGRAM),
        admin_ids=reader.read("ADMIN_IDS", _admin_ids, frozenset()),
        knowledge_dir=reader.read("KNOWLEDGE_DIR", _directory, None),
        database_url=reader.secret("DATABASE_URL", _database_url) or Secret(DEFAULT_DATABASE),
        data_key=reader.secret("DATA_KEY", _data_key, MAKE_A_KEY) or Secret(""),
        emergency_number=reader.contact("EMERGENCY_NUMBER", "your local emergency number"),
        crisis_contact=reader.contact("CRISIS_CONTACT", "a local crisis line"),
        log_level=reader.read("LOG_LEVEL", _log_level, "INFO"),
    )
    reader.check_key_place(settings.database_url.reveal())
    if reader.problems:
        raise SettingsError("\n".join(["These settings are missing or wrong:", *reader.problems]))
    return settings


def ensure_data_key(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> bool:
    """Makes a DATA_KEY and keeps it in `.env`, for its owner alone, unless there is one. True if it made one."""
    environ, folder = os.environ if environ is None else environ, folder or Path.cwd()
    reader = _Reader(environ, folder)
    if any(reader.either("DATA_KEY")):
        return False
    path = folder / ".env"
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            start = "\n" if file.read()[-1:] not in ("", "\n") else ""
            path.chmod(0o600)
            file.write(f"{start}DATA_KEY={base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"DATA_KEY: {path} cannot be written ({_reason(error)}). {MAKE_A_KEY}") from None
    return True


class _Reader:
    """Reads settings one by one and collects every problem on the way."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._environ = environ
        self._file = self._read_file(folder / ".env")

    def text(self, name: str) -> str:
        """The setting's text; an empty one counts as not set."""
        return self._environ.get(name, "").strip() or (self._file.get(name) or "").strip()

    def either(self, name: str) -> tuple[str, str]:
        """A secret's text, and the file that NAME_FILE names. One in the environment hides both in the file."""
        here = tuple(self._environ.get(key, "").strip() for key in (name, f"{name}_FILE"))
        return (here[0], here[1]) if any(here) else (self.text(name), self.text(f"{name}_FILE"))

    def read(self, name: str, convert: Callable[[str], T], default: T) -> T:
        """The converted setting, or `default` where it is not set. A wrong one becomes a problem."""
        return self._convert(name, self.text(name), convert, default)

    def secret(self, name: str, convert: Callable[[str], str], missing: str = "") -> Secret | None:
        """A setting that may also stand in the file named by NAME_FILE. Not set: a problem if `missing` says so."""
        try:
            text = self._secret_text(name, missing)
            return Secret(convert(text)) if text else None
        except ValueError as error:
            self._problem(name, str(error))
            return None

    def contact(self, name: str, default: str) -> str:
        """A contact that is shown in an emergency. Set but empty is a problem: nobody may be told to call nothing."""
        if name not in self._environ and name not in self._file:
            return default
        return self._convert(name, self.text(name) or "\n", _contact, default)

    def check_key_place(self, database_url: str) -> None:
        """The key must not lie beside the data (S-56)."""
        database = database_file(database_url)
        if database is None or self._environ.get("DATA_KEY", "").strip():
            return
        key_file = Path(self.either("DATA_KEY")[1] or self.folder / ".env")
        if key_file.resolve().parent == database.resolve().parent:
            self._problem("DATABASE_URL", f"the database lies beside its key ({key_file.name}). Give it its own folder")

    def _secret_text(self, name: str, missing: str) -> str:
        text, path = self.either(name)
        if not text and not path and missing:
            raise ValueError(missing)
        if not path:
            return text
        if text:
            raise ValueError(f"{name} and {name}_FILE are both set. Keep one")
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{name}_FILE: {path} cannot be read ({_reason(error)})") from None
        if not text:
            raise ValueError(f"{name}_FILE: {path} is empty")
        return text

    def _convert(self, name: str, text: str, convert: Callable[[str], T], default: T) -> T:
        if not text:
            return default
        try:
            return convert(text)
        except ValueError as error:
            self._problem(name, str(error))
            return default

    def _problem(self, name: str, text: str) -> None:
        self.problems.append(f"  {name}: {text}")

    def _read_file(self, path: Path) -> Mapping[str, str | None]:
        try:
            values = dotenv_values(path, interpolate=False) if path.exists() else {}
        except (OSError, UnicodeDecodeError) as error:
            self._problem(".env", f"{path} cannot be read ({_reason(error)})")
            return {}
        for name in values:
            close = difflib.get_close_matches(name, ALL_NAMES, n=1, cutoff=0.75)
            if close and name not in ALL_NAMES:
                self._problem(name, f"no such setting. Did you mean {close[0]}?")
        return values


def database_file(url: str) -> Path | None:
    """The file a SQLite URL names; None for any other database and for one in memory."""
    _, _, path = url.partition(":///")
    path = path.partition("?")[0]
    return Path(path) if url.startswith("sqlite") and path not in ("", ":memory:") else None


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error.strerror)


def _token(text: str) -> str:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", text):
        raise ValueError("this is not a bot token. It looks like 123456789:AAE... ; copy it whole from @BotFather")
    return text


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"must be a plain http or https address such as {TELEGRAM}")
    return text.rstrip("/")


def _admin_ids(text: str) -> frozenset[int]:
    words = [word.strip() for word in text.split(",")]
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", word) for word in words):
        raise ValueError("must be Telegram's numeric user ids with commas between, such as 1234567,7654321")
    return frozenset(int(word) for word in words)


def _directory(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError(f"{text} is not a folder. Leave it empty for the knowledge that comes with the bot")
    return Path(text)


def _database_url(text: str) -> str:
    sqlite = text.startswith("sqlite:///") and database_file(text)
    if not sqlite and not re.match(r"postgres(ql)?(\+psycopg)?://.", text):
        raise ValueError("must be sqlite:///FOLDER/FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return text


def _data_key(text: str) -> str:
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} bytes in urlsafe base64 (44 characters). If it is new: {MAKE_A_KEY}")
    return text


def _contact(text: str) -> str:
    if not text.isprintable() or len(text) > CONTACT_LIMIT:
        raise ValueError(
            f"must be 1 to {CONTACT_LIMIT} characters on one line: people are told to call it. "
            "Remove the line for a neutral wording"
        )
    return text


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.upper()
