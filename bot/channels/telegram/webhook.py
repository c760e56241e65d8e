"""How updates come in by webhook: Telegram posts each one, and we answer 200 only after it is handled.

Until then Telegram keeps the update, and sends it again if this process dies. Telegram keeps the order of a chat's
messages and of its button presses; our chat queues keep the order between the two.
"""

import asyncio
import hmac
import logging
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from bot.channels.telegram.intake import (
    ALLOWED_UPDATES,
    AnyApplication,
    CannotRunError,
    process,
    until_telegram_answers,
)
from bot.channels.telegram.outbox import WebhookReplies
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.receipts import Receipts
from bot.config.settings import WebhookSettings

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
MOST_BODY_BYTES: Final = 1_000_000  # an update is far smaller
MOST_UPDATES: Final = 1_000  # being handled at once; Telegram is asked to send more again later
MOST_CONNECTIONS: Final = 100  # the most Telegram opens
TRY_AGAIN: Final = {"Retry-After": "1"}
FINISH_SECONDS: Final = 5.0  # for open requests when the bot stops

log = logging.getLogger(__name__)


class Webhook:
    """The webhook server of one replica. All replicas set the same address and the same secret.

    `is_receiving`: whether updates are accepted now.
    """

    def __init__(
        self,
        application: AnyApplication,
        settings: WebhookSettings,
        reader: Reader,
        receipts: Receipts,
        webhook_replies: WebhookReplies,
    ) -> None:
        """`webhook_replies`: calls that the outbox leaves for the response to Telegram's request."""
        self._application = application
        self._reader = reader
        self._receipts = receipts
        self._webhook_replies = webhook_replies
        self._settings = settings
        self._secret = settings.secret.reveal().encode()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=FINISH_SECONDS)
        self.is_receiving = False

    async def run(self) -> None:
        """Listens, sets the webhook and serves until cancelled.

        Raises CannotRunError for an unknown token or an address that cannot be opened.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        except OSError as error:
            address = f"{self._settings.host}:{self._settings.port}"
            raise CannotRunError(
                f"WEBHOOK_LISTEN: {address} cannot be opened ({error.strerror}). Choose another."
            ) from None
        self.is_receiving = True
        await self._set_webhook()
        await asyncio.Event().wait()

    async def finish(self) -> None:
        """Stops accepting updates and waits for those being handled. Telegram keeps new ones: the webhook stays set."""
        self.is_receiving = False
        await self._runner.cleanup()
        await self._application.stop()

    async def receive(self, request: web.Request) -> web.Response:
        """Handles one posted update. Answers 403 to a wrong secret, and 503 to get the update again a little later."""
        secret = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(secret, self._secret):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        in_hand = self._application.update_processor.current_concurrent_updates
        if not self.is_receiving or in_hand >= MOST_UPDATES:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=TRY_AGAIN)
        update = self._reader.parse(await request.read())
        if update is None:
            return web.Response()  # unreadable: do not ask for it again
        await process(self._application, update)
        await self._receipts.flush()
        reply = self._webhook_replies.pop(update.callback_query.id, None) if update.callback_query else None
        return web.Response(body=orjson.dumps(reply), content_type="application/json") if reply else web.Response()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BODY_BYTES)
        app.router.add_post(urlsplit(self._settings.url).path or "/", self.receive)
        return app

    async def _set_webhook(self) -> None:
        bot, settings = self._application.bot, self._settings
        await until_telegram_answers(
            lambda: bot.set_webhook(
                settings.url,
                secret_token=settings.secret.reveal(),
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_CONNECTIONS,
            )
        )
