"""HTTP to the Bot API over aiohttp.

The library's own client, httpx, takes many times the CPU a request, answers a burst of 256 with a few a second, and
then loses some of it. To the library this is one request class like another: same timeouts, same errors.
"""

import urllib.request
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS, READ_SECONDS, WRITE_SECONDS, UPLOAD_SECONDS, POOL_SECONDS = 10.0, 15.0, 15.0, 20.0, 30.0
KEEP_ALIVE = 60.0  # quiet bots keep their connection: a new one costs two round trips and a handshake
JSON = {"Content-Type": "application/json"}


class Plain(RequestData):  # type: ignore[misc]  # final to type checkers; made anew, it costs more than the request
    """What to send as it is: plain values that JSON knows."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._values = dict(values)

    @property
    def parameters(self) -> dict[str, Any]:
        """The values."""
        return self._values


class NotSentError(TimedOut):
    """No connection in time: Telegram has seen nothing of the request, so it may be repeated."""


class Transport(BaseRequest):
    """At most so many connections at once, through the proxy of the environment. Errors quote no address (the token).

    Raises TimedOut and NetworkError, as the library's own client does.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds; a long poll takes that much longer."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Opens the session; once is enough."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=bool(urllib.request.getproxies()),
            )

    async def shutdown(self) -> None:
        """Closes all connections."""
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
        """The status and the body of the answer."""
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        files = request_data.multipart_data if request_data else None
        read = _given(read_timeout, READ_SECONDS)
        write = _given(write_timeout, UPLOAD_SECONDS if files else WRITE_SECONDS)
        connect, pool = _given(connect_timeout, CONNECT_SECONDS), _given(pool_timeout, POOL_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=_together(pool, connect, write, read), connect=_together(pool, connect), sock_connect=connect,
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
        """The answer as JSON; what is broken gets the library's own error."""
        try:
            parsed: dict[str, Any] = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)
        return parsed


def _body(request_data: RequestData) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """Plain calls go as JSON; with files, as a form."""
    files = request_data.multipart_data
    if not files:
        return orjson.dumps(request_data.parameters), JSON
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (file_name, content, kind) in files.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, {}


def _given(seconds: Any, default: float) -> float | None:  # noqa: ANN401
    if seconds is BaseRequest.DEFAULT_NONE:
        return default
    return None if seconds is None else float(seconds)


def _together(*seconds: float | None) -> float | None:
    """All of them one after the other; without a limit if one has none."""
    known = [s for s in seconds if s is not None]
    return sum(known) if len(known) == len(seconds) else None
