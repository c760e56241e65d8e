"""The plots of the benchmarks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator

from benchmarks.growth import Size
from benchmarks.matchers import METHODS
from benchmarks.outcomes import Outcome
from benchmarks.scoring import AT_ONCE, ORDER, RIGHT, Tally
from benchmarks.timing import Times

COLOURS = dict(zip(METHODS, ("#0b6e4f", "#e08e45", "#7d8597", "#b5838d"), strict=True))  # told apart also in grey
MORE_IS_BETTER = (
    RIGHT,
    AT_ONCE,
    "several complaints: each one found",
    "several complaints: all of them found",
    "emergency recognised",
)
UNSURE = "unsure"
BAR = 0.2
BESIDE = 3  # small plots beside each other
RIGHT_COLOUR, AT_ONCE_COLOUR = "#0b6e4f", "#e08e45"
LONG = 35  # characters of a row that are parted


def compared(
    scores: Mapping[str, Mapping[str, Tally]],
    took: Mapping[str, Times],
    sizes: Mapping[int, Mapping[str, Size]],
    file: Path,
) -> None:
    """Draws the rows of the score for each method, what should be high above what should be low, and the times."""
    mpl.use("Agg")
    rows = [row for row in ORDER if row in scores[METHODS[0]] and not row.startswith(UNSURE)]
    high = [row for row in rows if row in MORE_IS_BETTER]
    low = [row for row in rows if row not in MORE_IS_BETTER]
    figure = plt.figure(figsize=(13, 9), layout="constrained")
    grid = figure.add_gridspec(2, 2, height_ratios=(max(len(high), 1), max(len(low), 1)), width_ratios=(3, 2))
    _bars(figure.add_subplot(grid[0, 0]), high, scores, "The longer the better")
    _bars(figure.add_subplot(grid[1, 0]), low, scores, "The shorter the better")
    if sizes:
        _lines(figure.add_subplot(grid[:, 1]), sizes)
    else:
        _times(figure.add_subplot(grid[:, 1]), took)
    handles = [Patch(color=COLOURS[name]) for name in METHODS]
    figure.legend(handles, METHODS, loc="outside upper center", ncols=len(METHODS), frameon=False)
    _saved(figure, file)


def _bars(axes: Axes, rows: Sequence[str], scores: Mapping[str, Mapping[str, Tally]], title: str) -> None:
    for place, name in enumerate(METHODS):
        heights = [at + (place - 1.5) * BAR for at in range(len(rows))]
        shares = [scores[name][row].share * 100 if row in scores[name] else 0.0 for row in rows]
        bars = axes.barh(heights, shares, BAR * 0.9, color=COLOURS[name])
        axes.bar_label(bars, [f"{share:.1f}" for share in shares], padding=3, fontsize=7)
    axes.set_yticks(range(len(rows)), [_wrapped(row) for row in rows], fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 109 if title.startswith("The longer") else None)
    axes.margins(x=0.1)
    axes.set_title(f"{title} (%)", fontsize=10, loc="left")
    _plain(axes)


def _lines(axes: Axes, sizes: Mapping[int, Mapping[str, Size]]) -> None:
    for name in METHODS:
        middle = [sizes[factor][name].p50 / 1000 for factor in sizes]
        late = [sizes[factor][name].p99 / 1000 for factor in sizes]
        axes.plot(list(sizes), middle, color=COLOURS[name], marker="o", markersize=4, linewidth=2)
        axes.plot(list(sizes), late, color=COLOURS[name], marker=".", linewidth=1, linestyle=":")
        if name == METHODS[0]:
            for factor, each in zip(sizes, middle, strict=True):
                axes.annotate(f"{each:.2g}", (factor, each), (0, -14), textcoords="offset points", ha="center")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(list(sizes), [f"x {factor}\n{sizes[factor][METHODS[0]].phrases:,}" for factor in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:g}")
    axes.margins(x=0.12)
    axes.set_xlabel("phrases")
    axes.set_title("ms a message (line: half of them within,\ndots: 99 of 100 within)", fontsize=10, loc="left")
    axes.grid(axis="y", alpha=0.3)
    _plain(axes)


def _times(axes: Axes, took: Mapping[str, Times]) -> None:
    bars = axes.barh(METHODS, [took[name].p50 / 1000 for name in METHODS], color=[COLOURS[name] for name in METHODS])
    axes.bar_label(bars, [f"{took[name].p50 / 1000:.2g}" for name in METHODS], padding=3)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.set_title("ms a message, half within", fontsize=10, loc="left")
    _plain(axes)


def moved(curves: Mapping[str, Mapping[float, Outcome]], chosen: Mapping[str, float], file: Path) -> None:
    """Draws right against wrong, one small plot for each threshold that moves either, the chosen value marked."""
    mpl.use("Agg")
    moving = [name for name, curve in curves.items() if len({(each.wrong, each.right) for each in curve.values()}) > 1]
    deep = max(-(-len(moving) // BESIDE), 1)
    size = (4.4 * BESIDE, 3.2 * deep + 1)
    figure, grid = plt.subplots(
        deep, BESIDE, figsize=size, squeeze=False, sharex=True, sharey=True, layout="constrained"
    )
    for axes, name in zip(grid.flat, moving, strict=False):
        _curve(axes, curves[name], chosen[name])
        axes.set_title(f"{name} = {chosen[name]:g}", fontsize=10, loc="left")
    for axes in list(grid.flat)[len(moving) :]:
        axes.set_visible(False)
    figure.supxlabel("wrong: answered with a complaint that is not there (% of complaints and off topic)", fontsize=10)
    figure.supylabel("right (% of complaints)", fontsize=10)
    still = [name for name in curves if name not in moving]
    note = f"\nThese move nothing here: {', '.join(still)}." if still else ""
    title = f"Each threshold moved, the others as they are. Numbers are its values.{note}"
    look = {"linestyle": "", "marker": "o"}
    handles = [
        Line2D([], [], color=RIGHT_COLOUR, markersize=8, markerfacecolor="none", label=RIGHT, **look),  # type: ignore[arg-type]
        Line2D([], [], color=AT_ONCE_COLOUR, markersize=4, label=AT_ONCE, **look),  # type: ignore[arg-type]
        Line2D([], [], color="black", markersize=13, markerfacecolor="none", label="as chosen", **look),  # type: ignore[arg-type]
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3, frameon=False, title=title)
    _saved(figure, file)


def steps_of(curve: Mapping[float, Outcome]) -> list[tuple[list[float], Outcome]]:
    """The curve with neighbouring values that go on equally, rightly and wrongly, put together."""
    steps: list[tuple[list[float], Outcome]] = []
    for value, outcome in sorted(curve.items()):
        last = steps[-1][1] if steps else None
        if last and (last.wrong, last.at_once) == (outcome.wrong, outcome.at_once):
            steps[-1][0].append(value)
        else:
            steps.append(([value], outcome))
    return steps


def _curve(axes: Axes, curve: Mapping[float, Outcome], chosen: float) -> None:
    wrong = [each.wrong * 100 for each in curve.values()]
    axes.plot(wrong, [each.right * 100 for each in curve.values()], "o-", color=RIGHT_COLOUR, ms=8, mfc="none", lw=0.8)
    axes.plot(wrong, [each.at_once * 100 for each in curve.values()], "o-", color=AT_ONCE_COLOUR, ms=4, lw=0.8)
    axes.plot(curve[chosen].wrong * 100, curve[chosen].at_once * 100, "o", color="black", ms=13, mfc="none")
    labels: dict[tuple[float, float], list[str]] = {}
    for values, each in steps_of(curve):
        label = f"{values[0]:g}" if len(values) == 1 else f"{values[0]:g} to {values[-1]:g}"
        labels.setdefault((each.wrong * 100, each.at_once * 100), []).append(label)
    tilted = {"rotation": 40, "rotation_mode": "anchor", "textcoords": "offset points", "fontsize": 8}
    for place, each_of in labels.items():
        axes.annotate(", ".join(each_of), place, (5, 6), **tilted)  # type: ignore[arg-type]
    axes.margins(0.22, 0.22)
    axes.grid(alpha=0.2)
    axes.tick_params(labelbottom=True, labelleft=True)
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)


def _wrapped(row: str) -> str:
    first, comma, rest = row.partition(", " if ", " in row else ": ")
    if not rest and len(row) > LONG:
        first, comma, rest = row.partition(" that ")
    return f"{first}{comma.rstrip()}\n{rest}" if rest else row


def _saved(figure: Figure, file: Path) -> None:
    figure.savefig(file, dpi=110, metadata={"Software": None})
    plt.close(figure)
