"""Stands beside a test run and, when that is gone, ends what it has left behind: it may have been killed.

Reads lines: "+1234" for a process group that has begun, "-1234" for one that has ended. The end of the input is the
end of the test run.
"""

import os
import signal
import sys
import time

GRACE = 2.0  # seconds between asking and killing: a database server tidies up when it is asked


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        change = groups.add if line.startswith("+") else groups.discard
        change(int(line[1:]))
    groups = send(groups, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while groups and time.monotonic() < until:
        time.sleep(0.05)
        groups = send(groups, 0)
    send(groups, signal.SIGKILL)


def send(groups: set[int], number: int) -> set[int]:
    """Sends a signal to process groups; returns those that still exist."""
    left = set()
    for group in groups:
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            continue
        left.add(group)
    return left


if __name__ == "__main__":
    main()
