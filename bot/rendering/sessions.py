"""Guided sessions and the diary put into words."""

from functools import partial
from html import unescape

from bot.domain.state.diary import averages
from bot.domain.state.session import LEFT, RIGHT
from bot.domain.turns.events import Action
from bot.domain.turns.session_replies import Progress, Report, SessionOutcome, SessionStep
from bot.rendering import drawing, tables
from bot.rendering.cards import closed, pressing
from bot.rendering.wording import Button, File, RenderedMessage, Wording

CELLS = 10  # of the bar
FULL, EMPTY = "█", "░"


def message(reply: SessionStep | SessionOutcome | Progress | Report, voice: Wording) -> RenderedMessage:
    """The message that says this reply."""
    match reply:
        case SessionStep():
            return step(reply, voice)
        case SessionOutcome():
            return outcome(reply, voice)
        case Progress():
            return progress(reply, voice)
        case Report():
            return report(reply, voice)


def step(reply: SessionStep, voice: Wording) -> RenderedMessage:
    """What is pressed now: where, how, how long still. It is a card, so it ends like one (S-34)."""
    point, text = voice.knowledge.points[reply.point], voice.texts.points[reply.point]
    place = voice.texts.regions[point.region]
    counted = {"n": str(reply.number), "m": str(reply.count), "code": reply.point, "place": place}
    if reply.side:
        title = voice.phrase("session.step_side", **counted, side=voice.plain(f"session.{reply.side}"))
    else:
        title = voice.phrase("session.step", **counted)
    clock = "session.paused" if reply.ends_at is None else "session.clock"
    lines = [
        title,
        voice.phrase(clock, bar=bar(reply.left, reply.seconds), time=minutes(reply.left)),
        voice.phrase("session.breathe"),
        voice.phrase("card.find", text=text.find),
        voice.phrase("card.press", how=text.how, press=pressing(point, voice)),
    ]
    if text.caution:
        lines.append(voice.phrase("card.caution", text=text.caution))
    picture = point.pictures[0] if point.pictures else ""
    alt = unescape(voice.phrase("session.picture", code=point.id, find=text.find)) if picture else ""
    return RenderedMessage(closed(lines, voice), _step_buttons(reply, voice), picture, alt)


def bar(left: float, seconds: int) -> str:
    """How much of the time has gone."""
    gone = int(CELLS * (1 - left / seconds)) if seconds else CELLS
    return FULL * gone + EMPTY * (CELLS - gone)


def minutes(seconds: float) -> str:
    """ "1:50"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def outcome(reply: SessionOutcome, voice: Wording) -> RenderedMessage:
    """How it went, and the offer of a diary."""
    parts = [_went(reply, voice)]
    buttons: list[tuple[Button, ...]] = []
    if reply.diary is not None:
        parts.append(voice.phrase("outcome.noted" if reply.diary else "outcome.offer"))
        diary = voice.button("progress", Action.PROGRESS) if reply.diary else voice.button("diary_on", Action.DIARY_ON)
        off = [voice.button("diary_off", Action.DIARY_OFF)] if reply.diary else []
        buttons = [(diary,), (voice.button("remind", Action.REMIND), *off)]
    return RenderedMessage("\n\n".join(parts), tuple(buttons))


def progress(reply: Progress, voice: Wording) -> RenderedMessage:
    """The chart, and one sentence on what it shows and what not."""
    means = averages(reply.entries)
    count = str(len(reply.entries))
    if means is None:
        text = voice.phrase("progress.unrated", sessions=count)
    else:
        text = voice.phrase("progress.text", sessions=count, before=f"{means[1]:.1f}", after=f"{means[2]:.1f}")
    period = {"from": tables.day(reply.entries[0].at, reply.zone), "to": tables.day(reply.entries[-1].at, reply.zone)}
    alt = unescape(voice.phrase("progress.alt", sessions=count, **period))
    picture = File("progress.png", partial(drawing.chart_png, tables.chart(reply.entries, reply.zone, voice)))
    more = (voice.button("report", Action.REPORT), voice.button("diary_off", Action.DIARY_OFF))
    return RenderedMessage(text, (more,), alt=alt, files=(picture,))


def report(reply: Report, voice: Wording) -> RenderedMessage:
    """The page for the doctor and the same as a table."""
    page = File("diary.pdf", partial(drawing.report_pdf, tables.report(reply, voice)))
    table = File("diary.csv", partial(tables.csv_bytes, tables.csv_rows(reply.entries, reply.zone, voice)))
    return RenderedMessage(voice.phrase("report.text"), files=(page, table))


def _went(reply: SessionOutcome, voice: Wording) -> str:
    if reply.before is None or reply.after is None:
        return voice.phrase("outcome.unrated")
    numbers = {"before": str(reply.before), "after": str(reply.after)}
    if reply.before == reply.after:
        return voice.phrase("outcome.same", after=numbers["after"])
    return voice.phrase("outcome.easier" if reply.after < reply.before else "outcome.bit_worse", **numbers)


def _step_buttons(reply: SessionStep, voice: Wording) -> tuple[tuple[Button, ...], ...]:
    place = str(reply.place)
    paused = reply.ends_at is None
    clock = voice.button("resume", Action.RESUME, place) if paused else voice.button("pause", Action.PAUSE, place)
    sides = [voice.button("other_side", Action.OTHER_SIDE, place)] if reply.side in (LEFT, RIGHT) else []
    following = voice.button("next_step", Action.NEXT_STEP, place)
    return ((clock, *sides, following), (voice.button("hurts", Action.HURTS),))
