"""What a session shows, the chart, the page for the doctor and the table."""

import csv
import io
import re
import zlib
from dataclasses import replace

import pytest

from bot.domain.screening.steps import Clearance
from bot.domain.state.diary import DiaryEntry
from bot.domain.turns.session_replies import Progress, Report, SessionStep
from bot.rendering import render
from bot.rendering.sessions import minutes_and_seconds, progress_bar
from bot.rendering.tables import report
from tests.rendering.every_message import visible
from tests.shipped_knowledge import plain_wording

FIRST = 1_950_000_000.0  # 17 October 2031, 10:40 UTC
ENTRIES = (
    DiaryEntry(FIRST, ("low_back_pain",), ("BL23", "LI4"), 6, 4),
    DiaryEntry(FIRST + 86_400, ("low_back_pain",), ("BL23",), 5, None),
    DiaryEntry(FIRST + 2 * 86_400, (), ("LI4",), 4, 4),
)
STEP = SessionStep(Clearance(("BL40",)), "BL40", "left", 2, 2, 3, 110.0, 180, 60.0)
PNG = b"\x89PNG\r\n\x1a\n"


def test_a_step_says_which_point_where_which_side_and_how_long() -> None:
    title, clock, *_ = visible(render(STEP, plain_wording()).html).splitlines()
    assert title.startswith("Point 2 of 3: BL40, ")
    assert title.endswith(", LEFT")
    assert clock == "███░░░░░░░ 1:50 left"


def test_a_paused_step_says_so_and_offers_to_go_on() -> None:
    message = render(replace(STEP, ends_at=None), plain_wording())
    assert "Paused, 1:50 left" in message.html
    assert message.buttons[0][0].label == "Go on"


@pytest.mark.parametrize(("left", "shown"), [(120, "░" * 10), (119, "░" * 10), (60, "█████░░░░░"), (0, "█" * 10)])
def test_the_bar_fills_as_time_goes_by(left: float, shown: str) -> None:
    assert progress_bar(left, 120) == shown


def test_times_are_minutes_and_seconds() -> None:
    assert (minutes_and_seconds(110), minutes_and_seconds(5), minutes_and_seconds(0)) == ("1:50", "0:05", "0:00")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_chart_is_a_picture_made_anew_each_time_and_says_what_it_does_not_show(count: int) -> None:
    message = render(Progress(ENTRIES[:count], "Europe/Berlin"), plain_wording())
    (file,) = message.files
    assert file.make().startswith(PNG)
    assert file.make() == file.make()
    assert "It does not show why" in message.html
    assert "2031-10-17" in message.alt


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_page_for_the_doctor_is_one_page_even_of_a_short_diary(count: int) -> None:
    page = render(Report(ENTRIES[:count], "", None, ()), plain_wording()).files[0].make()
    assert page.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", page + inflated(page))) == 1


def test_the_page_says_period_complaints_points_ticks_warning_signs_and_the_note() -> None:
    said = report(Report(ENTRIES, "Europe/Berlin", ("varicose_veins",), ("stroke", "question:spine")), plain_wording())
    assert said.lines[0] == "Period: 2031-10-17 to 2031-10-19. Sessions: 3."
    assert said.lines[1] == "On average, of 10: 5.0 before, 4.0 after. Sessions with both numbers: 2."
    sections = dict(said.sections)
    complaints, points, ticked, flags = sections.values()
    assert complaints[0].startswith("2\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}\N{NO-BREAK SPACE}Low back pain")
    assert points[0].startswith("2\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}\N{NO-BREAK SPACE}BL23")
    assert ticked == ("Varicose veins",)
    assert flags == ("signs of a stroke; a warning sign from my question",)
    assert "not checked" in said.note


def test_what_is_no_longer_known_is_said_to_be_erased() -> None:
    said = dict(report(Report(ENTRIES, "", None, ()), plain_wording()).sections)
    assert list(said.values())[2:] == [
        ("not kept (it is erased after an hour)",),
        ("none kept (they are erased after a day)",),
    ]


def test_a_diary_of_points_and_complaints_that_are_gone_is_still_told() -> None:
    old = (DiaryEntry(FIRST, ("no_such_thing",), ("XX9",), 3, 2),)
    said = dict(report(Report(old, "", None, ()), plain_wording()).sections)
    assert "no such thing" in next(iter(said.values()))[0]


def test_a_long_diary_still_fits_the_page() -> None:
    many = tuple(replace(entry, conditions=(f"c{n}",), points=(f"P{n}",)) for n in range(60) for entry in ENTRIES[:1])
    complaints, points, *_ = dict(report(Report(many, "", None, ()), plain_wording()).sections).values()
    assert (len(complaints), len(points)) == (5, 1)
    assert complaints[-1] == "and 56 more"
    assert points[0].endswith("and 54 more")


def test_the_table_has_a_line_a_session_in_local_time() -> None:
    content = render(Report(ENTRIES, "Europe/Berlin", None, ()), plain_wording()).files[1].make().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["time", "complaint", "points", "before", "after"]
    assert rows[1] == ["2031-10-17T12:40+02:00", "Low back pain", "BL23 LI4", "6", "4"]
    assert rows[2][3:] == ["5", ""]
    assert len(rows) == 4


def inflated(pdf: bytes) -> bytes:
    """The packed parts of a PDF, unpacked."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(found)
