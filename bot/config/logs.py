"""Logging to standard error. No line contains a secret, the id of a user or chat, or an update."""

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.config.settings import Secret

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "[hidden]"
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
ID = re.compile(r"(?<!\w)(?<!\d\.)-?\d{6,}(?!\w|\.\d)")  # of a user or chat; shorter numbers are counts and times
# Below the level WARNING these log addresses that contain the token, or whole updates with what people wrote.
CHATTY = ("httpx", "httpcore", "telegram", "apscheduler", "urllib3", "asyncio", "alembic", "sqlalchemy", "multipart")


class HidingFormatter(logging.Formatter):
    """Replaces secrets and ids in the finished line, whether from the message, its arguments or a traceback (S-55)."""

    def __init__(self, secrets: Iterable[Secret] = (), line: str = LINE) -> None:
        super().__init__(line)
        self._secrets = [secret.reveal() for secret in secrets if secret.reveal()]

    def format(self, record: logging.LogRecord) -> str:
        """The line, with HIDDEN for every secret, bot token and id."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return ID.sub(HIDDEN, TOKEN.sub(HIDDEN, line))


class JsonFormatter(HidingFormatter):
    """Writes a record as one JSON object: `time` (ISO 8601, UTC), `level`, `logger`, `message` with any traceback."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__(secrets, "%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON, with HIDDEN for every secret, bot token and id in `message`."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str, secrets: Iterable[Secret] = (), *, structured: bool = False) -> None:
    """Sends all logging from `level` ("INFO") on through one handler, to standard error.

    Libraries that would log personal data are limited to warnings. `structured`: JSON instead of plain lines.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(secrets) if structured else HidingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
