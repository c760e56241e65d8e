"""Where the page is served, and what is said about it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.channels.web.server import HOST, listen
from bot.config.settings import SettingsError
from tests import processes
from tests.end_to_end.web_site import KEY
from tests.patience import PATIENCE


def test_it_listens_on_this_computer_alone() -> None:
    with listen(0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with listen(0) as first:
        port = first.getsockname()[1]
        with listen(port) as second:
            assert port < second.getsockname()[1] <= port + 20


def test_an_impossible_port_is_refused_with_one_clear_text() -> None:
    for port in (70_000, 65_536):
        with pytest.raises(SettingsError, match="Choose another with --port"):
            listen(port)


def test_the_program_says_where_the_page_is_and_frees_the_port_on_ctrl_c(tmp_path: Path) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "bot", "try", "--no-browser", "--port", str(port)]
        repository = Path(__file__).parents[3]
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(repository), "DATA_KEY": KEY}
        program = processes.start(command, cwd=tmp_path, env=environ, output=subprocess.PIPE)
        assert program.stdout
        line = program.stdout.readline()
        assert line.startswith(f"Port {port} is taken. Try the bot at http://127.0.0.1:"), line
        served_at = int(line.split(":")[2].partition("/")[0])
        with socket.create_connection((HOST, served_at), timeout=PATIENCE) as talk:
            talk.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}:{served_at}\r\n\r\n".encode())
            assert talk.recv(15) == b"HTTP/1.1 200 OK"
            program.send_signal(signal.SIGINT)
        rest, errors = program.communicate(timeout=PATIENCE)
        assert (program.returncode, rest.strip(), errors) == (0, "Stopped.", "")
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind((HOST, served_at))
