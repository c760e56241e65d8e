"""Messages that are sent at a due time and not as an answer: updates of a running session, and reminders."""

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
    """What a channel has to do for a chat now, and then report with `DueMessages.done`.

    With `edit` it edits the message `shown`. With `send` it sends a new message, then removes the buttons of `shown`.
    With neither it only removes the buttons, because the session is over. `shown` is the channel's id of a message, or
    0 if there is none. `at` is the time of the decision, in seconds since 1970. `ends`: it is the last reminder.
    """

    chat: str
    kind: str
    at: float
    shown: int = 0
    edit: Outgoing | None = None
    send: Outgoing | None = None
    ends: bool = False


class DueMessages:
    """Decides what to do about due records: a channel takes them, acts and reports the result.

    Safe to call from many threads. Every call raises StorageError.
    """

    def __init__(self, library: Library, store: Store, sealer: MessageSealer, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._store = store
        self._sealer = sealer
        self._clock = clock

    def take(self, channel: str) -> list[DueRecord]:
        """The due records of this channel ("telegram"), leased to this process for 30 seconds."""
        return self._store.take_due(channel)

    def action(self, due: DueRecord) -> DueAction | None:
        """What to do about a due record now. None if nothing: a reminder has then been rescheduled or deleted."""
        with self._store.chat(due.chat) as row:
            return self._session(row, due.chat) if due.kind == SESSION else self._reminder(row, due.chat)

    def session_shown(self, chat: str, message: int, live: Live) -> None:
        """Reports the id of the message that now shows the session of `chat`, to be kept up to date."""
        with self._store.chat(chat) as row:
            self._show(row, message, live)

    def done(self, action: DueAction, message: int) -> None:
        """Reports that the action is done. `message` is the id of the message that was sent or edited."""
        with self._store.chat(action.chat) as row:
            if action.kind == REMINDERS:
                self._sent(row, action)
                return
            outgoing = action.edit or action.send
            if outgoing is None or outgoing.live is None:
                row.drop_record(SESSION)
            elif row.record(SESSION) is not None:
                self._show(row, message, outgoing.live)

    def postpone(self, due: DueRecord, seconds: float) -> None:
        """Makes a record that could not be handled due again so many seconds after it was taken."""
        with self._store.chat(due.chat) as row:
            value = row.record(due.kind)
            if value is not None:
                row.save_record(due.kind, value, due.at + timedelta(seconds=seconds))

    def person_left(self, chat: str) -> None:
        """Ends reminders and session messages, because the person has blocked the bot or left the chat."""
        with self._store.chat(chat) as row:
            row.drop_record(REMINDERS)
            row.drop_record(SESSION)

    def _show(self, row: ChatRow, message: int, live: Live) -> None:
        value = json.dumps({"message": message, "mark": live.mark})
        row.save_record(SESSION, value, datetime.fromtimestamp(live.due, UTC))

    def _session(self, row: ChatRow, chat: str) -> DueAction | None:
        value = row.record(SESSION)
        if value is None:
            return None
        now, knowledge = self._clock().timestamp(), self._library.current.knowledge
        shown = json.loads(value)
        known = recall(row, now, knowledge)
        dialogue = end_if_finished(known, now)
        just_over = dialogue.stage is Stage.AFTER and known.stage is Stage.SESSION  # the rating was not asked for yet
        reply = ask_rating(dialogue) if just_over else step(dialogue, knowledge, now)
        if reply is None:
            return DueAction(chat, SESSION, now, shown["message"])
        outgoing = self._sealer.seal(reply, dialogue, self._sealer.wording(knowledge), chat, now)
        if outgoing.live is not None and outgoing.live.mark == shown["mark"]:
            return DueAction(chat, SESSION, now, shown["message"], edit=outgoing)
        return DueAction(chat, SESSION, now, shown["message"], send=outgoing)

    def _reminder(self, row: ChatRow, chat: str) -> DueAction | None:
        now, knowledge = self._clock().timestamp(), self._library.current.knowledge
        dialogue = recall(row, now, knowledge)
        reminders = dialogue.reminders
        what = due_now(reminders, now) if reminders else None
        if reminders and what and (flag_is_current(dialogue, now) or is_resting(dialogue, now)):
            keep_reminders(row, skipped_today(reminders, now), now)  # no pressing on a day with a warning sign
            return None
        if what is None or what is ReminderKind.QUIET:
            keep_reminders(row, None if what else reminders, now)
            return None
        outgoing = self._sealer.seal(message(dialogue, what, now), dialogue, self._sealer.wording(knowledge), chat, now)
        return DueAction(chat, REMINDERS, now, send=outgoing, ends=what is ReminderKind.END)

    def _sent(self, row: ChatRow, done: DueAction) -> None:
        """Schedules the next reminder, by the settings as they are now: the person may have changed them meanwhile.

        The reminder that was sent counts for the day of the decision, even if it was delivered on the next.
        """
        reminders = recall(row, done.at, self._library.current.knowledge).reminders
        if reminders is not None:
            keep_reminders(row, None if done.ends else sent(reminders, done.at), done.at)
