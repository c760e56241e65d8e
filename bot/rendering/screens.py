"""Renders the replies without point text."""

from collections.abc import Sequence
from html import escape

from bot.domain.knowledge import RedFlag, Urgency
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import (
    MOST_ADVICES,
    Advice,
    AskChecklist,
    AskHalfHeard,
    AskQuestion,
    Choice,
    DoctorFirst,
    DoubtsFirst,
    QuestionAdvice,
    Referred,
    Say,
    Stopped,
)
from bot.domain.understanding.understood import HeardCondition
from bot.rendering import half_heard
from bot.rendering.wording import Button, RenderedMessage, Wording

LONGEST_ADVICE = 800  # characters, S-3
LONGEST_QUOTE = 60  # characters of the person's own words in "because you wrote ..."


def say(reply: Say, wording: Wording) -> RenderedMessage:
    """A fixed text with its choices as buttons."""
    values = {name: wording.listed(map(wording.name, terms)) for name, terms in reply.values.items()}
    if reply.key == "why_ask.lead":
        html = "\n".join([wording.phrase(reply.key), *(_why_row(term.id, wording) for term in reply.values["rows"])])
    else:
        html = wording.phrase(reply.key, **values)
    if reply.lead:
        html = f"{wording.phrase(reply.lead)}\n{html}"
    if reply.emergency_line:
        html = f"{html}\n\n{wording.phrase('emergency_line')}"
    return RenderedMessage(html, tuple(tuple(_choice(choice, wording) for choice in row) for row in reply.choices))


def advice(reply: Advice, wording: Wording) -> RenderedMessage:
    """Red-flag advice: the most urgent action of all first (S-3, S-4, S-84), then what the rows say."""
    flags = [wording.knowledge.red_flags[id_] for id_ in reply.flags[:MOST_ADVICES]]
    crisis = bool(flags) and flags[0].crisis
    first = headline(flags, wording)
    parts = [first] if first else []
    parts += _without_repeats([_advice_of(flag.id, wording) for flag in flags])
    parts.append(wording.phrase("flag.crisis_end" if crisis else "flag.end"))
    if len(flags) > 1 and len("\n\n".join(parts)) > LONGEST_ADVICE:
        del parts[-2]  # the second advice; the first is the more urgent one
    buttons = ((wording.button("no_flag", Action.NO_FLAG),),) if reply.withdrawable else ()
    return RenderedMessage("\n\n".join(parts), buttons)


def headline(flags: Sequence[RedFlag], wording: Wording) -> str:
    """What to do first, in HTML. A crisis alone has none: its advice is warm and begins by itself (S-15).

    A crisis with a first act of its own (an overdose) has that.
    """
    acts = {flag.id: wording.texts.red_flags[flag.id].first_act for flag in flags}
    bodily = [flag for flag in flags if not flag.crisis or acts[flag.id]]
    if flags and not bodily:
        return ""
    emergencies = [flag for flag in bodily if flag.urgency is Urgency.EMERGENCY]
    if flags and not emergencies:
        return "" if flags[0].crisis else wording.phrase("flag.same_day")
    act = next((acts[flag.id] for flag in emergencies if acts[flag.id]), "")
    first = f"<b>{_with_contacts(act, wording)}</b>" if act else wording.phrase("flag.emergency")
    return f"{first} {wording.phrase('flag.and_crisis')}" if len(bodily) < len(flags) else first


def _without_repeats(advices: list[str]) -> list[str]:
    """The advices, each without its first sentence if the one before begins with the same sentence."""
    previous = ""
    shortened = []
    for text in advices:
        first, separator, rest = text.partition(". ")
        shortened.append(rest if separator and first == previous else text)
        previous = first
    return shortened


def question_advice(reply: QuestionAdvice, wording: Wording) -> RenderedMessage:
    """The advice after "Yes, or not sure": emergencies first, then what needs a doctor the same day."""
    text = wording.texts.questions[reply.question]
    emergency = (*_names(reply.flags, Urgency.EMERGENCY, wording), *text.emergency)
    same_day = (*_names(reply.flags, Urgency.SAME_DAY, wording), *text.same_day)
    parts = []
    if emergency:
        parts.append(wording.phrase("question.yes_emergency", signs="; ".join(emergency)))
    if same_day:
        parts.append(wording.phrase("question.yes_same_day", signs="; ".join(same_day)))
    if text.note:
        parts.append(_with_contacts(text.note, wording))
    parts.append(wording.phrase("flag.end"))
    return RenderedMessage("\n\n".join(parts), ((wording.button("no_flag", Action.NO_FLAG),),))


def _names(flags: tuple[str, ...], urgency: Urgency, wording: Wording) -> list[str]:
    known = wording.knowledge.red_flags
    return [wording.texts.red_flags[id_].name for id_ in flags if known[id_].urgency is urgency]


def question(reply: AskQuestion | DoubtsFirst | AskHalfHeard, wording: Wording) -> RenderedMessage:
    """A question about warning signs."""
    return ask_question(reply, wording) if isinstance(reply, AskQuestion) else half_heard.message(reply, wording)


