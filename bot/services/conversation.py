"""One turn of a private chat in any channel: a message or a press comes in, messages with signed buttons go out."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import normalised
from bot.domain.state.dialogue import Dialogue, recent_signs
from bot.domain.turns.advance import advance, advance_again
from bot.domain.turns.commands import COMMANDS
from bot.domain.turns.events import Commanded, Event, Said, SentOther
from bot.domain.turns.replies import Advice, MyData, QuestionAdvice, Reply
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood
from bot.library.library import Library
from bot.rendering import Wording
from bot.services.chat_state import recall, remember
from bot.services.messages import Answer, Incoming, IncomingKind, Outgoing
from bot.services.my_data import my_data
from bot.services.recent_texts import RecentTexts
from bot.services.sealed_messages import LANGUAGE, MessageSealer
from bot.services.typed_buttons import typed_button
from bot.storage.crypto import DamagedError
from bot.storage.errors import BusyError, StorageError
from bot.storage.rows import Arrival, ChatRow
from bot.storage.store import Store

OLD_AFTER = 48 * 3600.0  # seconds; a bot can edit a message in Telegram for 48 hours
log = logging.getLogger(__name__)


class Conversation:
    """The conversation, the same for every channel. Safe to call from many threads; a turn is one transaction."""

    def __init__(
        self,
        library: Library,
        store: Store,
        sealer: MessageSealer,
        clock: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._store = store
        self._sealer = sealer
        self._clock = clock
        self._recent = RecentTexts()

    def turn(self, incoming: Incoming) -> Answer:
        """The answer to one update of a private chat. A repeated update gets an empty one (S-69).

        A repeated update whose answer may never have been delivered is answered again, without moving the conversation
        on a second time. Raises StorageError.
        """
        (answer,) = self._together([incoming])
        return answer

    def turns(
        self, together: Sequence[Incoming], delivered: Sequence[tuple[str, str]] = (), *, at_once: bool = False
    ) -> list[Answer | Exception]:
        """The answers to updates of different chats, in the same order, from one transaction.

        If a turn fails, each is tried again in a transaction of its own, and the result of one that fails again is its
        exception. A StorageError other than DamagedError is the result of them all. `delivered` are updates, each a
        chat and an update id, whose answers have been delivered; they are noted with the first turn that succeeds.
        With `at_once` it raises BusyError, with nothing done, instead of waiting for another transaction.
        """
        try:
            return list(self._together(together, delivered, at_once=at_once))
        except BusyError as error:
            if at_once:
                raise
            return [error] * len(together)
        except Exception as error:  # noqa: BLE001 - the caller gets it as the turn's result
            if len(together) == 1:
                return [error]
            if isinstance(error, StorageError) and not isinstance(error, DamagedError):
                return [error] * len(together)
        return [result for incoming in together for result in self.turns([incoming], delivered)]

    def _together(
        self, together: Sequence[Incoming], delivered: Sequence[tuple[str, str]] = (), *, at_once: bool = False
    ) -> Sequence[Answer]:
        asked = {incoming.chat: incoming.update_id for incoming in together}
        with self._store.chats(asked, at_once=at_once) as rows:
            if delivered:
                self._store.note_answered(delivered)
            answers = [self._turn(row, incoming) for row, incoming in zip(rows, together, strict=True)]
        for incoming, answer in zip(together, answers, strict=True):
            if answer.unmatched:
                self._note_unmatched(incoming)
        return answers

    def _note_unmatched(self, incoming: Incoming) -> None:
        """Counts a text that was not understood. If that fails it is only logged: the person gets the answer anyway."""
        try:
            self._store.note_unmatched(incoming.chat, normalised(incoming.text), self._clock())
        except StorageError as error:
            log.warning("a message nobody understood could not be counted: %s", error)

    def _turn(self, row: ChatRow, incoming: Incoming) -> Answer:
        loaded = self._library.current
        wording = self._wording(loaded.knowledge)
        arrival = row.arrival(incoming.update_id, answered=not incoming.confirmed_later)
        if arrival is Arrival.ANSWERED:
            return Answer()
        now = self._clock().timestamp()
        dialogue = recall(row, now, loaded.knowledge)
        event = self._event(incoming, dialogue, loaded.understanding[LANGUAGE], wording, now)
        if event is None:
            return Answer(notice=wording.plain("notice.old_button"))
        move = advance if arrival is Arrival.NEW else advance_again
        turn = move(dialogue, event, loaded.knowledge, now)
        messages = tuple(self._message(reply, turn.dialogue, wording, incoming.chat, now) for reply in turn.replies)
        if turn.forget:
            self._store.forget(incoming.chat)
            self._recent.forget(incoming.chat)
        else:
            remember(row, dialogue, turn.dialogue, now)
        notice = wording.plain("notice.old_button") if turn.stale else ""
        urgent = any(isinstance(reply, Advice | QuestionAdvice) for reply in turn.replies)
        unmatched = turn.unmatched and arrival is Arrival.NEW
        return Answer(messages, notice, incoming.kind is IncomingKind.PRESS, urgent, unmatched, _kind(turn.replies))

    def urgent(self, incoming: Incoming) -> bool:
        """Whether a text or command contains a warning sign, so that it should be answered before others."""
        if incoming.kind not in (IncomingKind.TEXT, IncomingKind.COMMAND):
            return False
        return bool(self._library.current.understanding[LANGUAGE].understand(_text_of(incoming)).stopping)

    def failed(self) -> Outgoing:
        """The message for an error on our side. It contains the emergency line."""
        wording = self._wording(self._library.current.knowledge)
        return Outgoing(f"{wording.phrase('failed')}\n\n{wording.phrase('emergency_line')}")

    def phrase(self, key: str, **values: str) -> str:
        """A fixed text of the knowledge in use by its dotted key ("admin.status"), with escaped values."""
        return self._wording(self._library.current.knowledge).phrase(key, **values)

    def _wording(self, knowledge: Knowledge) -> Wording:
        return self._sealer.wording(knowledge)

    def _event(
        self, incoming: Incoming, dialogue: Dialogue, understanding: Understanding, wording: Wording, now: float
    ) -> Event | None:
        """The event for the dialogue, or None for a button that is not ours or too old."""
        if incoming.kind is IncomingKind.PRESS:
            self._recent.forget(incoming.chat)
            signed = self._sealer.read(incoming.text, incoming.chat)
            return signed.pressed if signed and abs(now - signed.made_at) < OLD_AFTER else None
        if incoming.kind is IncomingKind.OTHER:
            return SentOther()
        earlier = [frozenset(signs) for _, signs in recent_signs(dialogue, now)]
        before = self._recent.before(incoming.chat, incoming.update_id, now)
        understood = understanding.understand(_text_of(incoming), earlier, before)
        self._keep(incoming, understood, now)
        if incoming.kind is IncomingKind.COMMAND:
            return Commanded(incoming.command, understood, incoming.text.strip())
        pressed = None if understood.stopping else typed_button(incoming.text, understood, dialogue, wording, now)
        if pressed:
            self._recent.forget(incoming.chat)
        return pressed or Said(understood)

    def _keep(self, incoming: Incoming, understood: Understood, now: float) -> None:
        """Keeps a text for two minutes, to be read together with the next ones (S-5).

        A command, an answer to a question and a warning sign are whole, and so is what came before them.
        """
        if incoming.kind is IncomingKind.COMMAND or understood.answer is not None or understood.stopping:
            self._recent.forget(incoming.chat)
        else:
            self._recent.add(incoming.chat, incoming.update_id, incoming.text, now)

    def _message(self, reply: Reply, dialogue: Dialogue, wording: Wording, chat: str, now: float) -> Outgoing:
        if not isinstance(reply, MyData):
            return self._sealer.seal(reply, dialogue, wording, chat, now)
        html, files = my_data(self._store.stored_about(chat), wording)
        return replace(self._sealer.seal(reply, dialogue, wording, chat, now, html), files=files)


def _text_of(incoming: Incoming) -> str:
    """The text to be understood. It includes the name of an unknown command: "/chest pain" is a warning sign (S-1)."""
    if incoming.kind is not IncomingKind.COMMAND or incoming.command in COMMANDS:
        return incoming.text
    return f"{incoming.command.replace('_', ' ')} {incoming.text}"


def _kind(replies: Sequence[Reply]) -> str:
    """The class of the first reply in snake case ("ask_checklist"), or "" without replies."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(replies[0]).__name__).lower() if replies else ""
