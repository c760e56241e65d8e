"""HTTP to the Bot API over aiohttp.

The library's default client, httpx, needs many times the CPU for a request, sends only a few requests a second in a
burst of 256, and loses some of them. This class has the same interface, the same timeouts and the same errors.
"""

import urllib.request
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS, READ_SECONDS, WRITE_SECONDS, UPLOAD_SECONDS, POOL_SECONDS = 10.0, 15.0, 15.0, 20.0, 30.0
KEEP_ALIVE = 60.0  # seconds; a new connection costs two round trips and a handshake
JSON_HEADERS = {"Content-Type": "application/json"}


class JsonParameters(RequestData):  # type: ignore[misc]  # final to type checkers; the library's own conversion costs more than the request
    """Parameters of a call that are JSON values already and are sent unchanged."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._values = dict(values)

    @property
    def parameters(self) -> dict[str, Any]:
        """The values, by parameter name."""
        return self._values


class NotSentError(TimedOut):
    """No connection in time: Telegram has not received the request, so it may be repeated."""


class Transport(BaseRequest):
    """Sends the library's requests, through the proxy named in the environment if there is one.

    Raises TimedOut and NetworkError, as the library's own client does, without the address, which holds the token.
    """

    def __init__(self, connections: int) -> None:
        """`connections`: how many may be open at once."""
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer; a long poll adds its own time."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Opens the session; does nothing if it is open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=bool(urllib.request.getproxies()),
            )

    async def shutdown(self) -> None:
        """Closes the session and its connections; does nothing if it is closed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - a number, None, or the library's "not given"
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Sends a request and returns the HTTP status and the body of the answer. Timeouts are in seconds."""
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        files = request_data.multipart_data if request_data else None
        read = _timeout(read_timeout, READ_SECONDS)
        write = _timeout(write_timeout, UPLOAD_SECONDS if files else WRITE_SECONDS)
        connect, pool = _timeout(connect_timeout, CONNECT_SECONDS), _timeout(pool_timeout, POOL_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=_sum(pool, connect, write, read), connect=_sum(pool, connect), sock_connect=connect,
            sock_read=read,
        )  # fmt: skip
        body, headers = _body(request_data) if request_data else (None, {})
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSentError from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Raises the library's own error for a broken one."""
        try:
            parsed: dict[str, Any] = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)
        return parsed


def _body(request_data: RequestData) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """The body and headers of a request: JSON, or a form if there are files."""
    files = request_data.multipart_data
    if not files:
        return orjson.dumps(request_data.parameters), JSON_HEADERS
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (file_name, content, kind) in files.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, {}


def _timeout(seconds: Any, default: float) -> float | None:  # noqa: ANN401
    if seconds is BaseRequest.DEFAULT_NONE:
        return default
    return None if seconds is None else float(seconds)


def _sum(*seconds: float | None) -> float | None:
    """The sum of timeouts, or None (no limit) if one of them is None."""
    known = [s for s in seconds if s is not None]
    return sum(known) if len(known) == len(seconds) else None
