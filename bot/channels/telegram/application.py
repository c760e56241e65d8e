"""The Telegram bot: its handlers in order, its start and its end."""

import asyncio
import logging
import signal
import sys
import warnings
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBDeprecationWarning

from bot.channels.telegram import menu
from bot.channels.telegram.batches import Batches
from bot.channels.telegram.calls import MOST_CALLS
from bot.channels.telegram.deferred import DeferredUpdates
from bot.channels.telegram.errors import Errors
from bot.channels.telegram.file_ids import FileIds
from bot.channels.telegram.flood import Flood, GroupCardLimit
from bot.channels.telegram.handlers import Handlers
from bot.channels.telegram.intake import (
    AnyApplication,
    CannotRunError,
    ChatQueues,
    Poller,
    process,
    until_telegram_answers,
)
from bot.channels.telegram.operating import Operating
from bot.channels.telegram.outbox import Outbox, WebhookReplies
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.receipts import Receipts
from bot.channels.telegram.supervision import keep_running
from bot.channels.telegram.timekeeper import Timekeeper
from bot.channels.telegram.transport import Transport
from bot.channels.telegram.webhook import Webhook
from bot.config.settings import Settings
from bot.services.admin import Admin
from bot.wiring import Services

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0  # for the updates being handled when the bot stops
WRITTEN = (filters.TEXT | filters.CAPTION) & ~filters.IS_AUTOMATIC_FORWARD
PRIVATE = filters.UpdateType.MESSAGES & filters.ChatType.PRIVATE
UNEDITED = filters.UpdateType.MESSAGE
GROUP = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS


@dataclass(frozen=True, slots=True)
class BotParts:
    """The library's application and the parts that work beside its handlers."""

    application: AnyApplication
    polling: Transport
    reader: Reader
    deferred: DeferredUpdates
    receipts: Receipts
    webhook_replies: WebhookReplies
    timekeeper: Timekeeper


def run(settings: Settings, services: Services) -> int:
    """Runs the bot until SIGINT or SIGTERM. Returns the exit code: 2, with one line on stderr, if it cannot run."""
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        return runner.run(_run(settings, services))


def _new_loop() -> asyncio.AbstractEventLoop:
    """A loop of uvloop, or of asyncio where uvloop does not exist (Windows)."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _run(settings: Settings, services: Services) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await serve(settings, services, stop)
    except CannotRunError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


async def serve(settings: Settings, services: Services, stop: asyncio.Event) -> None:
    """Answers updates until `stop` is set, then finishes those being handled. Raises CannotRunError."""
    silence_library()
    parts = build(settings, services)
    application = parts.application
    try:
        if await _run_until(stop, _connect(application, polling=settings.webhook is None)):
            services.group_answers.username = application.bot.username
            await application.start()
            await _serve_updates(parts, settings, services, stop)
    finally:
        await parts.receipts.flush()
        await application.shutdown()
        await application.bot.shutdown()  # the application does not do this if signing in failed


async def _serve_updates(parts: BotParts, settings: Settings, services: Services, stop: asyncio.Event) -> None:
    application = parts.application
    handle = partial(process, application)
    webhook = settings.webhook
    intake = (
        Webhook(application, webhook, parts.reader, parts.receipts, parts.webhook_replies)
        if webhook
        else Poller(application, parts.polling, parts.reader, parts.deferred)
    )
    processor = application.update_processor
    operating = Operating(
        services.counters,
        services.store,
        lambda: intake.is_receiving,
        lambda: processor.current_concurrent_updates,
        lambda: services.library.reloads,
    )
    served = await operating.serve(*settings.operating) if settings.operating else None
    log.info("answering")
    background = [
        asyncio.create_task(menu.publish(application.bot, services, settings.admin_ids)),
        asyncio.create_task(keep_running("deferred updates", lambda: parts.deferred.run(handle), services.counters)),
        asyncio.create_task(keep_running("due actions", parts.timekeeper.run, services.counters)),
    ]
    try:
        await _run_until(stop, intake.run())
    finally:
        for task in background:
            task.cancel()
        await _stop(intake)
        if served:
            await served.cleanup()


async def _connect(application: AnyApplication, *, polling: bool) -> None:
    """Signs in, however long that takes, and for polling deletes a webhook set earlier, which would prevent it."""

    async def sign_in() -> None:
        await application.initialize()
        if polling:
            await application.bot.delete_webhook(drop_pending_updates=False)

    await until_telegram_answers(sign_in)


async def _stop(intake: Poller | Webhook) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await intake.finish()
    except TimeoutError:
        log.warning("some updates were not finished in %g s", STOP_SECONDS)
    except TelegramError as error:
        log.warning("Telegram was not told what is done (%s): it may send some updates again", type(error).__name__)


async def _run_until(stop: asyncio.Event, work: Coroutine[Any, Any, object]) -> bool:
    """Awaits `work` until `stop` is set. Returns whether it was finished; unfinished work is cancelled."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        task.result()
        return True
    task.cancel()
    await asyncio.wait((task,))
    return False


