"""`python -m bot try`: serves the try-out page on this computer until Ctrl-C."""

import contextlib
import socket
import sys
import webbrowser
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.channels.web.application import application
from bot.config.settings import SettingsError
from bot.wiring import Services

HOST: Final = "127.0.0.1"
_PORTS_TRIED: Final = 20
_GRACE_SECONDS: Final = 2  # for open requests at the end


def listen(port: int) -> socket.socket:
    """A listening socket that only this computer can reach, at `port` or at the next free port after it.

    Port 0 takes any free port. Raises SettingsError if none of the next 20 ports can be opened.
    """
    reason: str | None = "there is no such port"
    for candidate in range(port, min(port + _PORTS_TRIED, 65_536)):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((HOST, candidate))
            opened.listen()
        except OSError as error:
            opened.close()
            reason = error.strerror
        else:
            return opened
    raise SettingsError(f"No port from {port} on could be opened: {reason}. Choose another with --port.")


def server(app: Starlette) -> uvicorn.Server:
    """A uvicorn server that logs no requests, because they hold addresses and cookies."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def serve(services: Services, port: int, *, open_browser: bool = True) -> None:
    """Prints the page's address, opens it in the browser and serves until Ctrl-C. Raises SettingsError."""
    with listen(port) as opened:
        actual = opened.getsockname()[1]
        address = f"http://{HOST}:{actual}/"
        taken = f"Port {port} is taken. " if port not in (0, actual) else ""
        sys.stdout.write(f"{taken}Try the bot at {address} (Ctrl-C stops it)\n")
        sys.stdout.flush()
        if open_browser:
            webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            server(application(services, actual)).run(sockets=[opened])
        sys.stdout.write("\nStopped.\n")
