"""Our bot beside others, with the same people: how many turns a second each can do, and what a turn costs.

python -m benchmarks.delivery.compare --python PYTHON [--seconds 5] [--plot FILE.svg]
PYTHON has the other libraries: pip install "python-telegram-bot[webhooks]" aiogram. Ours does the whole conversation,
with its knowledge and database; the others answer one fixed line. Each has one core, the load has another. A rate is
carried when nobody is left without an answer and 99 of 100 turns take at most 150 ms more than one call of the Bot API.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

RATES = (3, 6, 10, 20, 40, 80, 120, 160, 200, 250, 300, 350, 400, 450, 500, 550, 600, 700, 800, 1000)
FEW = {"ptb": 5, "ptb-concurrent": 10}  # so many of the rates are tried: far more than these bots carry
SLOWEST = 150.0  # ms
BOTS = ("ptb", "ptb-concurrent", "aiogram", "ours")


def measure(bot: str, intake: str, latency: int, rate: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """One run."""
    command = [sys.executable, "-m", "benchmarks.delivery.load", "--bot", bot, "--intake", intake, "--rate", str(rate)]
    command += ["--latency", str(latency), "--seconds", str(arguments.seconds), "--python", arguments.python]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def highest(bot: str, intake: str, latency: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """The run at the highest rate that was carried: halving what is between carried and not carried."""
    best: dict[str, Any] = {"bot": bot, "intake": intake, "latency": latency, "carried": 0}
    low, high = -1, FEW.get(bot, len(RATES))
    while high - low > 1:
        middle = (low + high) // 2
        run = measure(bot, intake, latency, RATES[middle], arguments)
        if run and not run["lost"] and run["p99_ms"] <= SLOWEST + latency:
            best, low = {**run, "carried": RATES[middle]}, middle
        else:
            high = middle
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    rows = []
    say("| bot | intake | Bot API | turns/s carried | p50, p99 ms | CPU a turn | memory |")
    say("|---|---|---|---|---|---|---|")
    for intake in ("webhook", "polling"):
        for latency in (50, 0):
            for bot in BOTS:
                row = highest(bot, intake, latency, arguments)
                rows.append(row)
                times = f"{row.get('p50_ms', '-')}, {row.get('p99_ms', '-')}"
                cost = f"{row.get('cpu_ms_a_turn', '-')} ms | {row.get('memory_mb', '-')} MB"
                say(f"| {bot} | {intake} | {latency} ms | {row['carried']} | {times} | {cost} |")
    if arguments.plot:
        arguments.plot.write_text(plot(rows), "utf-8")


def plot(rows: list[dict[str, Any]]) -> str:
    """Bars: turns a second at 50 ms."""
    shown = [row for row in rows if row["latency"]]
    most = max(row["carried"] for row in shown)
    bars = []
    for place, row in enumerate(shown):
        y, width = 20 + 34 * place, 420 * row["carried"] / most
        colour = "#1f7a7a" if row["bot"] == "ours" else "#9aa5b1"
        bars.append(
            f'<text x="170" y="{y + 17}" text-anchor="end">{row["bot"]}, {row["intake"]}</text>'
            f'<rect x="180" y="{y}" width="{width:.0f}" height="24" fill="{colour}"/>'
            f'<text x="{188 + width:.0f}" y="{y + 17}">{row["carried"]}</text>'
        )
    height = 40 + 34 * len(shown)
    size = f'width="680" height="{height}" font-family="sans-serif" font-size="13"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="100%" height="100%" fill="white"/>'
    title = '<text x="180" y="14">Turns a second on one core, Bot API at 50 ms, p99 at most 200 ms</text>'
    return "\n".join([head, title, *bars, "</svg>\n"])


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
