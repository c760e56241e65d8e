"""Renders guided sessions and the diary."""

from functools import partial
from html import unescape

from bot.domain.state.diary import averages
from bot.domain.state.session import LEFT, RIGHT
from bot.domain.turns.events import Action
from bot.domain.turns.session_replies import Progress, Report, SessionOutcome, SessionStep
from bot.rendering import drawing, tables
from bot.rendering.cards import how_to_press, with_closing_lines
from bot.rendering.wording import Button, File, RenderedMessage, Wording

CELLS = 10  # of the progress bar
FULL, EMPTY = "█", "░"


def message(reply: SessionStep | SessionOutcome | Progress | Report, wording: Wording) -> RenderedMessage:
    """The message for this reply."""
    match reply:
        case SessionStep():
            return step(reply, wording)
        case SessionOutcome():
            return outcome(reply, wording)
        case Progress():
            return progress(reply, wording)
        case Report():
            return report(reply, wording)


def step(reply: SessionStep, wording: Wording) -> RenderedMessage:
    """The point to press now, how, and the time left. It is a card, so it ends like one (S-34)."""
    point, text = wording.knowledge.points[reply.point], wording.texts.points[reply.point]
    place = wording.texts.regions[point.region]
    counted = {"n": str(reply.number), "m": str(reply.count), "code": reply.point, "place": place}
    if reply.side:
        title = wording.phrase("session.step_side", **counted, side=wording.plain(f"session.{reply.side}"))
    else:
        title = wording.phrase("session.step", **counted)
    clock = "session.paused" if reply.ends_at is None else "session.clock"
    lines = [
        title,
        wording.phrase(clock, bar=progress_bar(reply.left, reply.seconds), time=minutes_and_seconds(reply.left)),
        wording.phrase("session.breathe"),
        wording.phrase("card.find", text=text.find),
        wording.phrase("card.press", how=text.how, press=how_to_press(point, wording)),
    ]
    if text.caution:
        lines.append(wording.phrase("card.caution", text=text.caution))
    picture = point.pictures[0] if point.pictures else ""
    alt = unescape(wording.phrase("session.picture", code=point.id, find=text.find)) if picture else ""
    return RenderedMessage(with_closing_lines(lines, wording), _step_buttons(reply, wording), picture, alt)


def progress_bar(left: float, seconds: int) -> str:
    """A bar of `CELLS` characters for the time that has passed: `left` of `seconds` are left."""
    filled = int(CELLS * (1 - left / seconds)) if seconds else CELLS
    return FULL * filled + EMPTY * (CELLS - filled)


def minutes_and_seconds(seconds: float) -> str:
    """Seconds as "1:50"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def outcome(reply: SessionOutcome, wording: Wording) -> RenderedMessage:
    """The result of a session, and the offer of a diary."""
    parts = [_result(reply, wording)]
    buttons: list[tuple[Button, ...]] = []
    if reply.diary is not None:
        parts.append(wording.phrase("outcome.noted" if reply.diary else "outcome.offer"))
        diary = (
            wording.button("progress", Action.PROGRESS) if reply.diary else wording.button("diary_on", Action.DIARY_ON)
        )
        off = [wording.button("diary_off", Action.DIARY_OFF)] if reply.diary else []
        buttons = [(diary,), (wording.button("remind", Action.REMIND), *off)]
    return RenderedMessage("\n\n".join(parts), tuple(buttons))


def progress(reply: Progress, wording: Wording) -> RenderedMessage:
    """The chart of the diary, with one sentence on what it shows and what it does not."""
    means = averages(reply.entries)
    count = str(len(reply.entries))
    if means is None:
        text = wording.phrase("progress.unrated", sessions=count)
    else:
        text = wording.phrase("progress.text", sessions=count, before=f"{means[1]:.1f}", after=f"{means[2]:.1f}")
    period = {
        "from": tables.local_date(reply.entries[0].at, reply.zone),
        "to": tables.local_date(reply.entries[-1].at, reply.zone),
    }
    alt = unescape(wording.phrase("progress.alt", sessions=count, **period))
    picture = File("progress.png", partial(drawing.chart_png, tables.chart(reply.entries, reply.zone, wording)))
    more = (wording.button("report", Action.REPORT), wording.button("diary_off", Action.DIARY_OFF))
    return RenderedMessage(text, (more,), alt=alt, files=(picture,))


def report(reply: Report, wording: Wording) -> RenderedMessage:
    """The report for the doctor as a PDF, and the diary as a CSV table."""
    page = File("diary.pdf", partial(drawing.report_pdf, tables.report(reply, wording)))
    table = File("diary.csv", partial(tables.csv_bytes, tables.csv_rows(reply.entries, reply.zone, wording)))
    return RenderedMessage(wording.phrase("report.text"), files=(page, table))


def _result(reply: SessionOutcome, wording: Wording) -> str:
    if reply.before is None or reply.after is None:
        return wording.phrase("outcome.unrated")
    numbers = {"before": str(reply.before), "after": str(reply.after)}
    if reply.before == reply.after:
        return wording.phrase("outcome.same", after=numbers["after"])
    return wording.phrase("outcome.easier" if reply.after < reply.before else "outcome.bit_worse", **numbers)


def _step_buttons(reply: SessionStep, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    place = str(reply.place)
    paused = reply.ends_at is None
    clock = wording.button("resume", Action.RESUME, place) if paused else wording.button("pause", Action.PAUSE, place)
    sides = [wording.button("other_side", Action.OTHER_SIDE, place)] if reply.side in (LEFT, RIGHT) else []
    following = wording.button("next_step", Action.NEXT_STEP, place)
    return ((clock, *sides, following), (wording.button("hurts", Action.HURTS),))
