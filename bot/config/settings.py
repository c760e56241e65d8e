"""Reads all settings at once from the environment and a `.env` file, or reports everything that is wrong with them."""

import difflib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from bot.config import setting_values as values
from bot.config.data_key import new_data_key

DEFAULT_DATABASE = "sqlite:///data/bot.sqlite3"
WEBHOOK_LISTEN = ("127.0.0.1", 8080)
SECRETS = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "DATA_KEY", "WEBHOOK_SECRET")  # each may also come as NAME_FILE
PLACES = ("TELEGRAM_API_BASE_URL", "KNOWLEDGE_DIR", "WEBHOOK_URL", "WEBHOOK_LISTEN", "OPERATING_LISTEN")
NAMES = (*SECRETS, *PLACES, "ADMIN_IDS", "EMERGENCY_NUMBER", "CRISIS_CONTACT", "LOG_LEVEL", "LOG_FORMAT")
ALL_NAMES = (*NAMES, *(f"{name}_FILE" for name in SECRETS))
T = TypeVar("T")

ASK_BOTFATHER = (
    "a bot token is needed. Write to @BotFather in Telegram, send /newbot, and put the token it gives you into .env "
    "as TELEGRAM_BOT_TOKEN=... To try the bot without Telegram: make try (installed: acupressure-bot try)"
)


