"""A Bot API with a latency, and people who talk: a text, then two taps. One process on one core, aiohttp and uvloop.

python -m benchmarks.delivery.load --rate 500 --seconds 10 --latency 50 --intake webhook
prints one JSON line: turns a second, latency percentiles, CPU a turn and memory of the bot, what was lost.
"""

import argparse
import asyncio
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import uvloop
from aiohttp import web

Processes = list[subprocess.Popen[bytes]]
TOKEN = "123456789:AAEbenchmark-own-token-0123456789-abc"  # noqa: S105 - nobody's
ME = {"id": 123456789, "is_bot": True, "first_name": "Guide", "username": "guide_bot"}
HOOK, API, SECRET = 18091, 18081, "a-secret-of-the-benchmark"
TEXTS = ("my neck hurts", "stiff shoulders from the desk", "i get headaches in the evening", "my lower back is sore")
PATIENCE = 5.0  # seconds after the last text
START_SECONDS = 20.0


@dataclass
class Load:
    """The people and what they wait for. A turn is over when its message was sent or edited."""

    latency: float
    polled: bool
    replicas: int = 1
    waiting: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    began: dict[int, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    taps: dict[int, int] = field(default_factory=dict)
    updates: int = 0
    sent: int = 0
    over: bool = False
    session: aiohttp.ClientSession | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def give(self, chat: int, update: dict[str, Any]) -> None:
        self.updates += 1
        self.sent += 1
        update["update_id"] = self.updates
        self.began[chat] = time.perf_counter()
        if self.polled:
            self.waiting.put_nowait(update)
        else:
            task = asyncio.create_task(self.post(update))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def post(self, update: dict[str, Any]) -> None:
        assert self.session
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        body = orjson.dumps(update)
        address = f"http://127.0.0.1:{HOOK + update['update_id'] % self.replicas}/hook"
        while True:
            try:
                async with self.session.post(address, data=body, headers=headers) as answer:
                    if answer.status != web.HTTPServiceUnavailable.status_code:
                        return
            except aiohttp.ClientError:
                if self.over:
                    return
            await asyncio.sleep(0.2)

    async def quiet(self) -> None:
        """Returns when nobody waits any more, or after some patience."""
        until = time.perf_counter() + PATIENCE
        while self.began and time.perf_counter() < until:  # noqa: ASYNC110 - a benchmark, not a test
            await asyncio.sleep(0.01)

    def says(self, chat: int) -> None:
        self.give(chat, {"message": {**message(chat, 1), "from": person(chat), "text": TEXTS[chat % len(TEXTS)]}})

    def shown(self, chat: int, params: dict[str, Any]) -> None:
        """A message came: the turn is over; the person taps, twice at most."""
        if chat in self.began:
            self.took.append(time.perf_counter() - self.began.pop(chat))
        rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
        data = [button["callback_data"] for row in rows for button in row if button.get("callback_data")]
        done = self.taps.get(chat, 0)
        if data and done < 2:  # noqa: PLR2004
            self.taps[chat] = done + 1
            press = {"id": f"q{self.updates}", "from": person(chat), "chat_instance": "c", "data": data[0]}
            self.give(chat, {"callback_query": {**press, "message": {**message(chat, 2), "text": "…"}}})

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = await parameters(request)
        if method == "getUpdates":
            self.ready.set()
            return answer_of(await self.batch(float(params.get("timeout", 0))))
        await asyncio.sleep(self.latency)
        chat = int(params.get("chat_id", 0))
        if method == "setWebhook":
            self.ready.set()
        if method in ("sendMessage", "editMessageText", "sendPhoto", "editMessageMedia"):
            self.shown(chat, params)
            return answer_of({**message(chat, 2), "from": ME, "text": "…"})
        return answer_of(ME if method == "getMe" else True)

    async def batch(self, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the long poll's
        await asyncio.sleep(self.latency)
        found: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(timeout or 0.01):
                found.append(await self.waiting.get())
        except TimeoutError:
            return []
        while len(found) < 100 and not self.waiting.empty():  # noqa: PLR2004 - Telegram's limit
            found.append(self.waiting.get_nowait())
        return found


async def parameters(request: web.Request) -> dict[str, Any]:
    """What was sent, as JSON or as a form."""
    if request.content_type == "application/json":
        body = await request.read()
        return dict(orjson.loads(body)) if body else {}
    form: dict[str, Any] = dict(await request.post())
    return {**form, "reply_markup": orjson.loads(form["reply_markup"])} if "reply_markup" in form else form


def answer_of(result: Any) -> web.Response:  # noqa: ANN401 - JSON
    return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")


def message(chat: int, number: int) -> dict[str, Any]:
    return {"message_id": number, "date": 1790000000, "chat": {"id": chat, "type": "private", "first_name": "Ann"}}


def person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Ann"}


def start(folder: str, options: argparse.Namespace, number: int = 0) -> subprocess.Popen[bytes]:
    """One process of the bot that is asked for, on the first core; the load runs on the second."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": f"http://127.0.0.1:{API}",
        "DATABASE_URL": options.database or f"sqlite:///{folder}/data/bot.sqlite3",
        "DATA_KEY": base64.urlsafe_b64encode(bytes(range(32))).decode(),
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "WEBHOOK_SECRET": SECRET,
        "HOOK_PORT": str(HOOK + number),
    }
    if options.intake == "webhook":
        environment |= {
            "WEBHOOK_URL": f"http://127.0.0.1:{HOOK + number}/hook",
            "WEBHOOK_LISTEN": f"127.0.0.1:{HOOK + number}",
        }
    rival = [options.python, str(Path(__file__).with_name("rivals.py")), options.bot, options.intake]
    command = [sys.executable, "-m", "bot", "run"] if options.bot == "ours" else rival
    process = subprocess.Popen(command, cwd=folder, env=environment)
    os.sched_setaffinity(process.pid, {0})
    return process


def used(process: subprocess.Popen[bytes]) -> float:
    """CPU seconds of a process so far."""
    ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes in memory now."""
    return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """One run, from an empty database."""
    load = Load(options.latency / 1000, options.intake == "polling", options.replicas)
    app = web.Application(client_max_size=10**7)
    app.router.add_post(f"/bot{TOKEN}/{{method}}", load.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", API, backlog=1024).start()
    with tempfile.TemporaryDirectory() as folder:
        processes = [start(folder, options, number) for number in range(options.replicas)]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as load.session:
            try:
                await asyncio.wait_for(load.ready.wait(), START_SECONDS)
                result = await (burst if options.burst else steady)(load, options, processes)
            finally:
                load.over = True
                for process in processes:
                    process.kill()
                    process.wait()
    await runner.cleanup()
    return {**vars(options), **result}


async def steady(load: Load, options: argparse.Namespace, processes: Processes) -> dict[str, Any]:
    """People who come at an even pace."""
    for chat in range(1, 1 + 4 * options.replicas):
        load.says(chat)
    await load.quiet()
    load.took.clear()
    cpu, began, first = sum(map(used, processes)), time.perf_counter(), sum(map(memory, processes))
    for number in range(options.rate * options.seconds // 3):
        load.says(1000 + number)
        ahead = began + (number + 1) * 3 / options.rate - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
    await load.quiet()
    lasted = time.perf_counter() - began
    last = sum(map(memory, processes))
    return {**report(load, lasted, sum(map(used, processes)) - cpu, last), "memory_first_mb": round(first)}


async def burst(load: Load, options: argparse.Namespace, processes: Processes) -> dict[str, Any]:
    """All of it waits already, as after a restart. Taps are left out."""
    cpu, began = sum(map(used, processes)), time.perf_counter()
    for number in range(options.burst):
        load.taps[1000 + number] = 2
        load.says(1000 + number)
    await load.quiet()
    return report(load, time.perf_counter() - began, sum(map(used, processes)) - cpu, sum(map(memory, processes)))


def report(load: Load, lasted: float, cpu: float, megabytes: float) -> dict[str, Any]:
    took = sorted(load.took)

    def at(share: float) -> float:
        return round(1000 * took[min(int(len(took) * share), len(took) - 1)], 1)

    return {
        "turns": len(took), "turns_per_second": round(len(took) / lasted), "p50_ms": at(0.5), "p99_ms": at(0.99),
        "cpu_ms_a_turn": round(1000 * cpu / len(took), 2), "memory_mb": round(megabytes), "lost": len(load.began),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=300, help="turns a second")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--latency", type=float, default=50, help="of the Bot API, milliseconds")
    parser.add_argument("--intake", choices=("webhook", "polling"), default="webhook")
    parser.add_argument("--bot", choices=("ours", "ptb", "ptb-concurrent", "aiogram"), default="ours")
    parser.add_argument("--python", default=sys.executable, help="for other bots: a Python with their libraries")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--burst", type=int, default=0, help="so many texts wait at the start, instead of a rate")
    parser.add_argument("--database", default="", help="default: SQLite in a temporary folder")
    os.sched_setaffinity(0, {(os.cpu_count() or 1) - 1})  # the bot has the other core for itself
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(json.dumps(runner.run(run(parser.parse_args()))) + "\n")


if __name__ == "__main__":
    main()
