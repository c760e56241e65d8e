"""What a written message is: a command, and in a group whether it is meant for the bot."""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

from bot.domain.turns.commands import COMMANDS

WRITTEN_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A group message as the conversation takes it: without the bot's name and without the command's."""

    text: str
    command: str
    mentioned: bool


def hear(message: Message, bot_id: int, username: str) -> Addressed | None:
    """What was said in a group; None when another bot says it or is spoken to.

    A command that is not ours counts only when it names us: groups have other bots.
    """
    sender = message.from_user
    if sender and sender.is_bot and not message.sender_chat:  # admins who hide come as a bot, with their chat
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
            name = ""  # another bot's; what it says is still read for warning signs (S-1)
    text = re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE)
    return Addressed(text, name, is_meant(message, bot_id, username))


def is_meant(message: Message, bot_id: int, username: str) -> bool:
    """Whether a group message speaks to the bot: it names it, or answers one of its messages."""
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    if replied and replied.id == bot_id:
        return True
    types: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    named = message.parse_entities(types) | message.parse_caption_entities(types)
    return any(
        (entity.user and entity.user.id == bot_id) or text.lower() == f"@{username.lower()}"
        for entity, text in named.items()
    )
