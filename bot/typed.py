"""Buttons that are typed instead of pressed (S-47): by their label, or by their number in a list."""

import re
from collections.abc import Sequence

from bot.domain.events import Action, Press
from bot.rendering import Button, Voice

_NUMBERED = frozenset(
    {Action.CHOOSE, Action.POINT, Action.AREA, Action.POINTS_IN, Action.TICK, Action.UNTICK, Action.CARD}
)
_TURNING = frozenset({Action.WHY_POINT})  # on a card the buttons to other cards have no numbers
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*\Z")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_ALWAYS = {"areas": Action.AREAS, "all_points": Action.ALL_POINTS, "how": Action.HOW, "privacy": Action.PRIVACY}
LONGEST = 60  # characters: no label is longer


def typed_press(text: str, shown: Sequence[Button], voice: Voice) -> Press | None:
    """The button that the text names among those shown, or one of the few that are always there."""
    if len(text) > LONGEST:
        return None
    if number := _NUMBER.match(text):
        turning = any(button.press.action in _TURNING for button in shown)
        numbered = [button for button in shown if button.press.action in _NUMBERED and not turning]
        place = int(number.group(1))
        return numbered[place - 1].press if 0 < place <= len(numbered) else None
    wanted = _plain(text)
    always = [voice.button(key, action) for key, action in _ALWAYS.items()]
    return next((button.press for button in (*shown, *always) if wanted and wanted in _names(button)), None)


def _names(button: Button) -> set[str]:
    """What a button answers to. A row can be ticked without its number; unticking takes the whole label."""
    label = _plain(button.label)
    return {label, label.lstrip("0123456789 ")} if button.press.action is Action.TICK else {label}


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text.casefold().replace("'", "").replace("\u2019", "")).strip()
