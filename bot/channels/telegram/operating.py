"""An HTTP server for operators: /healthz, /readyz and /metrics, without personal data."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.channels.telegram.intake import CannotRunError
from bot.services.counters import BUCKETS, Counters
from bot.storage.errors import StorageError
from bot.storage.store import Store


@dataclass(frozen=True, slots=True)
class Operating:
    """The operators' server. `ready`: whether updates are received now; `in_hand`: how many are being handled;
    `reloads`: how often new knowledge was put into use."""

    counters: Counters
    store: Store
    ready: Callable[[], bool]
    in_hand: Callable[[], int]
    reloads: Callable[[], int]

    async def serve(self, host: str, port: int) -> web.AppRunner:
        """Starts serving; the caller cleans the runner up. Raises CannotRunError if the address cannot be opened."""
        app = web.Application()
        app.router.add_get("/healthz", self.health)
        app.router.add_get("/readyz", self.readiness)
        app.router.add_get("/metrics", self.metrics)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise CannotRunError(
                f"OPERATING_LISTEN: {host}:{port} cannot be opened ({error.strerror}). Choose another."
            ) from None
        return runner

    async def health(self, _: web.Request) -> web.Response:
        """Answers 200 as long as the process runs."""
        return web.Response(text="ok\n")

    async def readiness(self, _: web.Request) -> web.Response:
        """Answers 200 if updates are received and the database answers, else 503 with the reason."""
        if not self.ready():
            return web.Response(text="not taking updates\n", status=503)
        try:
            await asyncio.to_thread(self.store.ping)
        except StorageError:
            return web.Response(text="the database does not answer\n", status=503)
        return web.Response(text="ok\n")

    async def metrics(self, _: web.Request) -> web.Response:
        """Answers with the counters in Prometheus' text format."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Collector(self.counters, self.in_hand(), self.reloads()))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Collector(Collector):
    def __init__(self, counters: Counters, in_hand: int, reloads: int) -> None:
        self._counters = counters
        self._in_hand = in_hand
        self._reloads = reloads

    def collect(self) -> Iterator[Metric]:
        counts = self._counters.read()
        for name, description, value in (
            ("updates", "Updates that came in", counts.updates),
            ("errors", "Updates that failed", counts.errors),
            ("parked", "Answers that had to wait: Telegram asked for it, or could not be reached", counts.deferred),
            ("unreadable", "Updates that could not be read, or only their text", counts.unreadable),
            ("blocked", "Answers that could not be sent: the person has left", counts.blocked),
            ("reloads", "Times that other knowledge was made live", self._reloads),
            ("red_flags", "Turns that answered a warning sign", counts.urgent),
            ("matched", "Texts that were understood", counts.matched),
            ("unmatched", "Texts that nobody understood", counts.unmatched),
        ):
            yield CounterMetricFamily(f"acupressure_{name}", description, value=value)
        answers = CounterMetricFamily("acupressure_answers", "Turns of private chats, by the answer", labels=["kind"])
        for kind, count in sorted(counts.kinds.items()):
            answers.add_metric([kind], count)
        yield answers
        yield GaugeMetricFamily("acupressure_in_hand", "Updates in hand now", value=self._in_hand)
        buckets = [(str(limit), count) for limit, count in zip(BUCKETS, counts.within, strict=True)]
        yield HistogramMetricFamily(
            "acupressure_turn_seconds",
            "From taking an update to its answer",
            buckets=[*buckets, ("+Inf", counts.turns)],
            sum_value=counts.seconds,
        )
