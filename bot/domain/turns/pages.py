"""Fixed pages and questions, and the lists one can browse. No point text is here."""

from collections.abc import Iterable

from bot.domain.knowledge import Area, Knowledge
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Choice, Choices, Say, Term, TermKind

MOST_NAMED = 2  # flags in one question
_FIXED = {Action.HOW: "how", Action.PRIVACY: "privacy.text", Action.HELP: "help", Action.WHY_ASK: "why_ask.lead"}


def button(key: str, press: Press) -> Choice:
    """A button labelled by the phrase `button.<key>`."""
    return Choice(Term("phrase", f"button.{key}"), press)


def rows_of(choices: Iterable[Choice], width: int) -> Choices:
    """The choices in rows of `width`."""
    listed = list(choices)
    return tuple(tuple(listed[start : start + width]) for start in range(0, len(listed), width))


def start(*, first: bool) -> Say:
    """The greeting: whole the first time, one line later."""
    if not first:
        return Say("start.again", choices=((button("areas", Press(Action.AREAS)),),))
    return Say(
        "start.first",
        choices=(
            (button("areas", Press(Action.AREAS)), button("all_points", Press(Action.ALL_POINTS))),
            (button("how", Press(Action.HOW)), button("privacy", Press(Action.PRIVACY))),
        ),
        emergency_line=True,
    )


def browse(press: Press, knowledge: Knowledge) -> Say | None:
    """A list or a fixed page, or None when there is no such area."""
    match press.action:
        case Action.AREAS:
            return areas("browse.areas", Action.AREA, knowledge)
        case Action.ALL_POINTS:
            return areas("browse.points", Action.POINTS_IN, knowledge)
        case Action.AREA:
            return _in_area(press.arg, Action.AREA, knowledge)
        case Action.POINTS_IN:
            return _in_area(press.arg, Action.POINTS_IN, knowledge)
        case Action.HOW | Action.PRIVACY | Action.HELP:
            return Say(_FIXED[press.action], emergency_line=press.action is not Action.PRIVACY)
        case Action.WHY_ASK:
            rows = tuple(Term("row", row.id) for row in knowledge.checklist.rows)
            return Say("why_ask.lead", {"rows": rows}, ((button("back", Press(Action.CHANGE)),),))
        case _:
            return None


def areas(key: str, action: Action, knowledge: Knowledge) -> Say:
    """The body areas as buttons."""
    wanted = [area for area in knowledge.areas if members(area, action, knowledge)]
    choices = [Choice(Term("area", area.id), Press(action, area.id)) for area in wanted]
    count = len(knowledge.points) if action is Action.POINTS_IN else len(knowledge.conditions)
    return Say(key, {"count": (Term("text", str(count)),)}, rows_of(choices, 2))


