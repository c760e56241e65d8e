"""Keeps processes on one database on the same knowledge: the version that one of them has loaded last."""

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
LONGEST_WAIT: Final = 15.0  # seconds that /reload waits for the other processes

log = logging.getLogger(__name__)


class Replicas:
    """This process among those that share its database. Safe to use from many threads. Every call raises StorageError.

    `name` is unique among the processes, readable by an operator.
    """

    def __init__(self, library: Library, store: Store, fingerprint: str) -> None:
        """`fingerprint`: see `core_fingerprint`. A version proven under it is not proven again."""
        self.name = f"{platform.node()}-{os.getpid()}-{secrets.token_hex(2)}"
        self._library = library
        self._store = store
        self._fingerprint = fingerprint
        self._refused = ""
        self._pause = threading.Event()

    def step(self) -> None:
        """Loads the version stored last, if it is not in use yet, and gives a sign of life.

        A version that this program finds faulty is logged, reported to the others and not tried again.
        """
        version = self._store.newest_knowledge()
        if version and version not in (self._library.current.knowledge.version, self._refused):
            self._follow(version)
        self._store.beat(Replica(self.name, self._library.current.knowledge.version, self._refused))

    def leave(self) -> None:
        """Reports that this process ends."""
        self._store.leave(self.name)

    def alive(self) -> list[Replica]:
        """The processes that have given a sign of life lately, with this one after its first `step`."""
        return self._store.replicas()

    def behind(self) -> list[Replica]:
        """The processes that use another version than this one.

        Waits up to LONGEST_WAIT seconds for processes that may still be loading it, not for those that refused it.
        """
        waited = 0.0
        while True:
            self.step()
            version = self._library.current.knowledge.version
            late = [one for one in self.alive() if one.version != version]
            waiting = [one for one in late if one.refused != version]
            if not waiting or waited >= LONGEST_WAIT:
                return late
            self._pause.wait(LOOKS_EVERY / 4)
            waited += LOOKS_EVERY / 4

    def _follow(self, version: str) -> None:
        archive = self._store.knowledge(version)
        if archive is None:
            return
        known_good = self._store.proven(self._fingerprint)
        done = self._library.follow(archive, datetime.now(UTC), known_good=known_good)
        if done.ok:
            self._refused = ""
            log.info("following another process to knowledge version %s", done.version)
        else:
            self._refused = version
            log.error("version %s of another process cannot be used here: %s", version, done.summary)
