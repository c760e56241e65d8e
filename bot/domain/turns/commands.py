"""What the commands do. None of them gives point text that a button or a text would not."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import OPEN_QUESTIONS, Dialogue, Stage, about_person, without_wish
from bot.domain.turns import buttons, diary_buttons, flags, pages, reminder_buttons
from bot.domain.turns.events import Action, Commanded, Press
from bot.domain.turns.flow import ask, offer, start_wish, view
from bot.domain.turns.replies import MyData, Next, Reply

COMMANDS = (
    "start",
    "help",
    "points",
    "conditions",
    "progress",
    "report",
    "remind",
    "privacy",
    "forget",
    "mydata",
    "about",
    "cancel",
)
_MOST_NAME = 40  # characters of an unknown point's name that are repeated in the answer

_NAMING = frozenset({"points", "conditions"})  # their argument is a wish


def command(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """The answer to a command. An unknown command is answered like a text that was not understood."""
    handler = _HANDLERS.get(event.name)
    if handler is None:
        reply = pages.no_match(second=False, despairing=event.understood.despairing)
        return beside(dialogue, flags.unless_crisis(dialogue, knowledge, reply), knowledge, now)
    return handler(dialogue, event, knowledge, now)


def is_known(event: Commanded) -> bool:
    """Whether there is such a command."""
    return event.name in _HANDLERS


def speaks(event: Commanded) -> bool:
    """Whether the argument of a command is a text that may say something: not that of a link, nor of /forget."""
    return event.name in _NAMING or event.name not in _HANDLERS


def named(event: Commanded, knowledge: Knowledge) -> tuple[tuple[str, ...], str] | None:
    """The complaints and the point that a command names, in its argument or as a link; None if it names none."""
    kind, _, id_ = event.argument.partition("_")
    if event.name == "start":
        if kind == "p" and id_ in knowledge.points:
            return (), id_
        return ((id_,), "") if kind == "c" and id_ in knowledge.conditions else None
    conditions = tuple(condition.id for condition in event.understood.accepted)
    point = next(iter(event.understood.points), "")
    return (conditions, point) if event.name in _NAMING and (conditions or point) else None


def beside(dialogue: Dialogue, reply: Reply, knowledge: Knowledge, now: float) -> Next:
    """Reply without changing anything, and repeat an open question: a "no" answers the last message shown (S-24)."""
    repeated = dialogue.stage in OPEN_QUESTIONS and not dialogue.page
    return Next(dialogue, (reply, *(view(dialogue, knowledge, now) if repeated else ())))


def _start(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """`/start`, or a deep link: `p_LI4` opens the point's page, `c_neck_pain` the complaint."""
    kind, _, id_ = event.argument.partition("_")
    greeted = replace(dialogue, greeted=True)
    if kind == "p" and id_ in knowledge.points:
        return buttons.open_point(greeted, id_, knowledge, now)
    if kind == "c" and id_ in knowledge.conditions:
        return start_wish(greeted, (id_,), "", "", knowledge, now)
    reply = pages.greeting(first=not dialogue.greeted)
    choices = (*diary_buttons.same_button(dialogue), *reply.choices)
    return Next(without_wish(greeted), (replace(reply, choices=choices),))


def _points(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    understood = event.understood
    if not event.argument:
        return buttons.open_page(dialogue, Press(Action.ALL_POINTS), knowledge, now)
    if understood.accepted:
        return _wish(dialogue, event, knowledge, now)
    if understood.point_choice:
        return offer(dialogue, Stage.WHICH_POINT, understood.point_choice, knowledge, now)
    if understood.points:
        return buttons.open_point(dialogue, understood.points[0], knowledge, now)
    name = understood.point_unknown or event.argument[:_MOST_NAME]
    return Next(without_wish(dialogue), (pages.unknown_point(name, understood.points_close, knowledge),))


def _conditions(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    understood = event.understood
    if understood.accepted:
        return _wish(dialogue, event, knowledge, now)
    if understood.offered:
        ids = tuple(condition.id for condition in understood.offered)
        return offer(about_person(dialogue, understood.about), Stage.CLOSEST, ids, knowledge, now)
    return buttons.open_page(dialogue, Press(Action.AREAS), knowledge, now)


def _wish(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """Screening for the complaints in the argument, with or without a point named beside them."""
    understood = event.understood
    conditions = tuple(condition.id for condition in understood.accepted)
    point = next(iter(understood.points), "")
    return start_wish(dialogue, conditions, point, understood.about, knowledge, now, matched=understood.accepted)


def _page(action: Action, dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return buttons.open_page(dialogue, Press(action), knowledge, now)


def _progress(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return beside(dialogue, diary_buttons.progress_reply(dialogue), knowledge, now)


def _report(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return beside(dialogue, diary_buttons.report_reply(dialogue, knowledge), knowledge, now)


def _remind(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return reminder_buttons.remind(dialogue, "", knowledge, now)


def _forget(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return ask(dialogue, Stage.FORGET, knowledge, now)


def _my_data(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return beside(dialogue, MyData(), knowledge, now)


def _about(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return beside(dialogue, pages.about(), knowledge, now)


def _cancel(dialogue: Dialogue, _: Commanded, knowledge: Knowledge, now: float) -> Next:
    return buttons.cancel(dialogue, knowledge, now)


_HANDLERS: Final[dict[str, Callable[[Dialogue, Commanded, Knowledge, float], Next]]] = {
    "start": _start,
    "help": partial(_page, Action.HELP),
    "points": _points,
    "conditions": _conditions,
    "progress": _progress,
    "report": _report,
    "remind": _remind,
    "privacy": partial(_page, Action.PRIVACY),
    "forget": _forget,
    "mydata": _my_data,
    "about": _about,
    "cancel": _cancel,
}
