"""How long the tests wait for what must come. They wait for events; this is the one deadline, and a last resort."""

import os
import time
from collections.abc import Callable
from typing import Final

# Seconds. A test that succeeds never waits as long as this: it only keeps one that fails from hanging. It is far more
# than anything takes on a machine that is busy with other work. PATIENCE=10 makes failures come sooner on a quiet one.
PATIENCE: Final = float(os.environ.get("PATIENCE", "120"))
LOOKS_EVERY: Final = 0.05  # seconds, where there is no event to wait for and a condition is looked at again and again


def until(met: Callable[[], bool], otherwise: str) -> None:
    """Waits until `met` holds. Fails with the words of `otherwise` when patience has run out."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, otherwise
        time.sleep(LOOKS_EVERY)