class SettingsError(Exception):
    """Settings are missing or wrong. The text names each one and says what to do; it never contains a secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that appears in no repr, log or error (S-60)."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __str__(self) -> str:
        return "Secret()"


@dataclass(frozen=True, slots=True)
class Contacts:
    """The phone number for emergencies and the contact for a mental crisis (S-14), as people read them."""

    emergency: str
    crisis: str


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where Telegram posts updates: to `url`, with `secret`; this process listens for them at `host` and `port`."""

    url: str
    secret: Secret
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. `token` may be None only if `load_settings` was called without `need_token`."""

    token: Secret | None
    api_base_url: str
    admin_ids: frozenset[int]
    knowledge_dir: Path | None  # None: the knowledge shipped in the package
    database_url: Secret  # may hold a password
    data_key: Secret
    contacts: Contacts
    webhook: WebhookSettings | None  # None: polling
    operating: tuple[str, int] | None  # host and port where health and metrics are served; None: nowhere
    log_level: str
    log_format: str  # "text" or "json"


def load_settings(
    environ: Mapping[str, str] | None = None, folder: Path | None = None, *, need_token: bool = True
) -> Settings:
    """The settings from `environ` and from `.env` in `folder`; the environment takes precedence.

    By default these are the environment and the working directory of the process. Raises one SettingsError that names
    everything that is missing or wrong. Without `need_token` the bot token may be missing.
    """
    reader = _SettingsReader(os.environ if environ is None else environ, folder or Path.cwd())
    settings = Settings(
        token=reader.secret("TELEGRAM_BOT_TOKEN", values.token, ASK_BOTFATHER if need_token else ""),
        api_base_url=reader.read("TELEGRAM_API_BASE_URL", values.base_url, values.TELEGRAM),
        admin_ids=reader.read("ADMIN_IDS", values.admin_ids, frozenset()),
        knowledge_dir=reader.read("KNOWLEDGE_DIR", values.directory, None),
        database_url=reader.secret("DATABASE_URL", values.database_url) or Secret(DEFAULT_DATABASE),
        data_key=reader.secret("DATA_KEY", values.data_key, values.MAKE_A_KEY) or Secret(""),
        contacts=Contacts(
            reader.contact("EMERGENCY_NUMBER", "your local emergency number"),
            reader.contact("CRISIS_CONTACT", "a local crisis line"),
        ),
        webhook=None,
        operating=reader.read("OPERATING_LISTEN", values.listen, None),
        log_level=reader.read("LOG_LEVEL", values.log_level, "INFO"),
        log_format=reader.read("LOG_FORMAT", values.log_format, "text"),
    )
    settings = replace(settings, webhook=_webhook(reader, settings.data_key))
    reader.check_key_place(settings.database_url.reveal())
    if reader.problems:
        raise SettingsError("\n".join(["These settings are missing or wrong:", *reader.problems]))
    return settings


def _webhook(reader: "_SettingsReader", data_key: Secret) -> WebhookSettings | None:
    """The settings of the webhook, or None without WEBHOOK_URL.

    If WEBHOOK_SECRET is not set, the secret is derived from DATA_KEY, which all replicas share.
    """
    url = reader.read("WEBHOOK_URL", values.webhook_url, "")
    derived = hmac.new(data_key.reveal().encode(), b"acupressure-bot webhook", "sha256").hexdigest()
    secret = reader.secret("WEBHOOK_SECRET", values.webhook_secret) or Secret(derived)
    host, port = reader.read("WEBHOOK_LISTEN", values.listen, WEBHOOK_LISTEN)
    return WebhookSettings(url, secret, host, port) if url else None


def ensure_data_key(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> bool:
    """Adds a new DATA_KEY to `.env`, readable by its owner only, unless one is set. Returns whether it did.

    Raises SettingsError if the file cannot be written.
    """
    environ, folder = os.environ if environ is None else environ, folder or Path.cwd()
    reader = _SettingsReader(environ, folder)
    if any(reader.text_and_file("DATA_KEY")):
        return False
    path = folder / ".env"
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            start = "\n" if file.read()[-1:] not in ("", "\n") else ""
            path.chmod(0o600)
            file.write(f"{start}DATA_KEY={new_data_key()}\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"DATA_KEY: {path} cannot be written ({_reason(error)}). {values.MAKE_A_KEY}") from None
    return True


class _SettingsReader:
    """Reads settings one by one and collects every problem in `problems`, a line for each."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._environ = environ
        self._file = self._read_file(folder / ".env")

    def text(self, name: str) -> str:
        """The text of a setting, or "" if it is empty or not set."""
        return self._environ.get(name, "").strip() or (self._file.get(name) or "").strip()

    def text_and_file(self, name: str) -> tuple[str, str]:
        """The text of a secret and the file that NAME_FILE names, each "" if not set.

        If either is set in the environment, both settings in `.env` are ignored.
        """
        here = tuple(self._environ.get(key, "").strip() for key in (name, f"{name}_FILE"))
        return (here[0], here[1]) if any(here) else (self.text(name), self.text(f"{name}_FILE"))

    def read(self, name: str, convert: Callable[[str], T], default: T) -> T:
        """The converted setting, or `default` if it is not set. A wrong one is reported, and `default` returned."""
        return self._convert(name, self.text(name), convert, default)

    def secret(self, name: str, convert: Callable[[str], str], missing: str = "") -> Secret | None:
        """A secret from the setting or from the file that NAME_FILE names; None if it is not set or wrong.

        A wrong one is reported. One that is not set is reported with the text `missing`, unless that is "".
        """
        try:
            text = self._secret_text(name, missing)
            return Secret(convert(text)) if text else None
        except ValueError as error:
            self._problem(name, str(error))
            return None

    def contact(self, name: str, default: str) -> str:
        """A contact for emergencies, or `default` if it is not set.

        If it is set but empty, that is reported, for people must not be told to call nothing.
        """
        if name not in self._environ and name not in self._file:
            return default
        return self._convert(name, self.text(name) or "\n", values.contact, default)

    def check_key_place(self, database_url: str) -> None:
        """Reports a key that is stored in the same folder as the database (S-56)."""
        database = values.database_file(database_url)
        if database is None or self._environ.get("DATA_KEY", "").strip():
            return
        key_file = Path(self.text_and_file("DATA_KEY")[1] or self.folder / ".env")
        if key_file.resolve().parent == database.resolve().parent:
            self._problem("DATABASE_URL", f"the database lies beside its key ({key_file.name}). Give it its own folder")

    def _secret_text(self, name: str, missing: str) -> str:
        text, path = self.text_and_file(name)
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
            found = dotenv_values(path, interpolate=False) if path.exists() else {}
        except (OSError, UnicodeDecodeError) as error:
            self._problem(".env", f"{path} cannot be read ({_reason(error)})")
            return {}
        for name in found:
            close = difflib.get_close_matches(name, ALL_NAMES, n=1, cutoff=0.75)
            if close and name not in ALL_NAMES:
                self._problem(name, f"no such setting. Did you mean {close[0]}?")
        return found


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
