"""A dialogue as it is stored: to JSON and back, and without ids that the knowledge no longer has."""

import json
from dataclasses import asdict, fields, replace
from typing import Any

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.reminders import Reminders
from bot.domain.state.session import Session

_RECORDS = frozenset({"diary", "reminders"})  # stored apart, because they outlive the chat's row
_FIELDS = {field.name: field.default for field in fields(Dialogue) if field.name not in _RECORDS}
_NESTED = {"session": Session, "finished": DiaryEntry, "draft": Reminders}


def to_json(dialogue: Dialogue) -> str:
    """The dialogue as JSON, without fields that have their default value, and without diary and reminders."""
    data = {name: value for name, default in _FIELDS.items() if (value := getattr(dialogue, name)) != default}
    return json.dumps(data, separators=(",", ":"), default=asdict)


def record_to_json(record: Diary | Reminders) -> str:
    """A diary or reminders as JSON."""
    return json.dumps(asdict(record))


def diary_from_json(text: str) -> Diary:
    """The diary written by `record_to_json`. Raises ValueError or TypeError for anything else."""
    return Diary(tuple(DiaryEntry(**_with_tuples(entry)) for entry in json.loads(text)["entries"]))


def reminders_from_json(text: str) -> Reminders:
    """The reminders written by `record_to_json`. Raises ValueError or TypeError for anything else."""
    return Reminders(**_with_tuples(json.loads(text)))


def from_json(text: str) -> Dialogue | None:
    """The dialogue written by `to_json`, or None if the text does not fit the present fields."""
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or not data.keys() <= _FIELDS.keys():
            return None
        return Dialogue(**{key: _field_value(key, value) for key, value in data.items()})
    except (ValueError, TypeError):
        return None


def _field_value(key: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
    if key == "stage":
        return Stage(str(value))
    if key in _NESTED and isinstance(value, dict):
        return _NESTED[key](**_with_tuples(value))
    return _tuples(value)


def _with_tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(inner) for key, inner in value.items()}


def _tuples(value: Any) -> Any:  # noqa: ANN401  (JSON)
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def drop_unknown_ids(dialogue: Dialogue, knowledge: Knowledge) -> Dialogue:
    """The dialogue without ids that a reload has removed. If the open wish had one of them, it ends."""
    dialogue = _without_changed_checklist(dialogue, knowledge)
    stated = tuple(id_ for id_ in dialogue.stated if id_ in knowledge.contraindications)
    referred = tuple(id_ for id_ in dialogue.referred if id_ in knowledge.conditions)
    see_gp = tuple(id_ for id_ in dialogue.see_gp if id_ in knowledge.red_flags)
    doubts = tuple(id_ for id_ in dialogue.doubts if id_ in knowledge.red_flags)
    before = (dialogue.stated, dialogue.referred, dialogue.see_gp, dialogue.doubts)
    same = (stated, referred, see_gp, doubts) == before
    if same and not _wish_has_unknown_ids(dialogue, knowledge):
        return dialogue
    kept = replace(dialogue, stated=stated, referred=referred, see_gp=see_gp, doubts=doubts)
    return replace(without_wish(kept), revision=dialogue.revision + 1)


def _wish_has_unknown_ids(dialogue: Dialogue, knowledge: Knowledge) -> bool:
    """Whether the open wish, an open question or the session names an id that the knowledge does not have."""
    rows = [row.id for row in knowledge.checklist.rows]
    all_ids = (knowledge.conditions, knowledge.points, knowledge.contraindications, rows)
    return (
        any(id_ not in knowledge.conditions for id_ in dialogue.conditions)
        or (dialogue.point != "" and dialogue.point not in knowledge.points)
        or any(id_ and not any(id_ in known for known in all_ids) for id_ in (*dialogue.offered, dialogue.unticking))
        or any(code not in knowledge.points for code, _, _ in (dialogue.session.steps if dialogue.session else ()))
    )


def _without_changed_checklist(dialogue: Dialogue, knowledge: Knowledge) -> Dialogue:
    """Without its version, an open checklist that a reload has changed cannot be completed, only asked again (S-30)."""
    if dialogue.stage is not Stage.CHECKLIST or dialogue.checklist_version == knowledge.checklist.version:
        return dialogue
    return replace(dialogue, checklist_version="")
