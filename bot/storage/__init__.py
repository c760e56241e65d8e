"""What is kept: one encrypted row a chat, ids of handled updates, unmatched messages, the last good knowledge."""

from bot.storage.chats import Stored
from bot.storage.errors import StorageError
from bot.storage.rows import ChatRow
from bot.storage.store import Store

__all__ = ["ChatRow", "StorageError", "Store", "Stored"]
