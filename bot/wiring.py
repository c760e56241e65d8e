"""Builds the whole program from its parts, in one place."""

import gc
import hashlib
import hmac
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config.settings import Settings
from bot.library.fingerprint import core_fingerprint
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.admin import Admin
from bot.services.chat_state import erase_expired
from bot.services.conversation import Conversation
from bot.services.counters import Counters
from bot.services.due_messages import DueMessages
from bot.services.group_answers import GroupAnswers
from bot.services.preview import Preview
from bot.services.replicas import LOOKS_EVERY, Replicas
from bot.services.sealed_messages import MessageSealer
from bot.storage.errors import StorageError
from bot.storage.store import Store

SWEEP_SECONDS = 60.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a channel needs."""

    conversation: Conversation
    due_messages: DueMessages
    group_answers: GroupAnswers
    admin: Admin
    library: Library
    store: Store
    counters: Counters
    replicas: Replicas
    clock: Callable[[], datetime]

    def close(self) -> None:
        """Closes the database."""
        self.store.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Runs the background work for the duration of the block, then stops it and closes the database.

        Every minute expired data is erased (S-30). With PostgreSQL this process also follows the versions of the
        knowledge that other processes load. Neither stops when the database fails: it is logged and tried again.
        """
        stop = threading.Event()
        work = [self._sweep, *([self._follow] if self.store.shared else [])]
        threads = [threading.Thread(target=each, args=(stop,), daemon=True) for each in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            self.close()

    def _sweep(self, stop: threading.Event) -> None:
        while not stop.wait(SWEEP_SECONDS):
            try:
                erase_expired(self.store, self.clock())
            except StorageError as error:
                log.error("what is due could not be erased: %s", error)  # noqa: TRY400  (a trace would add nothing)

    def _follow(self, stop: threading.Event) -> None:
        while True:
            try:
                self.replicas.step()
                if stop.wait(LOOKS_EVERY):
                    self.replicas.leave()
                    return
            except StorageError as error:
                log.warning("other processes could not be looked for: %s", error)
                if stop.wait(LOOKS_EVERY):
                    return


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def loading() -> Iterator[None]:
    """Disables garbage collection in the block, then excludes everything loaded from it.

    The knowledge lives as long as the process, and scanning it would slow down the start and later the answers.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def build(settings: Settings, knowledge_dir: Path | None = None, clock: Callable[[], datetime] = _now) -> Services:
    """The services for these settings, with the knowledge from `knowledge_dir`, by default that of the settings.

    Raises StorageError if the database cannot be opened, and KnowledgeError as `open_library` does.
    """
    store = Store.open(settings.database_url.reveal(), settings.data_key.reveal(), clock=clock)
    library = open_library(knowledge_dir or settings.knowledge_dir or shipped(), store)
    sealer = MessageSealer(settings.contacts, _button_key(settings.data_key.reveal()))
    conversation = Conversation(library, store, sealer, clock)
    due_messages = DueMessages(library, store, sealer, clock)
    group_answers = GroupAnswers(library, settings.contacts)
    counters = Counters()
    replicas = Replicas(library, store, core_fingerprint())
    admin = Admin(library, store, Preview(sealer, clock), sealer, counters, replicas, clock)
    return Services(conversation, due_messages, group_answers, admin, library, store, counters, replicas, clock)


def open_library(folder: Path, store: Store) -> Library:
    """The knowledge in `folder`, or the version stored last if the folder has errors.

    A version that is new is stored, and recorded as proven by this program. Raises KnowledgeError if neither the
    folder nor the stored version can be used, and StorageError.
    """
    kept = [version for version, _ in store.kept_knowledge(limit=1)]
    fingerprint = core_fingerprint()
    proven = store.proven(fingerprint)
    library = Library.open(
        folder, datetime.now(UTC), known_good=proven, fallback=lambda: store.knowledge(kept[0]) if kept else None
    )
    version = library.current.knowledge.version
    if version not in kept:
        store.keep_knowledge(version, library.archive(), datetime.now(UTC))
    if version != proven:
        store.note_proven(version, fingerprint)
    return library


def _button_key(data_key: str) -> bytes:
    """The key that signs buttons: derived from DATA_KEY, but useless for decrypting what is stored."""
    return hmac.digest(data_key.encode(), b"acupressure-bot buttons", hashlib.sha256)
