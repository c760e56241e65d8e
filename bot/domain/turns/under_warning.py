"""While a warning stands (S-85): for an hour it is a state, and every answer begins with its action.

It ends when it is taken back, or when somebody has checked it (S-12). What is new is heard before this comes.
"""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import OPEN_QUESTIONS, Dialogue, Stage, warning_stands, without_wish
from bot.domain.turns import buttons, commands, flags, pages
from bot.domain.turns.events import Action, Commanded, Press
from bot.domain.turns.flow import ask, start_wish, view
from bot.domain.turns.replies import Next
from bot.domain.understanding.understood import HalfHeard, Understood

POINTS, ERASE = "points", "erase"  # topics: a wish for any point, and for deletion
_SERVED_COMMANDS = frozenset({"help", "privacy", "forget", "mydata"})
_SERVED = frozenset({Action.HELP, Action.PRIVACY, Action.MY_DATA})
# What answers a question about the warning, what takes a consent back, and deletion:
_ALLOWED = frozenset(
    {
        Action.NO_FLAG,
        Action.NO_FLAG_SURE,
        Action.FLAG_STAYS,
        Action.FLAG_CHECKED,
        Action.FLAG_UNCHECKED,
        Action.DOUBT_NO,
        Action.DOUBT_YES,
        Action.FORGET_YES,
        Action.FORGET_NO,
        Action.DIARY_OFF,
        Action.REMIND_OFF,
    }
)


def repeat(dialogue: Dialogue, knowledge: Knowledge, now: float, topic: str = "") -> Next:
    """The action again, and the sentence on the topic. An open question stands again below it, and counts nothing."""
    at = _at_warning(dialogue)
    below = view(at, knowledge, now) if at.stage in OPEN_QUESTIONS else ()
    return Next(at, (flags.action_again(at, knowledge, topic), *below))


def sure(dialogue: Dialogue, rows: tuple[HalfHeard, ...], knowledge: Knowledge, now: float) -> tuple[str, ...]:
    """The half-heard signs that the warning leaves no doubt about: "i took the pills" after "i want to die"."""
    if not warning_stands(dialogue, now):
        return ()
    known = knowledge.red_flags
    standing = {*dialogue.flags}
    return tuple(row.id for row in rows if row.id not in standing and standing & {*known[row.id].sure_after})


def news(
    dialogue: Dialogue, understood: Understood, rows: tuple[HalfHeard, ...], knowledge: Knowledge, now: float
) -> tuple[HalfHeard, ...]:
    """The half-heard signs that are asked about: all of them, or while a warning stands those that are new in it.

    A text that says nothing but its topic ("I live by myself") has none then.
    """
    if not warning_stands(dialogue, now):
        return rows
    if understood.topic_only:
        return ()
    known = [knowledge.red_flags[id_] for id_ in dialogue.flags if id_ in knowledge.red_flags]
    covered = {*dialogue.flags, *(id_ for flag in known for id_ in flag.silences)}
    return tuple(row for row in rows if row.id not in covered)


def led(dialogue: Dialogue, after: Next, knowledge: Knowledge, now: float) -> Next:
    """`after` with the action above its replies, if a warning stands in `dialogue`."""
    if not warning_stands(dialogue, now):
        return after
    return Next(after.dialogue, (flags.action_again(after.dialogue, knowledge), *after.replies))


def on_text(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next | None:
    """The answer to a text without anything new while a warning stands.

    None without a warning, for an answer to the open question, and for a complaint by name, which is met with the
    question of S-12.
    """
    asking = dialogue.stage in OPEN_QUESTIONS and not dialogue.page
    if not warning_stands(dialogue, now) or (asking and understood.answer is not None):
        return None
    if dialogue.stage is Stage.HALF_HEARD:
        return repeat(dialogue, knowledge, now, understood.topic) if understood.topic_only else None
    if understood.topic == ERASE:
        return _asked_to_erase(dialogue, knowledge, now)
    if understood.refusal:
        return _refused(dialogue, understood.refusal, knowledge, now)
    if understood.topic in {"", POINTS} and understood.accepted:
        return None
    if not understood.topic and understood.points:
        return start_wish(dialogue, (), understood.points[0], understood.about, knowledge, now)
    if not understood.topic and dialogue.stage in {Stage.FLAG_SURE, Stage.FLAG_CHECK} and not dialogue.page:
        return None
    return repeat(dialogue, knowledge, now, understood.topic)


def on_command(dialogue: Dialogue, event: Commanded, knowledge: Knowledge, now: float) -> Next | None:
    """The answer to a command while a warning stands, None without one. Few are served, with the action above."""
    if not warning_stands(dialogue, now):
        return None
    understood = event.understood
    if event.name == "cancel":
        return _cancelled(dialogue, knowledge)
    if event.name in _SERVED_COMMANDS:
        return led(dialogue, commands.command(_at_warning(dialogue), event, knowledge, now), knowledge, now)
    if understood.refusal:
        return _refused(dialogue, understood.refusal, knowledge, now)
    wish = commands.named(event, knowledge)
    if wish is not None:
        return start_wish(dialogue, *wish, understood.about, knowledge, now)
    return repeat(dialogue, knowledge, now, understood.topic)


def on_press(dialogue: Dialogue, press: Press, knowledge: Knowledge, now: float) -> Next | None:
    """What a button does while a warning stands; None for one that may act as ever.

    A wish is met with the question of S-12.
    """
    if not warning_stands(dialogue, now) or press.action in _ALLOWED:
        return None
    if press.action in buttons.WISHES:
        wished = buttons.press(dialogue, press, knowledge, now)
        if wished.dialogue.stage in OPEN_QUESTIONS and (wished.dialogue.conditions or wished.dialogue.point):
            return wished
    if press.action is Action.CANCEL:
        return _cancelled(dialogue, knowledge)
    if press.action in _SERVED:
        return led(dialogue, buttons.press(_at_warning(dialogue), press, knowledge, now), knowledge, now)
    return repeat(dialogue, knowledge, now)


def _at_warning(dialogue: Dialogue) -> Dialogue:
    """The dialogue without a page on top, at its open question, or else at the warning."""
    stage = dialogue.stage if dialogue.stage in OPEN_QUESTIONS else Stage.FLAG
    return replace(dialogue, stage=stage, page="")


def _cancelled(dialogue: Dialogue, knowledge: Knowledge) -> Next:
    """What is open is given up; the warning stays, and no button leads on."""
    at = replace(without_wish(dialogue), stage=Stage.FLAG)
    return Next(at, (flags.action_again(at, knowledge), replace(pages.cancelled(), choices=())))


def _asked_to_erase(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    return led(dialogue, ask(dialogue, Stage.FORGET, knowledge, now), knowledge, now)


def _refused(dialogue: Dialogue, refusal: str, knowledge: Knowledge, now: float) -> Next:
    """The refusal below the action. In a crisis nothing is refused (S-83)."""
    after = repeat(dialogue, knowledge, now)
    if flags.in_crisis(dialogue, knowledge):
        return after
    action, *question = after.replies
    return Next(after.dialogue, (action, pages.refusal(refusal), *question))