def build(settings: Settings, services: Services) -> BotParts:
    """Builds the bot without starting it. Raises ValueError without a token."""
    if settings.token is None:
        raise ValueError("a bot token is needed")
    token, chat_queues = settings.token.reveal(), ChatQueues()
    own_id = int(token.partition(":")[0])  # a token begins with the bot's own id
    builder = Application.builder().token(token).concurrent_updates(chat_queues)
    builder = builder.base_url(f"{settings.api_base_url}/bot").base_file_url(f"{settings.api_base_url}/file/bot")
    builder = builder.request(Transport(MOST_CALLS)).get_updates_request(polling := Transport(1))
    application: AnyApplication = builder.updater(None).job_queue(None).build()
    file_ids = FileIds(services.library.picture, services.store, own_id)
    webhook_replies: WebhookReplies = {}
    outbox = Outbox(application.bot, file_ids, webhook_replies if settings.webhook else None)
    timekeeper = Timekeeper(services.due_messages, outbox, chat_queues, services.counters)
    reader = Reader(application.bot, services.counters)
    receipts = Receipts(services.store)
    callbacks = Handlers(
        services.conversation, services.group_answers, services.admin, outbox, chat_queues, Flood(), GroupCardLimit(),
        services.counters, receipts, Batches(services.conversation, receipts), services.due_messages,
    )  # fmt: skip
    deferred = DeferredUpdates(services.store, reader, callbacks.has_warning_sign)
    application.add_handlers(handlers(callbacks, own_id, settings.admin_ids))
    errors = Errors(services.conversation, outbox, services.counters, deferred, services.due_messages)
    application.add_error_handler(errors.handle)
    return BotParts(application, polling, reader, deferred, receipts, webhook_replies, timekeeper)


def handlers(callbacks: Handlers, own_id: int, admin_ids: frozenset[int]) -> list[BaseHandler[Update, Any, Any]]:
    """The handlers in order: the first that fits gets the update. Channel posts and service messages are ignored."""
    admin = PRIVATE & filters.User(admin_ids)  # numeric ids, checked at every command (S-62)
    not_our_own = WRITTEN & ~filters.ViaBot(own_id)  # inline results that a person picked are our own texts
    return [
        CallbackQueryHandler(callbacks.button_press),
        InlineQueryHandler(callbacks.inline_query),
        CommandHandler(Admin.names, callbacks.admin_command, admin),
        MessageHandler(PRIVATE & not_our_own, callbacks.private_text),
        MessageHandler(PRIVATE & UNEDITED & ~filters.StatusUpdate.ALL & ~WRITTEN, callbacks.private_non_text),
        MessageHandler(GROUP & not_our_own, callbacks.group_text),
    ]


def silence_library() -> None:
    """Turns off the library's log lines, which quote whole updates and the token (S-55, S-60).

    Our own code logs the errors that matter.
    """
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
