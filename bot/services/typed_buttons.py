"""Recognises buttons that are typed instead of pressed (S-47): by their label, or by their number in a list."""

import re
from collections.abc import Sequence

from bot.domain.language.words import plain_apostrophes
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns.events import Action, Press, Pressed
from bot.domain.turns.flow import view
from bot.domain.understanding.understood import TypedAnswer, Understood
from bot.rendering import Button, Wording, render
from bot.services.time_zones import find_zone

_NUMBERED = frozenset(
    {Action.CHOOSE, Action.POINT, Action.AREA, Action.POINTS_IN, Action.TICK, Action.UNTICK, Action.CARD}
)
_ON_A_CARD = frozenset({Action.WHY_POINT})  # where the buttons to other cards have no numbers
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*\Z")
_SCORE = re.compile(r"\s*(10|[0-9])\s*(?:(?:/|of|out of)\s*10)?\s*[.]?\s*\Z", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[\W_]+")
_ALWAYS = {"areas": Action.AREAS, "all_points": Action.ALL_POINTS, "how": Action.HOW, "privacy": Action.PRIVACY}
_WORDS = {
    Action.HURTS: "session.stop_words",
    Action.PAUSE: "session.pause_words",
    Action.RESUME: "session.go_on_words",
    Action.NEXT_STEP: "session.next_words",
    Action.OTHER_SIDE: "session.side_words",
}
LONGEST = 60  # characters of a label


def typed_button(text: str, understood: Understood, dialogue: Dialogue, wording: Wording, now: float) -> Pressed | None:
    """The press that a typed text stands for, given what is on the screen, or None.

    A yes to "Delete everything?" presses its first button. When asked for a time zone, a text that names one answers.
    """
    shown = [render(reply, wording) for reply in view(dialogue, wording.knowledge, now)]
    buttons = [button for message in shown for row in message.buttons for button in row]
    agrees = dialogue.stage is Stage.FORGET and understood.answer is TypedAnswer.YES
    press = buttons[0].press if agrees and buttons else typed_press(text, buttons, wording)
    if press is None and dialogue.stage is Stage.REMIND_ZONE and not dialogue.page and (zone := find_zone(text)):
        press = Press(Action.REMIND_ZONE, zone)
    return Pressed(press, dialogue.revision) if press else None


def typed_press(text: str, shown: Sequence[Button], wording: Wording) -> Press | None:
    """The button that the text names among those shown or those that can always be typed, or None."""
    if len(text) > LONGEST:
        return None
    if score := _first(Action.RATE, shown) and _SCORE.match(text):
        return next(button.press for button in shown if button.press == Press(Action.RATE, score.group(1)))
    if number := _NUMBER.match(text):
        on_a_card = any(button.press.action in _ON_A_CARD for button in shown)
        numbered = [button for button in shown if button.press.action in _NUMBERED and not on_a_card]
        index = int(number.group(1)) - 1
        return numbered[index].press if 0 <= index < len(numbered) else None
    wanted = _plain(text)
    if said := _said_in_a_session(wanted, shown, wording):
        return said
    always = [wording.button(key, action) for key, action in _ALWAYS.items()]
    return next((button.press for button in (*shown, *always) if wanted and wanted in _names(button)), None)


def _said_in_a_session(wanted: str, shown: Sequence[Button], wording: Wording) -> Press | None:
    """The button of a session that common words name, or None. "Go on" to a running clock only shows its step."""
    running = _first(Action.PAUSE, shown)
    pressed = next((_first(action, shown) for action, key in _WORDS.items() if wanted in _words(key, wording)), None)
    if pressed or not running or wanted not in _words(_WORDS[Action.RESUME], wording):
        return pressed
    return Press(Action.RESUME, running.arg)


def _words(key: str, wording: Wording) -> list[str]:
    return wording.plain(key).split(", ")


def _first(action: Action, shown: Sequence[Button]) -> Press | None:
    """The press of the first button shown with this action, or None."""
    return next((button.press for button in shown if button.press.action is action), None)


def _names(button: Button) -> set[str]:
    """The texts that name a button. A row can be ticked without its number; unticking needs the whole label."""
    label = _plain(button.label)
    return {label, label.lstrip("0123456789 ")} if button.press.action is Action.TICK else {label}


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", plain_apostrophes(text).casefold().replace("'", "")).strip()
