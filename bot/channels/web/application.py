"""The local try-out page: the same conversation as in Telegram, in a browser on this computer."""

import asyncio
import html
import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from string import Template
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web.guard import Guard
from bot.channels.web.wire import AdminCommand, WireDue, WireMessage, WirePress, admin_json, answer_json, message_json
from bot.domain.turns.commands import COMMANDS
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.services.sealed_messages import LANGUAGE
from bot.storage.records import SESSION
from bot.wiring import Services

CHANNEL: Final = "web"
COOKIE: Final = "chat"
STATIC: Final = Path(__file__).parent / "static"

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_Body = TypeVar("_Body", WireMessage, WirePress, WireDue, AdminCommand)


@dataclass(frozen=True, slots=True)
class Site:
    """The pages and the API of the try-out page."""

    services: Services

    async def page(self, request: Request) -> Response:
        """GET /: the page with all its words. A new browser session gets a cookie with a chat of its own."""
        phrases = self.services.library.current.knowledge.texts[LANGUAGE].phrases
        response = Response(_page(phrases, self.services.admin.names), media_type="text/html")
        if _chat_key(request) is None:
            response.set_cookie(COOKIE, secrets.token_urlsafe(16), httponly=True, samesite="strict")
        return response

    async def message(self, request: Request) -> Response:
        """POST /api/message: answers a text or a command."""
        posted = await _read_post(request, WireMessage)
        if posted is None:
            return _refused()
        chat, body = posted
        return await self._turn(Incoming(chat, IncomingKind(body.kind), f"{chat}:{body.id}", body.text, body.command))

    async def press(self, request: Request) -> Response:
        """POST /api/press: answers a button press."""
        posted = await _read_post(request, WirePress)
        if posted is None:
            return _refused()
        chat, body = posted
        return await self._turn(Incoming(chat, IncomingKind.PRESS, f"{chat}:{body.id}", body.data))

    async def due(self, request: Request) -> Response:
        """POST /api/due: the changes that have become due in this chat since the page last asked."""
        posted = await _read_post(request, WireDue)
        if posted is None:
            return _refused()
        return await self._respond(lambda: self._due(posted[0]))

    async def command(self, request: Request) -> Response:
        """POST /api/admin: carries out an admin's command. Any user of this computer counts as an admin."""
        posted = await _read_post(request, AdminCommand)
        if posted is None or posted[1].command not in self.services.admin.names:
            return _refused()
        chat, body = posted
        return await self._respond(lambda: self._administer(body, chat))

    async def picture(self, request: Request) -> Response:
        """GET /pictures/NAME: a picture of the current knowledge, or 404. NAME is looked up, never used as a path."""
        name = request.path_params["name"]
        content = self.services.library.picture(name)
        return Response(content, media_type=guess_type(name)[0]) if content else PlainTextResponse("Not found", 404)

    async def _turn(self, incoming: Incoming) -> Response:
        self.services.counters.update()
        return await self._respond(lambda: self._answer(incoming))

    def _answer(self, incoming: Incoming) -> dict[str, Any]:
        answer = self.services.conversation.turn(incoming)
        for message in answer.messages:
            if message.live is not None:
                self.services.due_messages.session_shown(incoming.chat, 0, message.live)
        return answer_json(answer)

    def _due(self, chat: str) -> dict[str, Any]:
        """Runs the due actions of this chat. Those of other chats are leased too, and due again when it ends."""
        due_messages = self.services.due_messages
        records = [due for due in due_messages.take(CHANNEL) if due.chat == chat]
        done = [action for due in records if (action := due_messages.action(due)) is not None]
        for action in done:
            due_messages.done(action, 0)
        edits = [message_json(action.edit) for action in done if action.edit]
        sent = [message_json(action.send) for action in done if action.send]
        over = any(action.kind == SESSION and action.edit is None for action in done)
        return {"edit": edits[0] if edits else None, "messages": sent, "over": over}

    async def _respond(self, work: Callable[[], dict[str, Any]]) -> Response:
        """Does the work in a thread and returns its result as JSON, or an apology with status 500 if it fails.

        The log says where it failed, without any text the person wrote (S-55).
        """
        task = asyncio.ensure_future(asyncio.to_thread(work))
        await asyncio.wait([task])
        error = task.exception()
        if error is None:
            return JSONResponse(task.result())
        self.services.counters.error()
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error("A turn failed with %s:\n%s", type(error).__name__, place)
        return JSONResponse(answer_json(Answer((self.services.conversation.failed(),))), 500)

    def _administer(self, body: AdminCommand, chat: str) -> dict[str, Any]:
        admin = self.services.admin
        if body.command == "preview":
            return answer_json(admin.preview(body.argument, chat))
        commands = {
            "reload": admin.reload,
            "status": admin.status,
            "unmatched": admin.unmatched,
            "rollback": admin.rollback,
        }
        return admin_json(commands[body.command]())


def application(services: Services, port: int) -> Starlette:
    """The site, to be served on `port` of this computer."""
    site = Site(services)
    return Starlette(
        routes=[
            Route("/", site.page),
            Route("/api/message", site.message, methods=["POST"]),
            Route("/api/press", site.press, methods=["POST"]),
            Route("/api/due", site.due, methods=["POST"]),
            Route("/api/admin", site.command, methods=["POST"]),
            Route("/pictures/{name}", site.picture),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, port=port)],
    )


def _chat_key(request: Request) -> str | None:
    """The chat key of this browser session, or None if it has no valid cookie."""
    token = request.cookies.get(COOKIE, "")
    return f"{CHANNEL}:{token}" if _TOKEN.fullmatch(token) else None


async def _read_post(request: Request, model: type[_Body]) -> tuple[str, _Body] | None:
    """The chat key and the validated body of a request, or None. The guard has limited its size."""
    chat = _chat_key(request)
    if chat is None or request.headers.get("content-type") != "application/json":
        return None
    try:
        return chat, model.model_validate_json(await request.body())
    except ValidationError:
        return None


def _refused() -> Response:
    return PlainTextResponse("Bad request", 400)


def _page(phrases: Mapping[str, str], admin_names: tuple[str, ...]) -> str:
    """The HTML page: the template filled with the phrases, and with the JSON that the scripts need."""
    ours = {key.removeprefix("web."): text for key, text in phrases.items() if key.startswith("web.")}
    words = {
        "phrases": ours,
        "commands": [{"name": name, "about": phrases[f"menu.{name}"]} for name in COMMANDS],
        "admin": [{"name": name, "about": phrases[f"menu.{name}"]} for name in admin_names],
    }
    slots = {key.replace(".", "_"): html.escape(text) for key, text in ours.items()}
    template = Template((STATIC / "page.html").read_text(encoding="utf-8"))
    return template.substitute(slots, language=LANGUAGE, words=json.dumps(words).replace("<", "\\u003c"))
