"""The names of Telegram chats in the bot's own database: "telegram:42" for the chat with the id 42."""

from typing import Final

from telegram import Update

CHANNEL: Final = "telegram"


def chat_key(chat_id: int) -> str:
    """The key of the chat with this Telegram id."""
    return f"{CHANNEL}:{chat_id}"


def chat_id_of(key: str) -> int:
    """The Telegram id in a key made by `chat_key`. Raises ValueError for any other text."""
    return int(key.removeprefix(f"{CHANNEL}:"))


def chat_key_of(update: Update) -> str:
    """The key of an update's chat; "telegram:" for an update outside any chat, such as an inline query."""
    return chat_key(update.effective_chat.id) if update.effective_chat else f"{CHANNEL}:"
