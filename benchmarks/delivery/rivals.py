"""The smallest bots of other libraries with the same buttons: a text gets a message, a tap an answer and an edit.

python rivals.py ptb|ptb-concurrent|aiogram polling|webhook
Settings come from the environment, as for our own bot.
"""

import asyncio
import os
import sys
from typing import Any

TOKEN, API = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["TELEGRAM_API_BASE_URL"]
PORT, SECRET = int(os.environ.get("HOOK_PORT", "0")), os.environ.get("WEBHOOK_SECRET", "")
BUTTON = {"inline_keyboard": [[{"text": "Next", "callback_data": "next"}]]}


def ptb(intake: str, *, concurrent: bool) -> None:
    """python-telegram-bot as its documentation shows it."""
    from telegram import InlineKeyboardMarkup
    from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

    markup = InlineKeyboardMarkup.de_json(BUTTON, None)

    async def written(update: Any, _: Any) -> None:
        await update.message.reply_text("A short answer.", reply_markup=markup)

    async def pressed(update: Any, _: Any) -> None:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Another short answer.", reply_markup=markup)

    builder = Application.builder().token(TOKEN).base_url(f"{API}/bot").concurrent_updates(concurrent)
    application = builder.build()
    application.add_handlers([MessageHandler(filters.TEXT, written), CallbackQueryHandler(pressed)])
    if intake == "polling":
        application.run_polling()
    else:
        application.run_webhook(
            "127.0.0.1", PORT, "hook", webhook_url=f"http://127.0.0.1:{PORT}/hook", secret_token=SECRET
        )


async def aiogram(intake: str) -> None:
    """aiogram 3 as its documentation shows it."""
    from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]
    from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
    from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]
    from aiogram.types import InlineKeyboardMarkup  # type: ignore[import-not-found]
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler  # type: ignore[import-not-found]
    from aiohttp import web

    bot = Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(API)))
    dispatcher = Dispatcher()
    markup = InlineKeyboardMarkup.model_validate(BUTTON)

    async def written(message: Any) -> None:
        await message.answer("A short answer.", reply_markup=markup)

    async def pressed(query: Any) -> None:
        await query.answer()
        await query.message.edit_text("Another short answer.", reply_markup=markup)

    dispatcher.message.register(written)
    dispatcher.callback_query.register(pressed)
    if intake == "polling":
        await dispatcher.start_polling(bot)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET, handle_in_background=False).register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", PORT).start()
    await bot.set_webhook(f"http://127.0.0.1:{PORT}/hook", secret_token=SECRET)
    await asyncio.Event().wait()


if __name__ == "__main__":
    name, way = sys.argv[1:]
    if name == "aiogram":
        asyncio.run(aiogram(way))
    else:
        ptb(way, concurrent=name == "ptb-concurrent")
