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

COOKIE: Final = "chat"
STATIC: Final = Path(__file__).parent / "static"

_log = logging.getLogger(__name__)
_CHAT = re.compile(r"[A-Za-z0-9_-]{22}")
_Body = TypeVar("_Body", WireMessage, WirePress, WireDue, AdminCommand)


@dataclass(frozen=True, slots=True)
class Site:
    """What the page shows and talks to."""

    services: Services

    async def page(self, request: Request) -> Response:
        """The page with all its words; a new browser session gets a chat of its own."""
        phrases = self.services.library.current.knowledge.texts[LANGUAGE].phrases
        response = Response(_page(phrases, self.services.admin.names), media_type="text/html")
        if _chat(request) is None:
            response.set_cookie(COOKIE, secrets.token_urlsafe(16), httponly=True, samesite="strict")
        return response

    async def message(self, request: Request) -> Response:
        """POST /api/message: a text or a command."""
        read = await _read(request, WireMessage)
        if read is None:
            return _refused()
        chat, body = read
        return await self._turn(Incoming(chat, IncomingKind(body.kind), f"{chat}:{body.id}", body.text, body.command))

    async def press(self, request: Request) -> Response:
        """POST /api/press: a button."""
        read = await _read(request, WirePress)
        if read is None:
            return _refused()
        chat, body = read
        return await self._turn(Incoming(chat, IncomingKind.PRESS, f"{chat}:{body.id}", body.data))

    async def due(self, request: Request) -> Response:
        """POST /api/due: what has become due in this chat since the page last asked."""
        read = await _read(request, WireDue)
        if read is None:
            return _refused()
        return await self._answered(lambda: self._due(read[0]))

    async def command(self, request: Request) -> Response:
        """POST /api/admin: a command of the admin switch. Whoever sits at this computer is its admin."""
        read = await _read(request, AdminCommand)
        if read is None or read[1].command not in self.services.admin.names:
            return _refused()
        chat, body = read
        return await self._answered(lambda: self._administer(body, chat))

    async def picture(self, request: Request) -> Response:
        """GET /pictures/NAME: a picture of the knowledge in use; no path can be built from outside."""
        name = request.path_params["name"]
        content = self.services.library.picture(name)
        return Response(content, media_type=guess_type(name)[0]) if content else PlainTextResponse("Not found", 404)

    async def _turn(self, incoming: Incoming) -> Response:
        self.services.counters.update()
        return await self._answered(lambda: self._answer(incoming))

    def _answer(self, incoming: Incoming) -> dict[str, Any]:
        answer = self.services.conversation.turn(incoming)
        for message in answer.messages:
            if message.live is not None:
                self.services.due_messages.session_shown(incoming.chat, 0, message.live)
        return answer_json(answer)

    def _due(self, chat: str) -> dict[str, Any]:
        """What is due in any chat of this page's browser is taken; other browsers' comes again after its lease."""
        due_messages = self.services.due_messages
        errands = [due_messages.action(due) for due in due_messages.take("web") if due.chat == chat]
        done = [action for action in errands if action is not None]
        for action in done:
            due_messages.done(action, 0)
        edits = [message_json(action.edit) for action in done if action.edit]
        sent = [message_json(action.send) for action in done if action.send]
        over = any(action.kind == SESSION and action.edit is None for action in done)
        return {"edit": edits[0] if edits else None, "messages": sent, "over": over}

    async def _answered(self, work: Callable[[], dict[str, Any]]) -> Response:
        """Does the work in a thread. Whatever goes wrong in it, the person gets an answer.

        The log says where it went wrong, without what was written (S-55).
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
    """The whole site, to be served on `port` of this computer."""
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


def _chat(request: Request) -> str | None:
    """The chat of this browser session, or None."""
    token = request.cookies.get(COOKIE, "")
    return f"web:{token}" if _CHAT.fullmatch(token) else None


async def _read(request: Request, model: type[_Body]) -> tuple[str, _Body] | None:
    """The chat and the request's JSON in its expected form, or None. The guard has bounded its size."""
    chat = _chat(request)
    if chat is None or request.headers.get("content-type") != "application/json":
        return None
    try:
        return chat, model.model_validate_json(await request.body())
    except ValidationError:
        return None


def _refused() -> Response:
    return PlainTextResponse("Bad request", 400)


def _page(phrases: Mapping[str, str], admin_names: tuple[str, ...]) -> str:
    """The page's template, filled with the phrases and with what the scripts need as JSON."""
    ours = {key.removeprefix("web."): text for key, text in phrases.items() if key.startswith("web.")}
    words = {
        "phrases": ours,
        "commands": [{"name": name, "about": phrases[f"menu.{name}"]} for name in COMMANDS],
        "admin": [{"name": name, "about": phrases[f"menu.{name}"]} for name in admin_names],
    }
    slots = {key.replace(".", "_"): html.escape(text) for key, text in ours.items()}
    template = Template((STATIC / "page.html").read_text(encoding="utf-8"))
    return template.substitute(slots, language=LANGUAGE, words=json.dumps(words).replace("<", "\\u003c"))
