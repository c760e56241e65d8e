"""What is stored: one encrypted row for each chat, hashes of handled updates, unmatched messages, earlier knowledge."""

from bot.storage.chats import Stored
from bot.storage.errors import StorageError
from bot.storage.rows import ChatRow
from bot.storage.store import Store

__all__ = ["ChatRow", "StorageError", "Store", "Stored"]
