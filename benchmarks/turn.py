"""Measures what a person waits for. Run by hand: .venv/bin/python benchmarks/turn.py

Prints the time from starting a process to its first answer, the memory with the knowledge loaded, and the time of a
turn: understanding, dialogue, storage in a SQLite file, rendering.
"""

import base64
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_SAID = (
    "my neck is stiff",
    "lower back pain for a week",
    "i have a headache",
    "hegu",
    "my knee hurts",
    "so stressed",
)
CHATS = 100
TURNS = 8
KEY = base64.urlsafe_b64encode(bytes(32)).decode()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        very_first, _ = _child("first", folder)  # makes the database and checks the knowledge from scratch
        again = [_child("first", folder) for _ in range(5)]
        later = statistics.median(took for took, _ in again)
        say(f"start to first answer   {later:.2f} s (the very first: {very_first:.2f} s)")
        say(again[0][1])
        say(_child("turns", folder)[1])


def _child(what: str, folder: str) -> tuple[float, str]:
    """Runs this file in a new process. How long its first line took, and the rest of what it said."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "DATA_KEY": KEY}
    environ["DATABASE_URL"] = f"sqlite:///{folder}/data/bot.sqlite3"
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, __file__, what], env=environ, cwd=folder, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        took = time.perf_counter() - began
        rest = process.stdout.read().strip()
    if process.returncode:
        sys.exit(process.returncode)
    return took, rest


def first() -> None:
    """What `run` loads, and one answer."""
    from bot.wiring import loading  # noqa: PLC0415 - its loading is part of what is measured

    with loading():
        import bot.channels.telegram.application  # noqa: PLC0415, F401

        talk = Talk()
    talk.turn("telegram:1", "text", FIRST_SAID[0])
    say("answered")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    say(f"memory at most          {peak:.0f} MB")


def turns() -> None:
    """Many chats: each says something and then presses what it is shown."""
    talk = Talk()
    say("ready")
    took = sorted(took for number in range(CHATS) for took in talk.chat(number))
    median, late = statistics.median(took), took[len(took) * 99 // 100]
    say(f"median turn             {median:.2f} ms (99 of 100 within {late:.2f} ms)")


class Talk:
    """Talks with the conversation as a channel does."""

    def __init__(self) -> None:
        from bot.config.settings import load_settings  # noqa: PLC0415
        from bot.services.messages import Incoming, IncomingKind  # noqa: PLC0415 - only in the child, so that loading is measured
        from bot.wiring import build  # noqa: PLC0415

        self._incoming, self._kind = Incoming, IncomingKind
        self._conversation = build(load_settings(need_token=False)).conversation
        self._updates = 0

    def turn(self, chat: str, kind: str, text: str) -> tuple[list[str], float]:
        """The data of the buttons shown, and how many milliseconds the turn took."""
        self._updates += 1
        incoming = self._incoming(chat, self._kind(kind), f"{os.getpid()} {self._updates}", text)
        began = time.perf_counter()
        answer = self._conversation.turn(incoming)
        took = (time.perf_counter() - began) * 1000
        assert answer.messages or answer.notice
        return [key.data for message in answer.messages for row in message.keys for key in row if key.data], took

    def chat(self, number: int) -> list[float]:
        """Says something, then presses one of the buttons shown, and so on. How long each turn took."""
        times: list[float] = []
        keys: list[str] = []
        for step in range(TURNS):
            said = FIRST_SAID[(number + step) % len(FIRST_SAID)]
            pressed = keys[(number + step) % len(keys)] if keys else ""
            keys, took = self.turn(f"telegram:{number}", "press" if pressed else "text", pressed or said)
            times.append(took)
        return times


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"first": first, "turns": turns}.get("".join(sys.argv[1:]), main)()
