"""Listens for the second lock (S-29): when it has to hold, the first one has failed, and that is a fault too."""

import logging


class SecondLock(logging.Handler):
    """Collects what the conversation says about its second lock."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.held: list[str] = []
        logging.getLogger("bot.services.conversation").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.held.append(record.getMessage())

    def breaches(self) -> list[str]:
        """What has been heard since the last call."""
        heard, self.held = self.held, []
        return [f"S-29: {text}" for text in heard]
