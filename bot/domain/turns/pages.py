"""Fixed pages and questions, and lists to browse. None of them holds point text."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.knowledge import Area, Knowledge
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.unread import asked_again
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Choice, Choices, Say, Term, TermKind
from bot.domain.understanding.understood import SmallTalk

MOST_NAMED = 2  # red flags named in one question
_FIXED = {Action.HOW: "how", Action.PRIVACY: "privacy.text", Action.HELP: "help", Action.WHY_ASK: "why_ask.lead"}


def with_page(dialogue: Dialogue, page: Press) -> Dialogue:
    """The dialogue with this page on top of its open question. `Dialogue.page` stores it as "action:argument"."""
    return replace(dialogue, page=f"{page.action}:{page.arg}")


def page_on_top(dialogue: Dialogue) -> Press | None:
    """The page on top of the open question, or None. Raises ValueError for an action that does not exist."""
    if not dialogue.page:
        return None
    action, _, arg = dialogue.page.partition(":")
    return Press(Action(action), arg)


def button(key: str, press: Press) -> Choice:
    """A button whose label is the phrase `button.<key>`."""
    return Choice(Term("phrase", f"button.{key}"), press)


def rows_of(choices: Iterable[Choice], width: int) -> Choices:
    """The choices in rows of at most `width`."""
    listed = list(choices)
    return tuple(tuple(listed[start : start + width]) for start in range(0, len(listed), width))


def greeting(*, first: bool) -> Say:
    """The full greeting the first time, one line after that."""
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
    """A list or a fixed page; None for another action and for an unknown area."""
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
    """The body areas as buttons with `action`. `key` is the phrase above them; empty areas are left out."""
    wanted = [area for area in knowledge.areas if members(area, action, knowledge)]
    choices = [Choice(Term("area", area.id), Press(action, area.id)) for area in wanted]
    count = len(knowledge.points) if action is Action.POINTS_IN else len(knowledge.conditions)
    return Say(key, {"count": (Term("text", str(count)),)}, rows_of(choices, 2))


def members(area: Area, action: Action, knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the points of an area if `action` is POINTS_IN, else of its complaints."""
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
    """The question where it hurts, for a pain without a place."""
    asked = areas("ask.where", Action.AREA, knowledge)
    return Say(asked.key, asked.values, asked.choices, emergency_line=True)


def no_match(*, second: bool, despairing: bool = False) -> Say:
    """The answer to a text that was not understood. The second time in a row it refers to people who can help.

    `despairing`: it may be a crisis, and nothing says that it was not understood (S-83).
    """
    if despairing:
        return despair()
    choices = (
        (button("areas", Press(Action.AREAS)), button("all_points", Press(Action.ALL_POINTS))),
        (button("how", Press(Action.HOW)),),
    )
    return Say("no_match.second" if second else "no_match.first", choices=choices, emergency_line=True)


def despair() -> Say:
    """The crisis contact, for a text that is not understood and may be a crisis (S-83)."""
    return Say("no_match.despair", emergency_line=True)


def not_text() -> Say:
    """The answer to voice, pictures, stickers and other languages (S-13)."""
    return Say("not_text", emergency_line=True)


def small_talk(said: SmallTalk) -> Say:
    """One warm line for thanks, a greeting or an "ok"."""
    return Say(f"small_talk.{said}")


def crisis_lines() -> Say:
    """The crisis lines, which replace "What hurts?" for a day after a crisis (S-12)."""
    return Say("flag.crisis_lines")


def see_gp(flags: Iterable[str]) -> Say:
    """Advice to see a doctor about signs that are not urgent, for a text that names no complaint."""
    return Say("overview.see_gp", {"flag": tuple(Term("flag", id_) for id_ in flags)}, emergency_line=True)


def refusal(id_: str) -> Say:
    """The answer to a request that never gets points (S-27), by the id of the refusal."""
    return Say(f"refusal.{id_}", emergency_line=True)


def unknown_point(name: str, close: tuple[str, ...], knowledge: Knowledge) -> Say:
    """There is no point of this name. `close` are the codes of similar ones to offer; unknown codes are left out."""
    known = [code for code in close if code in knowledge.points]
    choices = rows_of((Choice(Term("point", code), Press(Action.POINT, code)) for code in known), 1)
    more = (button("all_points", Press(Action.ALL_POINTS)),)
    values = {"name": (Term("text", name),)}
    key = "browse.close_points" if known else "browse.no_point"
    return Say(key, values, (*choices, more), emergency_line=True)


def ask_which(key: str, choices: Choices) -> Say:
    """A question with choices that may also be answered by a text."""
    return Say(key, choices=choices, emergency_line=True)


def cancelled() -> Say:
    """Confirms `/cancel`."""
    return Say("cancelled", choices=((button("areas", Press(Action.AREAS)),),))


def forgotten() -> Say:
    """Confirms that everything stored about the chat was deleted."""
    return Say("forget.done")


def nothing_erased() -> Say:
    """Confirms that everything stored about the chat was kept."""
    return Say("forget.kept")


def about() -> Say:
    """Who made the bot, its sources, and that no clinician has reviewed it yet (S-75)."""
    return Say("about")


def what_hurts() -> Say:
    """The question with which everything starts."""
    return Say("ask.what_hurts", choices=((button("areas", Press(Action.AREAS)),),))


def question(dialogue: Dialogue, knowledge: Knowledge) -> Say:
    """The question of a stage about red flags, unticking or erasing; "What hurts?" in every other stage.

    Above it stands what to answer, if one text did not.
    """
    asked = _question(dialogue, knowledge)
    return replace(asked, lead="question.again") if asked_again(dialogue) else asked


def _question(dialogue: Dialogue, knowledge: Knowledge) -> Say:
    match dialogue.stage:
        case Stage.FLAG_SURE:
            stays = button("flag_stays", Press(Action.FLAG_STAYS))
            return Say("flag.sure", _flags(dialogue), ((button("no_flag_sure", Press(Action.NO_FLAG_SURE)), stays),))
        case Stage.FLAG_CHECK:
            return _flag_check(dialogue, knowledge)
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
    return _named(dialogue.flags)


def _named(flags: Iterable[str]) -> dict[str, tuple[Term, ...]]:
    return {"flags": tuple(Term("flag", id_) for id_ in flags)[:MOST_NAMED]}


def _flag_check(dialogue: Dialogue, knowledge: Knowledge) -> Say:
    """Whether somebody has checked it (S-12). A crisis is not named again; its lines stand in the question (S-15)."""
    crises = [id_ for id_ in dialogue.flags if id_ in knowledge.red_flags and knowledge.red_flags[id_].crisis]
    others = [id_ for id_ in dialogue.flags if id_ not in crises]
    if crises and not others:
        talked = button("flag_talked", Press(Action.FLAG_CHECKED))
        return Say("flag.check_crisis", choices=((talked, button("flag_not_talked", Press(Action.FLAG_UNCHECKED))),))
    asked = (
        button("flag_checked", Press(Action.FLAG_CHECKED)),
        button("flag_unchecked", Press(Action.FLAG_UNCHECKED)),
    )
    if crises:
        return Say("flag.check_both", _named(others), (asked,))
    return Say("flag.check", _named(others), (asked, (button("no_flag", Press(Action.NO_FLAG)),)))
