"""A dialogue as it is stored: to JSON and back, and fitted to the knowledge of today."""

import json
from dataclasses import asdict, fields, replace
from typing import Any

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.reminders import Reminders
from bot.domain.state.session import Session

_KEPT_APART = frozenset({"diary", "reminders"})  # beyond the hour of the chat's row
_FIELDS = {field.name: field.default for field in fields(Dialogue) if field.name not in _KEPT_APART}
_NESTED = {"session": Session, "finished": DiaryEntry, "draft": Reminders}


def to_json(dialogue: Dialogue) -> str:
    """The dialogue as JSON, without what has its default value and without what is kept apart."""
    data = {name: value for name, default in _FIELDS.items() if (value := getattr(dialogue, name)) != default}
    return json.dumps(data, separators=(",", ":"), default=asdict)


def kept_to_json(kept: Diary | Reminders) -> str:
    """A diary or reminders as JSON."""
    return json.dumps(asdict(kept))


def diary_from_json(text: str) -> Diary:
    """The diary written by `kept_to_json`. Raises ValueError or TypeError for anything else."""
    return Diary(tuple(DiaryEntry(**_thawed(entry)) for entry in json.loads(text)["entries"]))


def reminders_from_json(text: str) -> Reminders:
    """The reminders written by `kept_to_json`. Raises ValueError or TypeError for anything else."""
    return Reminders(**_thawed(json.loads(text)))


def from_json(text: str) -> Dialogue | None:
    """The dialogue written by `to_json`, or None when the text does not fit this version of it."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or not data.keys() <= _FIELDS.keys():
            return None
        return Dialogue(**{key: _frozen(key, value) for key, value in data.items()})
    except (ValueError, TypeError):
        return None


def _frozen(key: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
    if key == "stage":
        return Stage(str(value))
    if key in _NESTED and isinstance(value, dict):
        return _NESTED[key](**_thawed(value))
    return _tuples(value)


def _thawed(value: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(inner) for key, inner in value.items()}


def _tuples(value: Any) -> Any:  # noqa: ANN401  (JSON)
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def drop_unknown_ids(dialogue: Dialogue, knowledge: Knowledge) -> Dialogue:
    """The dialogue without what a reload has taken away. Where that concerns the open wish, the wish is over."""
    dialogue = _reworded(dialogue, knowledge)
    stated = tuple(id_ for id_ in dialogue.stated if id_ in knowledge.contraindications)
    referred = tuple(id_ for id_ in dialogue.referred if id_ in knowledge.conditions)
    see_gp = tuple(id_ for id_ in dialogue.see_gp if id_ in knowledge.red_flags)
    same = (stated, referred, see_gp) == (dialogue.stated, dialogue.referred, dialogue.see_gp)
    if same and not _lost(dialogue, knowledge):
        return dialogue
    kept = replace(dialogue, stated=stated, referred=referred, see_gp=see_gp)
    return replace(without_wish(kept), revision=dialogue.revision + 1)


def _lost(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether the open wish names what is there no more."""
    rows = [row.id for row in knowledge.checklist.rows]
    named = (knowledge.conditions, knowledge.points, knowledge.contraindications, rows)
    return (
        any(id_ not in knowledge.conditions for id_ in dialogue.conditions)
        or (dialogue.point != "" and dialogue.point not in knowledge.points)
        or any(id_ and not any(id_ in there for there in named) for id_ in (*dialogue.offered, dialogue.unticking))
        or any(code not in knowledge.points for code, _, _ in (dialogue.session.steps if dialogue.session else ()))
    )


def _reworded(dialogue: Dialogue, knowledge: Knowledge) -> Dialogue:
    """An open checklist that a reload has changed cannot be completed: it has to be opened anew (S-30)."""
    if dialogue.stage is not Stage.CHECKLIST or dialogue.checklist_version == knowledge.checklist.version:
        return dialogue
    return replace(dialogue, checklist_version="")
