"""What the chart, the page for the doctor and the table of a diary are made of: words and numbers, nothing drawn."""

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

MOST_ROWS, MOST_POINTS, MOST_FLAGS = 5, 7, 3  # on the page for the doctor, which is one page


@dataclass(frozen=True, slots=True)
class Chart:
    """Before and after over time. `days` are the dates as they are written; a number that was skipped is None."""

    title: str
    before_label: str
    after_label: str
    days: tuple[str, ...]
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page for the doctor: lines below the title, the chart, then headings with their lines, and a note."""

    title: str
    lines: tuple[str, ...]
    chart: Chart
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    note: str


def moment(at: float, zone: str) -> datetime:
    """The local time."""
    return datetime.fromtimestamp(at, zone_of(zone or "+00:00"))


def day(at: float, zone: str) -> str:
    """The local date."""
    return moment(at, zone).date().isoformat()


def chart(entries: Sequence[DiaryEntry], zone: str, voice: Wording) -> Chart:
    """What the chart shows."""
    return Chart(
        voice.plain("progress.title"),
        voice.plain("progress.before"),
        voice.plain("progress.after"),
        tuple(_written(moment(entry.at, zone), voice) for entry in entries),
        tuple(entry.before for entry in entries),
        tuple(entry.after for entry in entries),
    )


def report(reply: Report, voice: Wording) -> Page:
    """What stands on the page for the doctor."""
    entries, zone = reply.entries, reply.zone
    period = {"from": day(entries[0].at, zone), "to": day(entries[-1].at, zone), "sessions": str(len(entries))}
    lines = [_say(voice, "report.period", **period), _average(entries, voice)]
    lines.append(_say(voice, "report.dates", zone=zone.replace("_", " ") or "UTC"))
    sections = (
        (voice.plain("report.complaints"), _by_complaint(entries, voice)),
        (voice.plain("report.points"), _by_point(entries, voice)),
        (voice.plain("report.ticked"), _ticked(reply, voice)),
        (voice.plain("report.flags"), _flags(reply, voice)),
    )
    return Page(
        voice.plain("report.title"), tuple(lines), chart(entries, zone, voice), sections, voice.plain("report.note")
    )


def csv_rows(entries: Sequence[DiaryEntry], zone: str, voice: Wording) -> list[list[str]]:
    """The diary as a table, its head first."""
    rows = [voice.plain("report.csv").split(",")]
    for entry in entries:
        numbers = ["" if number is None else str(number) for number in (entry.before, entry.after)]
        local = moment(entry.at, zone).isoformat(timespec="minutes")
        rows.append([local, _complaint(entry, voice), " ".join(entry.points), *numbers])
    return rows


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """The table as a file; the mark at its start tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _written(day_: datetime, voice: Wording) -> str:
    """The date in two short lines."""
    month = voice.plain(f"month.{day_.month}")
    return _say(voice, "progress.day", day=str(day_.day), month=month, year=str(day_.year))


def _say(voice: Wording, key: str, **values: str) -> str:
    """A phrase as plain text: a page has no markup."""
    return unescape(voice.phrase(key, **values))


def _average(entries: Sequence[DiaryEntry], voice: Wording) -> str:
    means = averages(entries)
    if means is None:
        return voice.plain("report.no_average")
    rated, before, after = means
    return _say(voice, "report.average", rated=str(rated), before=f"{before:.1f}", after=f"{after:.1f}")


def _complaint(entry: DiaryEntry, voice: Wording) -> str:
    """Names of today's knowledge; a complaint that is no longer in it keeps its id."""
    known = voice.texts.conditions
    names = [known[id_].name if id_ in known else id_.replace("_", " ") for id_ in entry.conditions]
    return voice.listed(names) if names else voice.plain("report.point_alone")


def _by_complaint(entries: Sequence[DiaryEntry], voice: Wording) -> tuple[str, ...]:
    groups: dict[str, list[DiaryEntry]] = {}
    for entry in entries:
        groups.setdefault(_complaint(entry, voice), []).append(entry)
    rows = []
    for name, own in sorted(groups.items(), key=lambda item: -len(item[1])):
        means = averages(own)
        if means is None:
            rows.append(_say(voice, "report.row", name=name, times=str(len(own))))
        else:
            said = {"times": str(len(own)), "before": f"{means[1]:.1f}", "after": f"{means[2]:.1f}"}
            rows.append(_say(voice, "report.row_average", name=name, **said))
    return _shortened(rows, MOST_ROWS, voice)


def _by_point(entries: Sequence[DiaryEntry], voice: Wording) -> tuple[str, ...]:
    times: dict[str, int] = {}
    for code in (code for entry in entries for code in entry.points):
        times[code] = times.get(code, 0) + 1
    rows = []
    for code, count in sorted(times.items(), key=lambda item: -item[1]):
        name = voice.point_name(code) if code in voice.texts.points else code
        rows.append(_say(voice, "report.row", name=name, times=str(count)))
    return (_listed(_shortened(rows, MOST_POINTS, voice), voice),)


def _listed(names: Sequence[str], voice: Wording) -> str:
    """Names in a row, which may hold commas themselves."""
    return f"{voice.plain('report.separator')} ".join(names)


def _shortened(rows: list[str], most: int, voice: Wording) -> tuple[str, ...]:
    if len(rows) <= most:
        return tuple(rows)
    return (*rows[: most - 1], _say(voice, "report.more", count=str(len(rows) - most + 1)))


def _ticked(reply: Report, voice: Wording) -> tuple[str, ...]:
    if reply.ticks is None:
        return (voice.plain("report.ticked_unknown"),)
    ticked = _listed([voice.texts.checklist[row].label for row in reply.ticks], voice)
    return (ticked or voice.plain("report.ticked_none"),)


def _flags(reply: Report, voice: Wording) -> tuple[str, ...]:
    names = list(dict.fromkeys(voice.name(Term("flag", id_)) for id_ in reply.flags))
    return (_listed(_shortened(names, MOST_FLAGS, voice), voice) or voice.plain("report.flags_none"),)
