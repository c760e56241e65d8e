"""How updates come in by webhook: Telegram posts each, and is answered 200 only after the work.

Until then Telegram keeps the update, and sends it again if this process dies. It keeps the order within a chat's texts
and within its taps; the chat_queues keep the order between them.
"""

import asyncio
import hmac
import logging
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import orjson
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.intake import ALLOWED, UNKNOWN_BOT, AnyApplication, CannotRunError, pause, process
from bot.channels.telegram.outbox import Acknowledgements
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.receipts import Receipts
from bot.config.settings import WebhookSettings

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
BODY_BYTES: Final = 1_000_000  # an update is far smaller
MOST_IN_HAND: Final = 1_000  # updates; more are asked for again in a moment
CONNECTIONS: Final = 100  # the most Telegram opens
RETRY_AFTER: Final = {"Retry-After": "1"}
OPEN_SECONDS: Final = 5.0  # what is in hand at the end has that long

log = logging.getLogger(__name__)


class Webhook:
    """One replica's end of the webhook. All replicas set the same address and the same secret."""

    def __init__(
        self,
        application: AnyApplication,
        settings: WebhookSettings,
        reader: Reader,
        receipts: Receipts,
        in_body: Acknowledgements,
    ) -> None:
        """`in_body`: what the outbox leaves to be said in the answer to the webhook's own request."""
        self._application = application
        self._reader = reader
        self._receipts = receipts
        self._in_body = in_body
        self._settings = settings
        self._secret = settings.secret.reveal().encode()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=OPEN_SECONDS)
        self.taking = False

    async def run(self) -> None:
        """Listens, tells Telegram where, and goes on until cancelled. Raises CannotRunError where that is of no use."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        except OSError as error:
            place = f"{self._settings.host}:{self._settings.port}"
            raise CannotRunError(
                f"WEBHOOK_LISTEN: {place} cannot be opened ({error.strerror}). Choose another."
            ) from None
        self.taking = True
        await self._announce()
        await asyncio.Event().wait()

    async def finish(self) -> None:
        """Takes nothing new and waits for what is in hand. The webhook stays set: Telegram keeps what comes then."""
        self.taking = False
        await self._runner.cleanup()
        await self._application.stop()

    async def receive(self, request: web.Request) -> web.Response:
        """One update. 503 asks Telegram to send it again a little later."""
        given = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        in_hand = self._application.update_processor.current_concurrent_updates
        if not self.taking or in_hand >= MOST_IN_HAND:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=RETRY_AFTER)
        update = self._reader.parse(await request.read())
        if update is None:
            return web.Response()  # it is of no use to see it again
        await process(self._application, update)
        await self._receipts.flush()
        call = self._in_body.pop(update.callback_query.id, None) if update.callback_query else None
        return web.Response(body=orjson.dumps(call), content_type="application/json") if call else web.Response()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_post(urlsplit(self._settings.url).path or "/", self.receive)
        return app

    async def _announce(self) -> None:
        failures = 0
        while True:
            try:
                await self._application.bot.set_webhook(
                    self._settings.url,
                    secret_token=self._settings.secret.reveal(),
                    allowed_updates=ALLOWED,
                    max_connections=CONNECTIONS,
                )
            except InvalidToken:
                raise CannotRunError(UNKNOWN_BOT) from None
            except TelegramError as error:
                await pause(failures, error)
                failures += 1
            else:
                return
