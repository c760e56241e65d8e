"""The Telegram bot: its handlers in order, how it starts and how it stops."""

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
from telegram.error import InvalidToken, TelegramError
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
from bot.channels.telegram.calls import REQUESTS
from bot.channels.telegram.deferred import DeferredUpdates
from bot.channels.telegram.errors import Errors
from bot.channels.telegram.file_ids import FileIds
from bot.channels.telegram.flood import Flood, Room
from bot.channels.telegram.handlers import Handlers
from bot.channels.telegram.intake import UNKNOWN_BOT, AnyApplication, CannotRunError, ChatQueues, Poller, pause, process
from bot.channels.telegram.operating import Operating
from bot.channels.telegram.outbox import Acknowledgements, Outbox
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.receipts import Receipts
from bot.channels.telegram.supervision import supervised
from bot.channels.telegram.timekeeper import Timekeeper
from bot.channels.telegram.transport import Transport
from bot.channels.telegram.webhook import Webhook
from bot.config.settings import Settings
from bot.services.admin import Admin
from bot.wiring import Services

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0
WRITTEN = (filters.TEXT | filters.CAPTION) & ~filters.IS_AUTOMATIC_FORWARD
PRIVATE = filters.UpdateType.MESSAGES & filters.ChatType.PRIVATE
NEW = filters.UpdateType.MESSAGE
GROUP = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS


@dataclass(frozen=True, slots=True)
class Built:
    """The application, and what goes on beside its handlers."""

    application: AnyApplication
    polls: Transport
    reader: Reader
    deferred: DeferredUpdates
    receipts: Receipts
    in_body: Acknowledgements
    timekeeper: Timekeeper


def run(settings: Settings, services: Services) -> int:
    """Runs the bot until SIGINT or SIGTERM. Returns the exit code; a token that cannot be used is 2 and one line."""
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        return runner.run(_run(settings, services))


def _new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's where it exists: not on Windows."""
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
    """Answers until `stop` is set, then finishes what it has begun. Raises CannotRunError for a useless token."""
    silence_library()
    built = build(settings, services)
    application = built.application
    try:
        if await _until(stop, _connect(application, polling=settings.webhook is None)):
            services.group_answers.username = application.bot.username
            await application.start()
            await _answer(built, settings, services, stop)
    finally:
        await built.receipts.flush()
        await application.shutdown()
        await application.bot.shutdown()  # where signing in failed, the application left this to us


async def _answer(built: Built, settings: Settings, services: Services, stop: asyncio.Event) -> None:
    application = built.application
    handle = partial(process, application)
    webhook = settings.webhook
    intake = (
        Webhook(application, webhook, built.reader, built.receipts, built.in_body)
        if webhook
        else Poller(application, built.polls, built.reader, built.deferred)
    )
    processor = application.update_processor
    operating = Operating(
        services.counters,
        services.store,
        lambda: intake.taking,
        lambda: processor.current_concurrent_updates,
        lambda: services.library.reloads,
    )
    served = await operating.serve(*settings.operating) if settings.operating else None
    log.info("answering")
    aside = [
        asyncio.create_task(menu.publish(application.bot, services, settings.admin_ids)),
        asyncio.create_task(supervised("what was parked", lambda: built.deferred.run(handle), services.counters)),
        asyncio.create_task(supervised("what is due", built.timekeeper.run, services.counters)),
    ]
    try:
        await _until(stop, intake.run())
    finally:
        for task in aside:
            task.cancel()
        await _stop(intake)
        if served:
            await served.cleanup()


async def _connect(application: AnyApplication, *, polling: bool) -> None:
    """Signs in, for as long as it takes; a webhook set earlier would keep updates from being polled."""
    failures = 0
    while True:
        try:
            await application.initialize()
            if polling:
                await application.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise CannotRunError(UNKNOWN_BOT) from None  # the library's own message quotes the token
        except TelegramError as error:
            await pause(failures, error)
            failures += 1
        else:
            return


async def _stop(intake: Poller | Webhook) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await intake.finish()
    except TimeoutError:
        log.warning("some updates were not finished in %g s", STOP_SECONDS)
    except TelegramError as error:
        log.warning("Telegram was not told what is done (%s): it may send some updates again", type(error).__name__)


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, object]) -> bool:
    """Does the work; False if it was given up because `stop` came first."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        task.result()
        return True
    task.cancel()
    await asyncio.wait((task,))
    return False


def build(settings: Settings, services: Services) -> Built:
    """The application with everything in place, not yet started."""
    if settings.token is None:
        raise ValueError("a bot token is needed")
    token, chat_queues = settings.token.reveal(), ChatQueues()
    own_id = int(token.partition(":")[0])  # a token begins with the bot's own id
    builder = Application.builder().token(token).concurrent_updates(chat_queues)
    builder = builder.base_url(f"{settings.api_base_url}/bot").base_file_url(f"{settings.api_base_url}/file/bot")
    builder = builder.request(Transport(REQUESTS)).get_updates_request(polls := Transport(1))
    application: AnyApplication = builder.updater(None).job_queue(None).build()
    file_ids = FileIds(services.library.picture, services.store, own_id)
    in_body: Acknowledgements = {}
    outbox = Outbox(application.bot, file_ids, in_body if settings.webhook else None)
    timekeeper = Timekeeper(services.due_messages, outbox, chat_queues, services.counters)
    reader = Reader(application.bot, services.counters)
    receipts = Receipts(services.store)
    handle = Handlers(
        services.conversation, services.group_answers, services.admin, outbox, chat_queues, Flood(), Room(),
        services.counters, receipts, Batches(services.conversation, receipts), services.due_messages,
    )  # fmt: skip
    deferred = DeferredUpdates(services.store, reader, handle.warns)
    application.add_handlers(handlers(handle, own_id, settings.admin_ids))
    errors = Errors(services.conversation, outbox, services.counters, deferred, services.due_messages)
    application.add_error_handler(errors.handle)
    return Built(application, polls, reader, deferred, receipts, in_body, timekeeper)


def handlers(handle: Handlers, own_id: int, admin_ids: frozenset[int]) -> list[BaseHandler[Update, Any, Any]]:
    """Who handles what: the first that fits. What fits none (channel posts, service messages) is ignored."""
    admin = PRIVATE & filters.User(admin_ids)  # numeric ids, checked at every command (S-62)
    theirs = WRITTEN & ~filters.ViaBot(own_id)  # what was chosen from our inline results are our own words
    return [
        CallbackQueryHandler(handle.pressed),
        InlineQueryHandler(handle.inline),
        CommandHandler(Admin.names, handle.administer, admin),
        MessageHandler(PRIVATE & theirs, handle.written),
        MessageHandler(PRIVATE & NEW & ~filters.StatusUpdate.ALL & ~WRITTEN, handle.other),
        MessageHandler(GROUP & theirs, handle.group),
    ]


def silence_library() -> None:
    """Keeps the library's own log lines out: they quote whole updates and the token (S-55, S-60).

    What matters of them is logged here in our own words.
    """
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
