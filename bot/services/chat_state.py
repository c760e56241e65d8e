"""A chat's dialogue read from its row and written back: the hour's part, and what is kept beyond it."""

import logging
import secrets
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue, erase_at, expire
from bot.domain.state.diary import Diary
from bot.domain.state.reminders import Reminders, next_due
from bot.domain.state.stored import (
    diary_from_json,
    drop_unknown_ids,
    from_json,
    record_to_json,
    reminders_from_json,
    to_json,
)
from bot.storage.records import SESSION
from bot.storage.rows import ChatRow
from bot.storage.store import Store

DIARY, REMINDERS = "diary", "reminders"  # what is kept beyond the row, by its kind

log = logging.getLogger(__name__)


def recall(row: ChatRow, now: float, knowledge: Knowledge) -> Dialogue:
    """The dialogue as it may still be known at `now`, fitted to this knowledge."""
    known = from_json(row.value) if row.value is not None else None
    if known is None:
        if row.value is not None:
            log.warning("a stored conversation is of another version: starting it afresh")
        known = Dialogue(revision=secrets.randbits(31), began_at=now)
    diary, reminders = row.kept_value(DIARY), row.kept_value(REMINDERS)
    if diary is not None or reminders is not None:
        known = replace(
            known,
            diary=None if diary is None else diary_from_json(diary),
            reminders=None if reminders is None else reminders_from_json(reminders),
        )
    return drop_unknown_ids(expire(known, now), knowledge)


def remember(row: ChatRow, before: Dialogue, after: Dialogue, now: float) -> None:
    """Keeps `after`, which followed `before`: in the row for its hour, and beyond it what the person asked for."""
    until = erase_at(after)
    if until is not None:
        row.save(to_json(after), datetime.fromtimestamp(until, UTC))
    elif row.value is not None:
        row.erase()
    if after.diary != before.diary:
        _keep_diary(row, after.diary)
    if after.reminders != before.reminders:
        _follow(row, before.reminders, after.reminders, now)
    shown = row.kept_value(SESSION)
    if shown is not None and after.session is None:
        row.keep(SESSION, shown, datetime.fromtimestamp(now, UTC))  # due at once: its message loses its buttons


def keep_reminders(row: ChatRow, reminders: Reminders | None, now: float) -> None:
    """Keeps the reminders with the time they are due next; None ends them."""
    if reminders is None:
        row.drop(REMINDERS)
        return
    row.keep(REMINDERS, record_to_json(reminders), datetime.fromtimestamp(next_due(reminders, now), UTC))


def _follow(row: ChatRow, before: Reminders | None, after: Reminders | None, now: float) -> None:
    """Reminders that are due when they were stay so, also where that was missed or one is just being sent."""
    if before is not None and after is not None and next_due(before, now) == next_due(after, now):
        row.rewrite(REMINDERS, record_to_json(after))
    else:
        keep_reminders(row, after, now)


def _keep_diary(row: ChatRow, diary: Diary | None) -> None:
    if diary is None:
        row.drop(DIARY)
    else:
        row.keep(DIARY, record_to_json(diary), None)


def erase_expired(store: Store, now: datetime) -> int:
    """Erases what has had its time (S-30). Returns how many chats it concerned."""
    return store.erase_due(now, lambda value: _shrunk(value, now.timestamp()))


def _shrunk(value: str, now: float) -> tuple[str, datetime] | None:
    """What may still be kept of a stored dialogue, and until when; None where nothing may."""
    known = from_json(value)
    smaller = expire(known, now) if known else None
    until = erase_at(smaller) if smaller else None
    if smaller is None or until is None:
        return None
    return to_json(smaller), datetime.fromtimestamp(until, UTC)
