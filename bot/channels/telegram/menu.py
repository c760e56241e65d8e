"""The menu of commands that Telegram shows beside the text field, one for each language."""

import logging
from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.domain.texts import Texts
from bot.domain.turns.commands import COMMANDS
from bot.services.admin import Admin
from bot.services.sealed_messages import LANGUAGE
from bot.wiring import Services

log = logging.getLogger(__name__)


async def publish(bot: Bot, services: Services, admin_ids: Iterable[int]) -> None:
    """Sets the menu of all private chats, and a longer one for each admin. A menu that cannot be set is skipped."""
    everybody = BotCommandScopeAllPrivateChats()
    for language, texts in services.library.current.knowledge.texts.items():
        code = None if language == LANGUAGE else language
        await _publish(bot, texts, COMMANDS, everybody, code)
        for admin in sorted(admin_ids):
            await _publish(bot, texts, (*COMMANDS, *Admin.names), BotCommandScopeChat(admin), code)


async def _publish(bot: Bot, texts: Texts, names: Iterable[str], scope: BotCommandScope, language: str | None) -> None:
    commands = [BotCommand(name, texts.phrases[f"menu.{name}"]) for name in names]
    try:
        await bot.set_my_commands(commands, scope, language_code=language)
    except TelegramError as error:  # an admin who has never written to the bot has no chat yet
        log.info("a menu could not be set (%s)", type(error).__name__)
