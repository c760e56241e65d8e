"""What the commands do. None of them gives point text that a button or a text would not."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import pages
from bot.domain.dialogue import Dialogue, Stage
from bot.domain.events import Action, Commanded, Press
from bot.domain.flow import ask, offer, wish
from bot.domain.knowledge import Knowledge
from bot.domain.presses import press
from bot.domain.replies import MyData, Next

COMMANDS = ("start", "help", "points", "conditions", "privacy", "forget", "mydata", "about", "cancel")


def command(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """The answer to a command; one we do not know is answered like a text we do not understand."""
    handler = _HANDLERS.get(event.name)
    if handler is None:
        return Next(dialogue, (pages.no_match(second=False),))
    return handler(dialogue, event, knowledge, now)


def _start(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """`/start`, or a deep link: `p_LI4` opens the point's page, `c_neck_pain` the complaint."""
    kind, _, id_ = event.argument.partition("_")
    greeted = replace(dialogue, greeted=True)
    if kind == "p" and id_ in knowledge.points:
        return _open(greeted, Press(Action.POINT, id_), knowledge, now)
    if kind == "c" and id_ in knowledge.conditions:
        return wish(greeted, (id_,), "", "", knowledge, now)
    return Next(greeted, (pages.start(first=not dialogue.greeted),))


def _points(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    named = event.understood
    if not event.argument:
        return _open(dialogue, Press(Action.ALL_POINTS), knowledge, now)
    if named.point_choice:
        return offer(dialogue, Stage.WHICH_POINT, named.point_choice, knowledge, now)
    if named.points:
        return _open(dialogue, Press(Action.POINT, named.points[0]), knowledge, now)
    name = named.point_unknown or event.argument[:40]
    return Next(dialogue, (pages.unknown_point(name, named.points_close, knowledge),))


def _conditions(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    named = event.understood
    if named.accepted:
        return wish(dialogue, tuple(heard.id for heard in named.accepted), "", named.about, knowledge, now)
    if named.offered:
        return offer(dialogue, Stage.CLOSEST, tuple(heard.id for heard in named.offered), knowledge, now)
    return _open(dialogue, Press(Action.AREAS), knowledge, now)


def _open(dialogue: Dialogue, page: Press, knowledge: Knowledge, now: float) -> Next:
    return press(dialogue, page, knowledge, now)


_Handler = Callable[[Dialogue, Commanded, Knowledge, float], Next]
_HANDLERS: dict[str, _Handler] = {
    "start": _start,
    "help": lambda d, _, k, now: _open(d, Press(Action.HELP), k, now),
    "points": _points,
    "conditions": _conditions,
    "privacy": lambda d, _, k, now: _open(d, Press(Action.PRIVACY), k, now),
    "forget": lambda d, _, k, now: ask(d, Stage.FORGET, k, now),
    "mydata": lambda d, _, __, ___: Next(d, (MyData(),)),
    "about": lambda d, _, __, ___: Next(d, (pages.about(),)),
    "cancel": lambda d, _, k, now: press(d, Press(Action.CANCEL), k, now),
}
