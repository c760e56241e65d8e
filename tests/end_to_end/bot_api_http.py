"""The HTTP side of the tests' Bot API server: requests in, JSON out, connections dropped on demand."""

import json
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from tests.end_to_end.faults import UNKNOWN_TOKEN, Fault

Json = dict[str, Any]
Handle = Callable[[str, Json, Mapping[str, bytes]], tuple[Fault | None, Any]]


class BotApiServer(ThreadingHTTPServer):
    """Listens on a free port; every request that carries the token goes to `handle`."""

    daemon_threads = True

    def __init__(self, token: str, handle: Handle) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.token = token
        self.handle = handle

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class says so
        """A client that goes away while it waits is nothing to report."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BotApiServer

    def do_POST(self) -> None:
        params, files = self._read()
        _, token, method = self.path.split("/")
        if token != f"bot{self.server.token}":
            self._reply(UNKNOWN_TOKEN, None)
            return
        fault, result = self.server.handle(method, params, files)
        if fault and fault.drop:
            self.close_connection = True
            return
        self._reply(fault, result)

    def _read(self) -> tuple[Json, dict[str, bytes]]:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/json"):
            return _plain(json.loads(body)), {}
        if not kind.startswith("multipart/"):
            return _decoded(parse_qsl(body.decode(), keep_blank_values=True)), {}
        whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
        fields: list[tuple[str, str]] = []
        files: dict[str, bytes] = {}
        for part in whole.iter_parts():
            name, file = part.get_param("name", header="content-disposition"), part.get_filename()
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            if file:
                files[file] = data
            else:
                fields.append((str(name), data.decode()))
        return _decoded(fields), files

    def _reply(self, fault: Fault | None, result: Any) -> None:  # noqa: ANN401 - JSON, as it comes
        answer: Json = {"ok": True, "result": result}
        if fault:
            answer = {"ok": False, "error_code": fault.status, "description": fault.description}
            answer |= {"parameters": {"retry_after": fault.retry_after}} if fault.retry_after else {}
        body = json.dumps(answer).encode()
        self.send_response(fault.status if fault else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Nothing: the calls are recorded."""


def _plain(params: Json) -> Json:
    """Parameters as they come in a form: what is no list and no object, as text."""
    return {name: v if isinstance(v, str | list | dict) else json.dumps(v) for name, v in params.items()}


def _decoded(fields: Sequence[tuple[str, str]]) -> Json:
    return {name: _value(name, text) for name, text in fields}


def _value(name: str, text: str) -> Any:  # noqa: ANN401 - JSON, as it comes
    if name in ("reply_markup", "results", "commands", "scope", "media", "reply_parameters", "allowed_updates"):
        return json.loads(text)
    return text
