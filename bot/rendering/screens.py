"""Every reply that carries no point text, put into words."""

from html import escape

from bot.domain.knowledge import RedFlag, Urgency
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import (
    Advice,
    AskChecklist,
    AskQuestion,
    Choice,
    DoctorFirst,
    QuestionAdvice,
    Referred,
    Say,
    Stopped,
)
from bot.domain.understanding.understand import HeardCondition
from bot.rendering.wording import Button, RenderedMessage, Wording

MOST_ADVICES = 2  # S-4
LONGEST_ADVICE = 800  # characters, S-3
MOST_WORDS_QUOTED = 60  # characters of the person's own words in "because you wrote ..."


def say(reply: Say, voice: Wording) -> RenderedMessage:
    """A fixed text."""
    values = {name: voice.listed(map(voice.name, terms)) for name, terms in reply.values.items()}
    if reply.key == "why_ask.lead":
        html = "\n".join([voice.phrase(reply.key), *(_why_row(term.id, voice) for term in reply.values["rows"])])
    else:
        html = voice.phrase(reply.key, **values)
    if reply.emergency_line:
        html = f"{html}\n\n{voice.phrase('emergency_line')}"
    return RenderedMessage(html, tuple(tuple(_choice(choice, voice) for choice in row) for row in reply.choices))


def advice(reply: Advice, voice: Wording) -> RenderedMessage:
    """Red-flag advice: the most urgent action of all first (S-3, S-4, S-84), then what the rows say."""
    flags = [voice.knowledge.red_flags[id_] for id_ in reply.flags[:MOST_ADVICES]]
    crisis = bool(flags) and flags[0].crisis
    headline = _headline(flags, voice)
    parts = [headline] if headline else []
    parts += _without_repeats([_advice_of(flag.id, voice) for flag in flags])
    parts.append(voice.phrase("flag.crisis_end" if crisis else "flag.end"))
    if len(flags) > 1 and len("\n\n".join(parts)) > LONGEST_ADVICE:
        del parts[-2]  # the second advice; the first is the more urgent one
    buttons = ((voice.button("no_flag", Action.NO_FLAG),),) if reply.withdrawable else ()
    return RenderedMessage("\n\n".join(parts), buttons)


def _headline(flags: list[RedFlag], voice: Wording) -> str:
    """What to do first. A crisis alone has none: its advice is warm and begins by itself (S-15)."""
    bodily = [flag for flag in flags if not flag.crisis]
    if flags and not bodily:
        return ""
    emergencies = [flag for flag in bodily if flag.urgency is Urgency.EMERGENCY]
    if flags and not emergencies:
        return "" if flags[0].crisis else voice.phrase("flag.same_day")
    acts = (voice.texts.red_flags[flag.id].first_act for flag in emergencies)
    act = next((act for act in acts if act), "")
    headline = f"<b>{_with_contacts(act, voice)}</b>" if act else voice.phrase("flag.emergency")
    return f"{headline} {voice.phrase('flag.and_crisis')}" if len(bodily) < len(flags) else headline


def _without_repeats(advices: list[str]) -> list[str]:
    """The advices, without a first sentence that the one before has said already."""
    said = ""
    shortened = []
    for text in advices:
        first, stop, rest = text.partition(". ")
        shortened.append(rest if stop and first == said else text)
        said = first
    return shortened


def question_advice(reply: QuestionAdvice, voice: Wording) -> RenderedMessage:
    """After "Yes, or not sure": the emergency part first, the same-day part second, no points."""
    text = voice.texts.questions[reply.question]
    parts = []
    if text.emergency:
        parts.append(voice.phrase("question.yes_emergency", signs="; ".join(text.emergency)))
    if text.same_day:
        parts.append(voice.phrase("question.yes_same_day", signs="; ".join(text.same_day)))
    if text.note:
        parts.append(_with_contacts(text.note, voice))
    parts.append(voice.phrase("flag.end"))
    return RenderedMessage("\n\n".join(parts), ((voice.button("no_flag", Action.NO_FLAG),),))


def ask_question(reply: AskQuestion, voice: Wording) -> RenderedMessage:
    """The red-flag question of a complaint, or of a point opened by name."""
    text = voice.texts.questions[reply.question]
    lead = "question.lead_other" if reply.about else "question.lead"
    lines = [_matched(reply.matched, voice)] if reply.matched else []
    lines.append(voice.phrase(lead, person=voice.person(reply.about) if reply.about else ""))
    lines += [voice.phrase("list.item", item=sign) for sign in (*text.emergency, *text.same_day)]
    rows: list[tuple[Button, ...]] = [
        (voice.button("none_of_these", Action.ANSWER_NONE), voice.button("yes_or_unsure", Action.ANSWER_YES))
    ]
    if reply.conditions:
        rows.append((voice.button("something_else", Action.NOT_MINE),))
    return RenderedMessage("\n".join(lines), tuple(rows))


