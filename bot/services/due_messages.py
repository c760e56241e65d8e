"""What is said when its time has come, without being asked just then: a session's clock, and reminders."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.state.dialogue import Stage, flag_is_current, is_resting
from bot.domain.state.reminders import ReminderKind, due_now, sent, skipped_today
from bot.domain.turns.reminder_pages import message
from bot.domain.turns.session_pages import ask_rating, end_if_finished, step
from bot.library.library import Library
from bot.services.chat_state import REMINDERS, keep_reminders, recall
from bot.services.messages import Live, Outgoing
from bot.services.sealed_messages import MessageSealer
from bot.storage.records import SESSION, DueRecord
from bot.storage.rows import ChatRow
from bot.storage.store import Store


@dataclass(frozen=True, slots=True)
class DueAction:
    """What a channel shall do for a chat now, and then report with `done`.

    `edit` goes into message `shown`; `send` is a new message, after which `shown` loses its buttons. Neither: `shown`
    only loses its buttons, for its session is over. `shown` is 0 where there is no such message. `at` is the time that
    decided it, in seconds since 1970. `ends`: it is the last reminder.
    """

    chat: str
    kind: str
    at: float
    shown: int = 0
    edit: Outgoing | None = None
    send: Outgoing | None = None
    ends: bool = False


class DueMessages:
    """Safe to call from many threads. A channel takes what is due, does it, and says what came of it."""

    def __init__(self, library: Library, store: Store, sealer: MessageSealer, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._store = store
        self._sealer = sealer
        self._clock = clock

    def take(self, channel: str) -> list[DueRecord]:
        """What is due in this channel. Another process gets it only if this one does nothing with it for a while."""
        return self._store.take_due(channel)

    def action(self, due: DueRecord) -> DueAction | None:
        """What to do about it now, or None: then it was looked at again and its next time is kept."""
        with self._store.chat(due.chat) as row:
            return self._session(row, due.chat) if due.kind == SESSION else self._reminder(row, due.chat)

    def showing(self, chat: str, message: int, live: Live) -> None:
        """The message that shows the session now: it is the one kept up to date."""
        with self._store.chat(chat) as row:
            self._show(row, message, live)

    def done(self, action: DueAction, message: int) -> None:
        """The action is done; `message` is the one that was sent or edited."""
        with self._store.chat(action.chat) as row:
            if action.kind == REMINDERS:
                self._sent(row, action)
                return
            outgoing = action.edit or action.send
            if outgoing is None or outgoing.live is None:
                row.drop(SESSION)
            elif row.kept_value(SESSION) is not None:
                self._show(row, message, outgoing.live)

    def put_off(self, due: DueRecord, seconds: float) -> None:
        """It could not be done; it is due again so many seconds after it was taken."""
        with self._store.chat(due.chat) as row:
            value = row.kept_value(due.kind)
            if value is not None:
                row.keep(due.kind, value, due.at + timedelta(seconds=seconds))

    def left(self, chat: str) -> None:
        """The person has blocked the bot or left: nothing more is sent by itself."""
        with self._store.chat(chat) as row:
            row.drop(REMINDERS)
            row.drop(SESSION)

    def _show(self, row: ChatRow, message: int, live: Live) -> None:
        value = json.dumps({"message": message, "mark": live.mark})
        row.keep(SESSION, value, datetime.fromtimestamp(live.due, UTC))

    def _session(self, row: ChatRow, chat: str) -> DueAction | None:
        value = row.kept_value(SESSION)
        if value is None:
            return None
        now, knowledge = self._clock().timestamp(), self._library.current.knowledge
        shown = json.loads(value)
        known = recall(row, now, knowledge)
        dialogue = end_if_finished(known, now)
        over = dialogue.stage is Stage.AFTER and known.stage is Stage.SESSION  # by the clock, so nobody has asked yet
        reply = ask_rating(dialogue) if over else step(dialogue, knowledge, now)
        if reply is None:
            return DueAction(chat, SESSION, now, shown["message"])
        outgoing = self._sealer.says(reply, dialogue, self._sealer.wording(knowledge), chat, now)
        if outgoing.live is not None and outgoing.live.mark == shown["mark"]:
            return DueAction(chat, SESSION, now, shown["message"], edit=outgoing)
        return DueAction(chat, SESSION, now, shown["message"], send=outgoing)

    def _reminder(self, row: ChatRow, chat: str) -> DueAction | None:
        now, knowledge = self._clock().timestamp(), self._library.current.knowledge
        dialogue = recall(row, now, knowledge)
        reminders = dialogue.reminders
        what = due_now(reminders, now) if reminders else None
        if reminders and what and (flag_is_current(dialogue, now) or is_resting(dialogue, now)):
            keep_reminders(row, skipped_today(reminders, now), now)  # a day with a warning sign is no day to press
            return None
        if what is None or what is ReminderKind.QUIET:
            keep_reminders(row, None if what else reminders, now)
            return None
        outgoing = self._sealer.says(message(dialogue, what, now), dialogue, self._sealer.wording(knowledge), chat, now)
        return DueAction(chat, REMINDERS, now, send=outgoing, ends=what is ReminderKind.END)

    def _sent(self, row: ChatRow, done: DueAction) -> None:
        """Reschedules what the person may have changed meanwhile.

        The reminder belongs to the day it was decided on, even if it took until the next one to leave.
        """
        reminders = recall(row, done.at, self._library.current.knowledge).reminders
        if reminders is not None:
            keep_reminders(row, None if done.ends else sent(reminders, done.at), done.at)
