"""The try-out page for tests: the real program with the shipped knowledge and a database of its own, over HTTP."""

import base64
import http.client
import json
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels.web.application import application
from bot.channels.web.server import HOST, listen, server
from bot.config.settings import load_settings
from bot.library.shipped import shipped
from bot.wiring import build
from tests.end_to_end.running_bot import real_time
from tests.patience import PATIENCE

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  (JSON)
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Served:
    """A running page."""

    port: int
    database: Path
    knowledge: Path

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def request(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
        """Sends one raw request: `path` unchanged, and no headers added but the length."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, {"Host": f"{HOST}:{self.port}"} | headers)

    def post(self, path: str, body: Mapping[str, Any], **changes: str) -> Reply:
        """A post as our own page makes it; `changes` to its headers, where an empty value leaves one out."""
        headers = {
            "Host": f"{HOST}:{self.port}",
            "Origin": self.address,
            "Content-Type": "application/json",
            "Cookie": f"chat={'A' * 22}",
        }
        headers = {name: value for name, value in (headers | changes).items() if value}
        return self.request("POST", path, headers, json.dumps(body).encode())


def text(words: str, **changes: str) -> dict[str, str]:
    """The body of a text message."""
    return {"id": str(uuid.uuid4()), "kind": "text", "text": words, "command": ""} | changes


@contextmanager
def serving(folder: Path, knowledge: Path | None = None, clock: Callable[[], datetime] = real_time) -> Iterator[Served]:
    """The page, served from a thread until the end of the block. The socket listens before the thread starts."""
    database = folder / "data" / "bot.sqlite3"
    settings = load_settings({"DATA_KEY": KEY, "DATABASE_URL": f"sqlite:///{database}"}, folder, need_token=False)
    knowledge = knowledge or shipped()
    services = build(settings, knowledge, clock)
    with services.running(), listen(0) as opened:
        port = opened.getsockname()[1]
        running = server(application(services, port))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        try:
            yield Served(port, database, knowledge)
        finally:
            running.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()