def ask_question(reply: AskQuestion, wording: Wording) -> RenderedMessage:
    """The red-flag question of a complaint, or of a point requested by name, with half-heard signs first."""
    text = wording.texts.questions[reply.question]
    lead = "question.lead_other" if reply.about else "question.lead"
    lines = [wording.phrase("question.repeated")] if reply.repeated else []
    lines += [wording.phrase("half_heard.second")] if reply.second else []
    lines += [_why_asked(reply.matched, wording)] if reply.matched else []
    lines += [half_heard.line(row, wording) for row in reply.doubts]
    lines.append(wording.phrase(lead, person=wording.person(reply.about) if reply.about else ""))
    lines += [wording.phrase("list.item", item=sign) for sign in (*text.emergency, *text.same_day)]
    rows: list[tuple[Button, ...]] = [
        (wording.button("none_of_these", Action.ANSWER_NONE), wording.button("yes_or_unsure", Action.ANSWER_YES))
    ]
    if reply.conditions:
        rows.append((wording.button("something_else", Action.NOT_MINE),))
    return RenderedMessage("\n".join(lines), tuple(rows))


def ask_checklist(reply: AskChecklist, wording: Wording) -> RenderedMessage:
    """The checklist: its rows numbered in full, and a button for each that shows whether it is ticked."""
    rows = wording.knowledge.checklist.rows
    lead = "checklist.lead_other" if reply.about else "checklist.lead"
    lines = [wording.phrase("checklist.repeated")] if reply.repeated else []
    lines.append(wording.phrase(lead, person=wording.person(reply.about) if reply.about else ""))
    buttons = []
    for number, row in enumerate(rows, start=1):
        ticked = row.id in reply.ticks
        text = wording.texts.checklist[row.id]
        lines.append(wording.phrase("checklist.ticked" if ticked else "checklist.row", n=str(number), line=text.line))
        label = wording.plain("button.ticked" if ticked else "button.unticked").format(n=number, label=text.label)
        buttons.append(Button(label, Press(Action.UNTICK if ticked else Action.TICK, row.id)))
    any_ticked = any(row.id in reply.ticks for row in rows)
    last_rows = (
        (wording.button("done" if any_ticked else "none_of_these", Action.DONE),),
        (wording.button("why_ask", Action.WHY_ASK), wording.button("cancel", Action.CANCEL)),
    )
    return RenderedMessage("\n".join(lines), (*_in_rows(buttons, 2), *last_rows))


def stopped(reply: Stopped, wording: Wording) -> RenderedMessage:
    """Why no points are recommended, and what to do instead."""
    if reply.nothing_left:
        names = [wording.texts.checklist[row].line for row in reply.rows]
        names += [wording.texts.contraindications[id_].name for id_ in reply.stated]
        parts = [wording.phrase("stop.nothing_left", why="; ".join(names))]
    else:
        parts = [wording.phrase("stop.lead")]
        parts += [_stop_row(row, wording) for row in reply.rows[:2]]
        parts += [escape(wording.texts.contraindications[id_].says, quote=False) for id_ in reply.stated[:2]]
        if reply.unsure and not (reply.rows or reply.stated):
            parts.append(wording.phrase("stop.unsure"))
    parts.append(wording.phrase("emergency_line"))
    return RenderedMessage("\n\n".join(parts), ((wording.button("change", Action.CHANGE),),))


def referred(reply: Referred, wording: Wording) -> RenderedMessage:
    """Information and a referral for complaints that never get points (S-33)."""
    parts = [wording.phrase("refer.lead", condition=_conditions(reply.conditions, wording))]
    parts += [_instead(id_, wording) for id_ in reply.conditions[:2]]
    parts += [wording.phrase("emergency_line")]
    return RenderedMessage("\n\n".join(parts), ((wording.button("not_my_problem", Action.NOT_MINE),),))


def doctor_first(reply: DoctorFirst, wording: Wording) -> RenderedMessage:
    """The question whether a doctor has checked the complaint, or the advice after the answer "Not yet"."""
    names = _conditions(reply.conditions, wording)
    if reply.asking:
        buttons = (wording.button("doctor_yes", Action.DOCTOR_YES), wording.button("doctor_no", Action.DOCTOR_NO))
        again = [wording.phrase("question.again")] if reply.repeated else []
        return RenderedMessage("\n".join([*again, wording.phrase("doctor.ask", condition=names)]), (buttons,))
    parts = [
        wording.phrase("doctor.not_yet", condition=names),
        *(_instead(id_, wording) for id_ in reply.conditions[:2]),
    ]
    parts.append(wording.phrase("emergency_line"))
    return RenderedMessage("\n\n".join(parts), ((wording.button("something_else", Action.NOT_MINE),),))


def _choice(choice: Choice, wording: Wording) -> Button:
    return Button(wording.name(choice.label), choice.press)


def _why_asked(conditions: tuple[HeardCondition, ...], wording: Wording) -> str:
    lines = []
    for condition in conditions:
        words = ", ".join(condition.because)
        quoted = words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
        name = wording.texts.conditions[condition.id].name
        lines.append(wording.phrase("question.matched", condition=name, words=quoted))
    return "\n".join(lines) + "\n"


def _conditions(ids: tuple[str, ...], wording: Wording) -> str:
    return wording.listed(wording.texts.conditions[id_].name for id_ in ids)


def _instead(condition: str, wording: Wording) -> str:
    return escape(wording.texts.conditions[condition].instead, quote=False)


def _advice_of(flag: str, wording: Wording) -> str:
    return _with_contacts(wording.texts.red_flags[flag].advice, wording)


def _with_contacts(text: str, wording: Wording) -> str:
    return escape(text.format(emergency=wording.emergency, crisis=wording.crisis), quote=False)


def _stop_row(row: str, wording: Wording) -> str:
    return escape(wording.texts.checklist[row].stop, quote=False)


def _why_row(row: str, wording: Wording) -> str:
    text = wording.texts.checklist[row]
    return wording.phrase("why_ask.row", label=text.label, why=text.why)


def _in_rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