def members(area: Area, action: Action, knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the complaints (AREA) or points (POINTS_IN) of an area."""
    if action is Action.POINTS_IN:
        return tuple(code for code, point in knowledge.points.items() if point.region in area.point_regions)
    return tuple(id_ for id_, entry in knowledge.conditions.items() if entry.region in area.condition_regions)


def _in_area(area_id: str, action: Action, knowledge: Knowledge) -> Say | None:
    area = next((area for area in knowledge.areas if area.id == area_id), None)
    if area is None:
        return None
    points = action is Action.POINTS_IN
    kind, chosen = ("point", Action.POINT) if points else ("condition", Action.CHOOSE)
    choices = [
        Choice(Term("point" if points else "condition", id_), Press(chosen, id_))
        for id_ in members(area, action, knowledge)
    ]
    back = (button("back", Press(Action.ALL_POINTS if points else Action.AREAS)),)
    return Say(f"browse.{kind}s_in", {"area": (Term("area", area_id),)}, (*rows_of(choices, 1 + (not points)), back))


def where_does_it_hurt(knowledge: Knowledge) -> Say:
    """The question for a pain without a place."""
    asked = areas("ask.where", Action.AREA, knowledge)
    return Say(asked.key, asked.values, asked.choices, emergency_line=True)


def no_match(*, second: bool) -> Say:
    """Nothing was understood: say so, say what is known, offer areas. The second time, point to people."""
    choices = (
        (button("areas", Press(Action.AREAS)), button("all_points", Press(Action.ALL_POINTS))),
        (button("how", Press(Action.HOW)),),
    )
    return Say("no_match.second" if second else "no_match.first", choices=choices, emergency_line=True)


def not_text() -> Say:
    """The answer to voice, pictures, stickers and other languages (S-13)."""
    return Say("not_text", emergency_line=True)


def crisis_lines() -> Say:
    """What a person in crisis gets for a day instead of "What hurts?" (S-12)."""
    return Say("flag.crisis_lines")


def see_gp(flags: Iterable[str]) -> Say:
    """Signs that need a visit, in a text that names no complaint."""
    return Say("overview.see_gp", {"flag": tuple(Term("flag", id_) for id_ in flags)}, emergency_line=True)


def refusal(id_: str) -> Say:
    """A kind no to a wish that gets no points (S-27)."""
    return Say(f"refusal.{id_}", emergency_line=True)


def unknown_point(name: str, close: tuple[str, ...], knowledge: Knowledge) -> Say:
    """There is no such point; the nearest that are."""
    known = [code for code in close if code in knowledge.points]
    choices = rows_of((Choice(Term("point", code), Press(Action.POINT, code)) for code in known), 1)
    more = (button("all_points", Press(Action.ALL_POINTS)),)
    values = {"name": (Term("text", name),)}
    key = "browse.close_points" if known else "browse.no_point"
    return Say(key, values, (*choices, more), emergency_line=True)


def ask_which(key: str, choices: Choices) -> Say:
    """A question with choices, open to a text as well."""
    return Say(key, choices=choices, emergency_line=True)


def cancelled() -> Say:
    """What was open is closed."""
    return Say("cancelled", choices=((button("areas", Press(Action.AREAS)),),))


def forgotten() -> Say:
    """Everything stored is gone."""
    return Say("forget.done")


def kept() -> Say:
    """Nothing was erased."""
    return Say("forget.kept")


def about() -> Say:
    """Who made this from what, and that no clinician has reviewed it yet (S-75)."""
    return Say("about")


def what_hurts() -> Say:
    """Start over."""
    return Say("ask.what_hurts", choices=((button("areas", Press(Action.AREAS)),),))


def question(dialogue: Dialogue, knowledge: Knowledge) -> Say:
    """The questions that are about what was said before: a flag, a tick, erasing."""
    match dialogue.stage:
        case Stage.FLAG_SURE:
            stays = button("flag_stays", Press(Action.FLAG_STAYS))
            return Say("flag.sure", _flags(dialogue), ((button("no_flag_sure", Press(Action.NO_FLAG_SURE)), stays),))
        case Stage.FLAG_CHECK:
            return Say("flag.check", _flags(dialogue), _check_choices(dialogue, knowledge))
        case Stage.UNTICK:
            row = any(row.id == dialogue.unticking for row in knowledge.checklist.rows)
            kind: TermKind = "row" if row else "contraindication"
            if dialogue.unticking in dialogue.referred:
                kind = "condition"
            choices = (button("untick_yes", Press(Action.UNTICK_YES)), button("untick_no", Press(Action.UNTICK_NO)))
            return Say(f"untick.{kind}", {"what": (Term(kind, dialogue.unticking),)}, (choices,))
        case Stage.FORGET:
            choices = (button("forget_yes", Press(Action.FORGET_YES)), button("forget_no", Press(Action.FORGET_NO)))
            return Say("forget.ask", choices=(choices,))
        case _:
            return what_hurts()


def _flags(dialogue: Dialogue) -> dict[str, tuple[Term, ...]]:
    return {"flags": tuple(Term("flag", id_) for id_ in dialogue.flags[:MOST_NAMED])}


def _check_choices(dialogue: Dialogue, knowledge: Knowledge) -> Choices:
    asked = (
        button("flag_checked", Press(Action.FLAG_CHECKED)),
        button("flag_unchecked", Press(Action.FLAG_UNCHECKED)),
    )
    crisis = any(id_ in knowledge.red_flags and knowledge.red_flags[id_].crisis for id_ in dialogue.flags)
    return (asked,) if crisis else (asked, (button("no_flag", Press(Action.NO_FLAG)),))
