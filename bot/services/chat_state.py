"""Reads the dialogue of a chat from its row and its records, and writes it back."""

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

DIARY, REMINDERS = "diary", "reminders"  # kinds of records

log = logging.getLogger(__name__)


def recall(row: ChatRow, now: float, knowledge: Knowledge) -> Dialogue:
    """The dialogue of a chat without what has expired at `now` and without ids that this knowledge lacks.

    A chat without a row, or with one of another version, gets a new dialogue. `now` is in seconds since 1970. Raises
    DamagedError.
    """
    known = from_json(row.value) if row.value is not None else None
    if known is None:
        if row.value is not None:
            log.warning("a stored conversation is of another version: starting it afresh")
        known = Dialogue(revision=secrets.randbits(31), began_at=now)
    diary, reminders = row.record(DIARY), row.record(REMINDERS)
    if diary is not None or reminders is not None:
        known = replace(
            known,
            diary=None if diary is None else diary_from_json(diary),
            reminders=None if reminders is None else reminders_from_json(reminders),
        )
    return drop_unknown_ids(expire(known, now), knowledge)


def remember(row: ChatRow, before: Dialogue, after: Dialogue, now: float) -> None:
    """Stores `after`, the dialogue that followed `before`, in the row and in the records that have changed."""
    until = erase_at(after)
    if until is not None:
        row.save(to_json(after), datetime.fromtimestamp(until, UTC))
    elif row.value is not None:
        row.erase()
    if after.diary != before.diary:
        _keep_diary(row, after.diary)
    if after.reminders != before.reminders:
        _keep_changed_reminders(row, before.reminders, after.reminders, now)
    shown = row.record(SESSION)
    if shown is not None and after.session is None:
        row.save_record(SESSION, shown, datetime.fromtimestamp(now, UTC))  # due at once: its message loses its buttons


def keep_reminders(row: ChatRow, reminders: Reminders | None, now: float) -> None:
    """Stores the reminders with the time when the next one is due. None deletes them."""
    if reminders is None:
        row.drop_record(REMINDERS)
        return
    row.save_record(REMINDERS, record_to_json(reminders), datetime.fromtimestamp(next_due(reminders, now), UTC))


def _keep_changed_reminders(row: ChatRow, before: Reminders | None, after: Reminders | None, now: float) -> None:
    """Stores reminders but reschedules them only if the change moves the next one.

    One that is overdue or just being sent then stays due when it was.
    """
    if before is not None and after is not None and next_due(before, now) == next_due(after, now):
        row.rewrite_record(REMINDERS, record_to_json(after))
    else:
        keep_reminders(row, after, now)


def _keep_diary(row: ChatRow, diary: Diary | None) -> None:
    if diary is None:
        row.drop_record(DIARY)
    else:
        row.save_record(DIARY, record_to_json(diary), None)


def erase_expired(store: Store, now: datetime) -> int:
    """Erases all that has expired at `now` (S-30). Returns the number of chats concerned. Raises StorageError."""
    return store.erase_due(now, lambda value: _shrunk(value, now.timestamp()))


def _shrunk(value: str, now: float) -> tuple[str, datetime] | None:
    """What may still be stored of a dialogue, and until when, or None if nothing may."""
    known = from_json(value)
    smaller = expire(known, now) if known else None
    until = erase_at(smaller) if smaller else None
    if smaller is None or until is None:
        return None
    return to_json(smaller), datetime.fromtimestamp(until, UTC)
