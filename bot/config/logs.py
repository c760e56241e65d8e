"""Logging: plain lines on standard error, in which no secret, no user or chat id and no update can stand."""

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.config.settings import Secret

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "[hidden]"
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
ID = re.compile(r"(?<!\w)(?<!\d\.)-?\d{6,}(?!\w|\.\d)")  # user and chat ids; shorter numbers are counts and times
# These write addresses with the token in it, or whole updates with what people said, below this level.
CHATTY = ("httpx", "httpcore", "telegram", "apscheduler", "urllib3", "asyncio", "alembic", "sqlalchemy", "multipart")


class HidingFormatter(logging.Formatter):
    """Hides secrets and ids in the finished line, wherever they came from: message, arguments or traceback (S-55)."""

    def __init__(self, secrets: Iterable[Secret] = (), line: str = LINE) -> None:
        super().__init__(line)
        self._secrets = [secret.reveal() for secret in secrets if secret.reveal()]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return ID.sub(HIDDEN, TOKEN.sub(HIDDEN, line))


class JsonFormatter(HidingFormatter):
    """One JSON object a line: `time` (ISO 8601, UTC), `level`, `logger`, `message` with any traceback."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__(secrets, "%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str, secrets: Iterable[Secret] = (), *, structured: bool = False) -> None:
    """All logging goes through one handler. Libraries that would log personal data are kept to warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(secrets) if structured else HidingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
