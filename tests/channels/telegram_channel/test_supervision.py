"""What goes on beside the handlers is logged and begun again when it breaks off, whatever it broke off by."""

import asyncio
import itertools

import pytest

from bot.channels.telegram import supervision
from bot.channels.telegram.supervision import keep_running
from bot.services.counters import Counters
from tests.patience import PATIENCE


def test_work_that_breaks_off_is_counted_logged_without_its_message_and_begun_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "RESTART_SECONDS", 0.0)
    counters, starts = Counters(), itertools.count(1)

    async def run() -> None:
        reached = asyncio.Event()

        async def work() -> None:
            match next(starts):
                case 1:
                    raise TypeError("my chest hurts")
                case 2:
                    async with asyncio.TaskGroup() as group:
                        group.create_task(asyncio.wait_for(asyncio.Event().wait(), 0))
                case 3:
                    return
                case _:
                    reached.set()
                    await asyncio.Event().wait()

        task = asyncio.create_task(keep_running("the work", work, counters))
        await asyncio.wait_for(reached.wait(), PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert counters.read().errors == 2
    assert [record.message.partition(" at ")[0] for record in caplog.records] == [
        "the work broke off and begins again in 0 s: TypeError",
        "the work broke off and begins again in 0 s: ExceptionGroup",
    ]
    assert "chest" not in caplog.text
