"""Clocks that the tests set: one in this process, and one in a file for bots in processes of their own."""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.telegram import application, timekeeper
from bot.config.settings import load_settings
from bot.library.shipped import shipped
from bot.wiring import build

MORNING = datetime(2031, 10, 13, 9, 0, tzinfo=UTC)
CHECK_SECONDS = 0.05  # seconds: the tests need not wait a whole one


@dataclass
class Clock:
    """The time, as the test wants it."""

    now: datetime = field(default=MORNING)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True)
class FileClock:
    """The time written in a file, for several processes."""

    file: Path

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.file.read_text(encoding="utf-8"))

    def set(self, now: datetime) -> None:
        """Writes the time in one step, so that no reader sees half of it."""
        part = self.file.with_suffix(".part")
        part.write_text(now.isoformat(), encoding="utf-8")
        part.replace(self.file)


def main(file: str) -> int:
    """Runs a bot that reads the time from a file."""
    timekeeper.CHECK_SECONDS = CHECK_SECONDS  # type: ignore[misc]
    settings = load_settings()
    services = build(settings, shipped(), FileClock(Path(file)))
    with services.running():
        return application.run(settings, services)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
