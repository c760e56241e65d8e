"""Checks every request: from our own page only, and small. Adds security headers to every answer."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT: Final = 64 * 1024  # bytes; more than 4,096 characters take at their longest escape

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware that accepts requests for 127.0.0.1 or localhost at our port, and posts from our own page.

    The Host check stops a foreign name that resolves to this computer (DNS rebinding), the Origin check a foreign
    page that posts to us (CSRF). Other requests get 403 without a reason, and a body over `BODY_LIMIT` bytes gets 413.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer: ASGIApp = self._app
        if not self._is_ours(scope["method"], headers):
            answer = PlainTextResponse("Forbidden", 403)
        elif not _is_small(headers):
            answer = PlainTextResponse("Too large", 413)
        await answer(scope, receive, _locked_down(send))

    def _is_ours(self, method: str, headers: Headers) -> bool:
        """Whether there is one Host, ours, and one Origin, ours. GET and HEAD may lack the Origin."""
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return False
        origins = headers.getlist("origin")
        if not origins:
            return method in ("GET", "HEAD")
        return origins in [[origin] for origin in self._origins]


def _is_small(headers: Headers) -> bool:
    """Whether the body's declared length is within the limit. The server reads no more than was declared."""
    if "transfer-encoding" in headers:
        return False
    length = headers.get("content-length", "0")
    return length.isascii() and length.isdigit() and int(length[:9]) <= BODY_LIMIT and len(length) <= len("65536")


def _locked_down(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
