"""The contents of a diary's chart, report and table: words and numbers, not yet drawn."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from bot.domain.state.diary import DiaryEntry, averages
from bot.domain.state.reminders import zone_of
from bot.domain.turns.replies import Term
from bot.domain.turns.session_replies import Report
from bot.rendering.wording import Wording

MOST_ROWS, MOST_POINTS, MOST_FLAGS = 5, 7, 3  # on the report for the doctor, which is one page


@dataclass(frozen=True, slots=True)
class Chart:
    """Ratings (0 to 10) before and after each session. `days` are the labels of the dates; a skipped rating is None."""

    title: str
    before_label: str
    after_label: str
    days: tuple[str, ...]
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The report for the doctor. `sections` are headings with their lines; `note` is the text at the bottom."""

    title: str
    lines: tuple[str, ...]
    chart: Chart
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    note: str


def local_time(at: float, zone: str) -> datetime:
    """The local time of a moment in seconds since 1970. `zone`: a time zone's name or offset; "" means UTC."""
    return datetime.fromtimestamp(at, zone_of(zone or "+00:00"))


def local_date(at: float, zone: str) -> str:
    """The local date of a moment, as "2031-10-13"; see `local_time`."""
    return local_time(at, zone).date().isoformat()


def chart(entries: Sequence[DiaryEntry], zone: str, wording: Wording) -> Chart:
    """The contents of the chart."""
    return Chart(
        wording.plain("progress.title"),
        wording.plain("progress.before"),
        wording.plain("progress.after"),
        tuple(_day_label(local_time(entry.at, zone), wording) for entry in entries),
        tuple(entry.before for entry in entries),
        tuple(entry.after for entry in entries),
    )


def report(reply: Report, wording: Wording) -> Page:
    """The contents of the report for the doctor. Raises IndexError without a diary entry."""
    entries, zone = reply.entries, reply.zone
    period = {
        "from": local_date(entries[0].at, zone),
        "to": local_date(entries[-1].at, zone),
        "sessions": str(len(entries)),
    }
    lines = [_plain_phrase(wording, "report.period", **period), _average(entries, wording)]
    lines.append(_plain_phrase(wording, "report.dates", zone=zone.replace("_", " ") or "UTC"))
    sections = (
        (wording.plain("report.complaints"), _by_complaint(entries, wording)),
        (wording.plain("report.points"), _by_point(entries, wording)),
        (wording.plain("report.ticked"), _ticked(reply, wording)),
        (wording.plain("report.flags"), _flags(reply, wording)),
    )
    return Page(
        wording.plain("report.title"),
        tuple(lines),
        chart(entries, zone, wording),
        sections,
        wording.plain("report.note"),
    )


def csv_rows(entries: Sequence[DiaryEntry], zone: str, wording: Wording) -> list[list[str]]:
    """The diary as a table, headings first. A skipped rating is empty."""
    rows = [wording.plain("report.csv").split(",")]
    for entry in entries:
        numbers = ["" if number is None else str(number) for number in (entry.before, entry.after)]
        local = local_time(entry.at, zone).isoformat(timespec="minutes")
        rows.append([local, _complaint(entry, wording), " ".join(entry.points), *numbers])
    return rows


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """The table as the bytes of a CSV file. A byte order mark tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _day_label(date: datetime, wording: Wording) -> str:
    """A date in two short lines."""
    month = wording.plain(f"month.{date.month}")
    return _plain_phrase(wording, "progress.day", day=str(date.day), month=month, year=str(date.year))


def _plain_phrase(wording: Wording, key: str, **values: str) -> str:
    """A phrase with values as plain text, because a report has no markup."""
    return unescape(wording.phrase(key, **values))


def _average(entries: Sequence[DiaryEntry], wording: Wording) -> str:
    means = averages(entries)
    if means is None:
        return wording.plain("report.no_average")
    rated, before, after = means
    return _plain_phrase(wording, "report.average", rated=str(rated), before=f"{before:.1f}", after=f"{after:.1f}")


def _complaint(entry: DiaryEntry, wording: Wording) -> str:
    """The names of an entry's complaints. One that is no longer in the knowledge is named by its id."""
    known = wording.texts.conditions
    names = [known[id_].name if id_ in known else id_.replace("_", " ") for id_ in entry.conditions]
    return wording.listed(names) if names else wording.plain("report.point_alone")


def _by_complaint(entries: Sequence[DiaryEntry], wording: Wording) -> tuple[str, ...]:
    groups: dict[str, list[DiaryEntry]] = {}
    for entry in entries:
        groups.setdefault(_complaint(entry, wording), []).append(entry)
    rows = []
    for name, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        means = averages(group)
        if means is None:
            rows.append(_plain_phrase(wording, "report.row", name=name, times=str(len(group))))
        else:
            numbers = {"times": str(len(group)), "before": f"{means[1]:.1f}", "after": f"{means[2]:.1f}"}
            rows.append(_plain_phrase(wording, "report.row_average", name=name, **numbers))
    return _shortened(rows, MOST_ROWS, wording)


def _by_point(entries: Sequence[DiaryEntry], wording: Wording) -> tuple[str, ...]:
    times: dict[str, int] = {}
    for code in (code for entry in entries for code in entry.points):
        times[code] = times.get(code, 0) + 1
    rows = []
    for code, count in sorted(times.items(), key=lambda item: -item[1]):
        name = wording.point_name(code) if code in wording.texts.points else code
        rows.append(_plain_phrase(wording, "report.row", name=name, times=str(count)))
    return (_listed(_shortened(rows, MOST_POINTS, wording), wording),)


def _listed(names: Sequence[str], wording: Wording) -> str:
    """Joins names that may contain commas."""
    return f"{wording.plain('report.separator')} ".join(names)


def _shortened(rows: list[str], most: int, wording: Wording) -> tuple[str, ...]:
    if len(rows) <= most:
        return tuple(rows)
    return (*rows[: most - 1], _plain_phrase(wording, "report.more", count=str(len(rows) - most + 1)))


def _ticked(reply: Report, wording: Wording) -> tuple[str, ...]:
    if reply.ticks is None:
        return (wording.plain("report.ticked_unknown"),)
    ticked = _listed([wording.texts.checklist[row].label for row in reply.ticks], wording)
    return (ticked or wording.plain("report.ticked_none"),)


def _flags(reply: Report, wording: Wording) -> tuple[str, ...]:
    names = list(dict.fromkeys(wording.name(Term("flag", id_)) for id_ in reply.flags))
    return (_listed(_shortened(names, MOST_FLAGS, wording), wording) or wording.plain("report.flags_none"),)
