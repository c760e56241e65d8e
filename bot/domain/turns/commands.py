"""What the commands do. None of them gives point text that a button or a text would not."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import OPEN_QUESTIONS, Dialogue, Stage, for_whom, without_wish
from bot.domain.turns import diary_buttons, flags, pages
from bot.domain.turns.buttons import press
from bot.domain.turns.events import Action, Commanded, Press
from bot.domain.turns.flow import ask, offer, view, wish
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


def command(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """The answer to a command; one we do not know is answered like a text we do not understand."""
    handler = _HANDLERS.get(event.name)
    if handler is None:
        said = flags.unless_crisis(dialogue, knowledge, pages.no_match(second=False))
        return beside(dialogue, said, knowledge, now)
    return handler(dialogue, event, knowledge, now)


def beside(dialogue: Dialogue, said: Reply, knowledge: Knowledge, now: float) -> Next:
    """Something is said that changes nothing. An open question is put again: a "no" answers what stands last (S-24)."""
    again = dialogue.stage in OPEN_QUESTIONS and not dialogue.page
    return Next(dialogue, (said, *(view(dialogue, knowledge, now) if again else ())))


def _start(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """`/start`, or a deep link: `p_LI4` opens the point's page, `c_neck_pain` the complaint."""
    kind, _, id_ = event.argument.partition("_")
    greeted = replace(dialogue, greeted=True)
    if kind == "p" and id_ in knowledge.points:
        return _open(greeted, Press(Action.POINT, id_), knowledge, now)
    if kind == "c" and id_ in knowledge.conditions:
        return wish(greeted, (id_,), "", "", knowledge, now)
    said = pages.start(first=not dialogue.greeted)
    return Next(without_wish(greeted), (replace(said, choices=(*diary_buttons.same_button(dialogue), *said.choices)),))


def _points(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    named = event.understood
    if not event.argument:
        return _open(dialogue, Press(Action.ALL_POINTS), knowledge, now)
    if named.accepted:
        return _wish(dialogue, event, knowledge, now)
    if named.point_choice:
        return offer(dialogue, Stage.WHICH_POINT, named.point_choice, knowledge, now)
    if named.points:
        return _open(dialogue, Press(Action.POINT, named.points[0]), knowledge, now)
    name = named.point_unknown or event.argument[:40]
    return Next(without_wish(dialogue), (pages.unknown_point(name, named.points_close, knowledge),))


def _wish(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    """A complaint in the argument is screened for, whether or not a point is named with it."""
    named = event.understood
    conditions = tuple(heard.id for heard in named.accepted)
    point = next(iter(named.points), "")
    return wish(dialogue, conditions, point, named.about, knowledge, now, matched=named.accepted)


def _conditions(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next:
    named = event.understood
    if named.accepted:
        return _wish(dialogue, event, knowledge, now)
    if named.offered:
        asked = for_whom(dialogue, named.about)
        return offer(asked, Stage.CLOSEST, tuple(heard.id for heard in named.offered), knowledge, now)
    return _open(dialogue, Press(Action.AREAS), knowledge, now)


def _beside(dialogue: Dialogue, action: Action, knowledge: Knowledge, now: float) -> Next:
    (said,) = press(dialogue, Press(action), knowledge, now).replies
    return beside(dialogue, said, knowledge, now)


def _open(dialogue: Dialogue, page: Press, knowledge: Knowledge, now: float) -> Next:
    return press(dialogue, page, knowledge, now)


_Handler = Callable[[Dialogue, Commanded, Knowledge, float], Next]
_HANDLERS: dict[str, _Handler] = {
    "start": _start,
    "help": lambda d, _, k, now: _open(d, Press(Action.HELP), k, now),
    "points": _points,
    "conditions": _conditions,
    "progress": lambda d, _, k, now: _beside(d, Action.PROGRESS, k, now),
    "report": lambda d, _, k, now: _beside(d, Action.REPORT, k, now),
    "remind": lambda d, _, k, now: _open(d, Press(Action.REMIND), k, now),
    "privacy": lambda d, _, k, now: _open(d, Press(Action.PRIVACY), k, now),
    "forget": lambda d, _, k, now: ask(d, Stage.FORGET, k, now),
    "mydata": lambda d, _, k, now: beside(d, MyData(), k, now),
    "about": lambda d, _, k, now: beside(d, pages.about(), k, now),
    "cancel": lambda d, _, k, now: press(d, Press(Action.CANCEL), k, now),
}
