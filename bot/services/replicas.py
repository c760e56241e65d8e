"""Several processes on one database answer by the same knowledge: the version that was started or reloaded last."""

import logging
import os
import platform
import secrets
import threading
from datetime import UTC, datetime
from typing import Final

from bot.library.library import Library
from bot.storage.replicas import Replica
from bot.storage.store import Store

LOOKS_EVERY: Final = 2.0  # seconds
FOLLOWING: Final = 15.0  # seconds that /reload waits for the others

log = logging.getLogger(__name__)


class Replicas:
    """This process among those that share its database. Safe to use from many threads."""

    def __init__(self, library: Library, store: Store, program: str) -> None:
        """`program`: what the core of this process is, to know whether it has proven a version before."""
        self.name = f"{platform.node()}-{os.getpid()}-{secrets.token_hex(2)}"
        self._library = library
        self._store = store
        self._program = program
        self._refused = ""
        self._pause = threading.Event()

    def step(self) -> None:
        """Follows to the newest version and gives a sign of life. Raises StorageError."""
        version = self._store.newest_knowledge()
        if version and version not in (self._library.current.knowledge.version, self._refused):
            self._follow(version)
        self._store.beat(Replica(self.name, self._library.current.knowledge.version, self._refused))

    def leave(self) -> None:
        """This process ends."""
        self._store.leave(self.name)

    def alive(self) -> list[Replica]:
        """All processes of late, this one among them once it has taken a step."""
        return self._store.replicas()

    def behind(self) -> list[Replica]:
        """Who does not answer by the version in use here, waited for as long as one may be about to follow."""
        waited = 0.0
        while True:
            self.step()
            version = self._library.current.knowledge.version
            late = [one for one in self.alive() if one.version != version]
            waiting = [one for one in late if one.refused != version]
            if not waiting or waited >= FOLLOWING:
                return late
            self._pause.wait(LOOKS_EVERY / 4)
            waited += LOOKS_EVERY / 4

    def _follow(self, version: str) -> None:
        archive = self._store.knowledge(version)
        if archive is None:
            return
        known_good = self._store.proven(self._program)
        done = self._library.follow(archive, datetime.now(UTC), known_good=known_good)
        if done.ok:
            self._refused = ""
            log.info("following another process to knowledge version %s", done.version)
        else:
            self._refused = version
            log.error("version %s of another process cannot be used here: %s", version, done.summary)
