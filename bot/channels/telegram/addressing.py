"""Commands in written messages, and whether a group message is meant for the bot."""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

from bot.domain.turns.commands import COMMANDS

WRITTEN_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A group message: its text without the bot's name and without the command, and the command's name or ""."""

    text: str
    command: str
    mentioned: bool


def read_group_message(message: Message, bot_id: int, username: str) -> Addressed | None:
    """Reads a message of a group; None if it is from another bot or is a command for another bot.

    A command that we do not have counts as a command only if it names us, because groups may have other bots.
    """
    sender = message.from_user
    if sender and sender.is_bot and not message.sender_chat:  # anonymous admins write as a bot, with sender_chat set
        return None
    text, name = message.text or message.caption or "", ""
    command = WRITTEN_COMMAND.fullmatch(text) if message.text else None
    if command:
        if (command["bot"] or username).lower() != username.lower():
            return None
        name = command["name"].lower()
        if name in COMMANDS:
            text = command["argument"] or ""
        elif not command["bot"]:
            name = ""  # another bot's command; its text is still read for warning signs (S-1)
    text = re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE)
    return Addressed(text, name, is_for_the_bot(message, bot_id, username))


def is_for_the_bot(message: Message, bot_id: int, username: str) -> bool:
    """Whether a group message mentions the bot or replies to one of its messages."""
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    if replied and replied.id == bot_id:
        return True
    types: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    named = message.parse_entities(types) | message.parse_caption_entities(types)
    return any(
        (entity.user and entity.user.id == bot_id) or text.lower() == f"@{username.lower()}"
        for entity, text in named.items()
    )
