#!/usr/bin/env python3
"""Talks with the real bot over HTTP and prints the talks as Markdown: `python -m tools.transcripts FILE.yaml`.

FILE holds a list of talks: {"title": ..., "says": [...]}. A line in square brackets presses the button of that label.
"""

import html
import http.client
import json
import re
import secrets
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.channels.web.application import application
from bot.channels.web.server import HOST, listen, server
from tools.screenshots import services_for_trying

_TAG = re.compile(r"<[^>]+>")


def main() -> None:
    talks = yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, listen(0) as opened:
        port = opened.getsockname()[1]
        running = server(application(services_for_trying(folder), port))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        for talk in talks:
            sys.stdout.write("\n".join((f"## {talk['title']}", "", *_told(talk["says"], port), "")) + "\n")
        running.should_exit = True
        thread.join()


def _told(says: list[str], port: int) -> Iterator[str]:
    """Each text or button of a talk in a chat of its own, and what came of it."""
    cookie = f"chat={secrets.token_urlsafe(16)}"  # as the page gives out
    buttons: dict[str, str] = {}
    for each in says:
        label = each.strip("[]") if each.startswith("[") else ""
        if label and label not in buttons:
            sys.exit(f'There is no button "{label}". There are: {", ".join(buttons)}.')
        path, body = "/api/message", {"kind": "text", "text": each, "command": ""}
        if label:
            path, body = "/api/press", {"data": buttons[label]}
        answer = _posted(port, path, body, cookie)
        yield f"**{'[' + label + ']' if label else each}**\n"
        for message in answer["messages"]:
            buttons |= {key["label"]: key["data"] for row in message["keys"] for key in row}
            shown = " ".join(f"[{key['label']}]" for row in message["keys"] for key in row)
            said = html.unescape(_TAG.sub("", message["html"])).strip()
            lines = [*said.split("\n"), *(["", shown] if shown else [])]
            yield "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def _posted(port: int, path: str, body: dict[str, Any], cookie: str) -> dict[str, Any]:
    connection = http.client.HTTPConnection(HOST, port)
    sent = json.dumps({"id": str(uuid.uuid4()), **body})
    headers = {"Content-Type": "application/json", "Origin": f"http://{HOST}:{port}", "Cookie": cookie}
    connection.request("POST", path, sent, headers)
    response = connection.getresponse()
    content = response.read()
    if response.status != http.client.OK:
        sys.exit(f"{path} answered {response.status}: {content!r}")
    answer: dict[str, Any] = json.loads(content)
    return answer


if __name__ == "__main__":
    main()
