"""Draws charts and pages with matplotlib, which is imported at the first use. Safe to call from many threads."""

import io
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from bot.rendering.tables import Chart, Page

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BEFORE_COLOUR: Final = "#b35900"
AFTER_COLOUR: Final = "#00695c"
INK: Final = "#222222"
PALE: Final = "#d0d0d0"
A4: Final = (8.27, 11.69)  # inches
LINE_CHARACTERS: Final = (
    78  # characters of the body that fit across the page; large letters, because it is read on phones
)
BODY, SMALL, TITLE = 12.0, 10.5, 18.0  # points
_MANY_SESSIONS = 20  # from this number on the marks are smaller

_one_at_a_time = threading.Lock()  # threads share the library's settings and font caches


def chart_png(chart: Chart) -> bytes:
    """The chart as a PNG of 1080 by 1080 pixels, in light colours and legible on a phone."""
    with _drawing():
        figure = _figure(figsize=(5.4, 5.4), dpi=200)
        axes = figure.add_axes((0.1, 0.13, 0.86, 0.66))
        _draw(axes, chart, size=12)
        figure.text(0.06, 0.945, chart.title, fontsize=15, weight="bold", color=INK, va="center")
        _legend(figure, axes, 13, (0.045, 0.905))
        return _saved(figure, "png")


def report_pdf(page: Page) -> bytes:
    """The report for the doctor as a PDF of one A4 page."""
    with _drawing():
        figure = _figure(figsize=A4)
        figure.text(0.08, 0.945, page.title, fontsize=TITLE, weight="bold", color=INK)
        _write(figure, 0.915, page.lines, BODY)
        figure.text(0.08, 0.832, page.chart.title, fontsize=BODY, weight="bold", color=INK)
        axes = figure.add_axes((0.11, 0.615, 0.81, 0.185))
        _draw(axes, page.chart, size=SMALL)
        _legend(figure, axes, SMALL, (0.5, 0.845))
        _sections(figure, page)
        _write(figure, 0.1, textwrap.wrap(page.note, LINE_CHARACTERS + 12), SMALL)
        return _saved(figure, "pdf", metadata={"Title": page.title, "CreationDate": None})


@contextmanager
def _drawing() -> Iterator[None]:
    """Holds the lock and applies our settings, which make the text of a PDF searchable."""
    from matplotlib import rc_context  # noqa: PLC0415 - takes half a second, so only when something is drawn

    with _one_at_a_time, rc_context({"font.family": "DejaVu Sans", "pdf.fonttype": 42}):
        yield


def _figure(**options: Any) -> "Figure":  # noqa: ANN401 - the library's own arguments
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    return Figure(facecolor="white", **options)


def _draw(axes: "Axes", chart: Chart, size: float) -> None:
    """Draws each session as a line from its rating before to the one after, in order along the axis."""
    positions = range(len(chart.days))
    mark_size = size if len(chart.days) < _MANY_SESSIONS else size / 2
    for position, before, after in zip(positions, chart.before, chart.after, strict=True):
        if before is not None and after is not None:
            axes.plot((position, position), (before, after), color=PALE, linewidth=mark_size / 2, zorder=1)
    for label, colour, numbers, marker in (
        (chart.before_label, BEFORE_COLOUR, chart.before, "D"),
        (chart.after_label, AFTER_COLOUR, chart.after, "o"),
    ):
        rated = [(position, number) for position, number in zip(positions, numbers, strict=True) if number is not None]
        xs, ys = [position for position, _ in rated], [number for _, number in rated]
        axes.plot(
            xs,
            ys,
            marker,
            color=colour,
            markersize=mark_size if marker == "D" else mark_size * 0.8,
            label=label,
            zorder=2,
        )
    _axes(axes, chart, size)


def _axes(axes: "Axes", chart: Chart, size: float) -> None:
    axes.set_ylim(-0.5, 10.5)
    axes.set_yticks(range(0, 11, 2))
    count = len(chart.days)
    axes.set_xlim(-0.6, max(count - 0.4, 1.6))
    step = max(1, -(-count // 4))
    ticks = list(range(0, count, step))
    axes.set_xticks(ticks, [chart.days[position] for position in ticks])
    axes.tick_params(labelsize=size, colors=INK, length=0)
    axes.grid(axis="y", color="#eeeeee")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _legend(figure: "Figure", axes: "Axes", size: float, corner: tuple[float, float]) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="upper left", bbox_to_anchor=corner, ncols=2, frameon=False, fontsize=size,
        labelcolor=INK, handletextpad=0.2, columnspacing=1.2, markerscale=0.9, borderaxespad=0,
    )  # fmt: skip


def _sections(figure: "Figure", page: Page) -> None:
    top = 0.54
    for heading, lines in page.sections:
        figure.text(0.08, top, heading, fontsize=BODY, weight="bold", color=INK)
        wrapped = [part for line in lines for part in textwrap.wrap(line, LINE_CHARACTERS, subsequent_indent="   ")]
        top = _write(figure, top - 0.022, wrapped, BODY) - 0.01


def _write(figure: "Figure", top: float, lines: "tuple[str, ...] | list[str]", size: float) -> float:
    """Writes lines from `top` downwards (0 to 1 of the page's height); returns the top of the next line."""
    height = size * 1.45 / 72 / A4[1]
    for line in lines:
        figure.text(0.08, top, line, fontsize=size, color=INK, parse_math=False)
        top -= height
    return top


def _saved(figure: "Figure", file_format: str, **options: Any) -> bytes:  # noqa: ANN401 - as above
    content = io.BytesIO()
    figure.savefig(content, format=file_format, **options)
    return content.getvalue()