def ask_checklist(reply: AskChecklist, voice: Wording) -> RenderedMessage:
    """The checklist: the full wording numbered, and a button a row that shows whether it is ticked."""
    rows = voice.knowledge.checklist.rows
    lead = "checklist.lead_other" if reply.about else "checklist.lead"
    lines = [voice.phrase("checklist.repeated")] if reply.repeated else []
    lines.append(voice.phrase(lead, person=voice.person(reply.about) if reply.about else ""))
    buttons = []
    for number, row in enumerate(rows, start=1):
        ticked = row.id in reply.ticks
        text = voice.texts.checklist[row.id]
        lines.append(voice.phrase("checklist.ticked" if ticked else "checklist.row", n=str(number), line=text.line))
        label = voice.plain("button.ticked" if ticked else "button.unticked").format(n=number, label=text.label)
        buttons.append(Button(label, Press(Action.UNTICK if ticked else Action.TICK, row.id)))
    any_ticked = any(row.id in reply.ticks for row in rows)
    ends = (
        (voice.button("done" if any_ticked else "none_of_these", Action.DONE),),
        (voice.button("why_ask", Action.WHY_ASK), voice.button("cancel", Action.CANCEL)),
    )
    return RenderedMessage("\n".join(lines), (*_in_rows(buttons, 2), *ends))


def stopped(reply: Stopped, voice: Wording) -> RenderedMessage:
    """A kind stop: why, and what to do instead."""
    if reply.nothing_left:
        names = [voice.texts.checklist[row].line for row in reply.rows]
        names += [voice.texts.contraindications[id_].name for id_ in reply.stated]
        parts = [voice.phrase("stop.nothing_left", why="; ".join(names))]
    else:
        parts = [voice.phrase("stop.lead")]
        parts += [_stop_row(row, voice) for row in reply.rows[:2]]
        parts += [escape(voice.texts.contraindications[id_].says, quote=False) for id_ in reply.stated[:2]]
        if reply.unsure and not (reply.rows or reply.stated):
            parts.append(voice.phrase("stop.unsure"))
    parts.append(voice.phrase("emergency_line"))
    return RenderedMessage("\n\n".join(parts), ((voice.button("change", Action.CHANGE),),))


def referred(reply: Referred, voice: Wording) -> RenderedMessage:
    """Information and referral for complaints that never get points (S-33)."""
    parts = [voice.phrase("refer.lead", condition=_conditions(reply.conditions, voice))]
    parts += [_instead(id_, voice) for id_ in reply.conditions[:2]]
    parts += [voice.phrase("emergency_line")]
    return RenderedMessage("\n\n".join(parts), ((voice.button("not_my_problem", Action.NOT_MINE),),))


def doctor_first(reply: DoctorFirst, voice: Wording) -> RenderedMessage:
    """Has a doctor checked it? Or, after "Not yet": please let one."""
    names = _conditions(reply.conditions, voice)
    if reply.asking:
        buttons = (voice.button("doctor_yes", Action.DOCTOR_YES), voice.button("doctor_no", Action.DOCTOR_NO))
        return RenderedMessage(voice.phrase("doctor.ask", condition=names), (buttons,))
    parts = [voice.phrase("doctor.not_yet", condition=names), *(_instead(id_, voice) for id_ in reply.conditions[:2])]
    parts.append(voice.phrase("emergency_line"))
    return RenderedMessage("\n\n".join(parts), ((voice.button("something_else", Action.NOT_MINE),),))


def _choice(choice: Choice, voice: Wording) -> Button:
    return Button(voice.name(choice.label), choice.press)


def _matched(heard: tuple[HeardCondition, ...], voice: Wording) -> str:
    lines = []
    for condition in heard:
        words = ", ".join(condition.because)
        quoted = words if len(words) <= MOST_WORDS_QUOTED else words[: MOST_WORDS_QUOTED - 1] + "…"
        name = voice.texts.conditions[condition.id].name
        lines.append(voice.phrase("question.matched", condition=name, words=quoted))
    return "\n".join(lines) + "\n"


def _conditions(ids: tuple[str, ...], voice: Wording) -> str:
    return voice.listed(voice.texts.conditions[id_].name for id_ in ids)


def _instead(condition: str, voice: Wording) -> str:
    return escape(voice.texts.conditions[condition].instead, quote=False)


def _advice_of(flag: str, voice: Wording) -> str:
    return _with_contacts(voice.texts.red_flags[flag].advice, voice)


def _with_contacts(text: str, voice: Wording) -> str:
    return escape(text.format(emergency=voice.emergency, crisis=voice.crisis), quote=False)


def _stop_row(row: str, voice: Wording) -> str:
    return escape(voice.texts.checklist[row].stop, quote=False)


def _why_row(row: str, voice: Wording) -> str:
    text = voice.texts.checklist[row]
    return voice.phrase("why_ask.row", label=text.label, why=text.why)


def _in_rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
