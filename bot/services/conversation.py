"""One turn for any channel: a text or a button in, messages with signed buttons out."""

import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import normalised
from bot.domain.state.dialogue import Dialogue, Stage, erase_at, expire, recent_signs
from bot.domain.state.stored import from_json, to_json
from bot.domain.turns.advance import advance, again
from bot.domain.turns.commands import COMMANDS
from bot.domain.turns.events import Action, Commanded, Event, Press, Pressed, Said, SentOther
from bot.domain.turns.flow import view
from bot.domain.turns.replies import Advice, MyData, QuestionAdvice, Reply
from bot.domain.understanding.understand import TypedAnswer as Typed
from bot.domain.understanding.understand import Understanding, Understood
from bot.library.library import Library
from bot.rendering import File, Wording, render
from bot.services.chat_state import recall, remember
from bot.services.messages import Answer, Incoming, IncomingKind, Outgoing
from bot.services.sealed_messages import LANGUAGE, MessageSealer
from bot.services.time_zones import find_zone
from bot.services.typed_buttons import typed_press
from bot.storage.crypto import DamagedError
from bot.storage.errors import BusyError, StorageError
from bot.storage.rows import Arrival, ChatRow
from bot.storage.store import Store

LONGEST_LIST = 3000  # characters of what is stored; a longer one comes as a file
OLD_AFTER = 48 * 3600.0  # seconds; Telegram lets a bot edit its message for 48 hours
log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Conversation:
    """The same conversation for every channel. Safe to call from many threads; a turn is one transaction."""

    def __init__(
        self,
        library: Library,
        store: Store,
        speaker: MessageSealer,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._library = library
        self._store = store
        self._speaker = speaker
        self._clock = clock

    def turn(self, incoming: Incoming) -> Answer:
        """What to answer in a private chat. A repeated update is answered by nothing (S-69).

        One whose answer may never have left is answered (again), without moving the conversation on a second time.
        """
        (answer,) = self._together([incoming])
        return answer

    def turns(
        self, together: Sequence[Incoming], left: Sequence[tuple[str, str]] = (), *, at_once: bool = False
    ) -> list[Answer | Exception]:
        """The turns of different chats in one transaction. Where one fails, each is done again by itself.

        `left`: chats and updates whose answers have left meanwhile; it is kept with the first turn that succeeds.
        A StorageError fails them all. `at_once`: raises BusyError, with nothing done, where one would have to wait.
        """
        try:
            return list(self._together(together, left, at_once=at_once))
        except BusyError as error:
            if at_once:
                raise
            return [error] * len(together)
        except Exception as error:  # noqa: BLE001 - the caller gets it as the turn's result
            if len(together) == 1:
                return [error]
            if isinstance(error, StorageError) and not isinstance(error, DamagedError):
                return [error] * len(together)
        return [result for incoming in together for result in self.turns([incoming], left)]

    def _together(
        self, together: Sequence[Incoming], left: Sequence[tuple[str, str]] = (), *, at_once: bool = False
    ) -> Sequence[Answer]:
        asked = {incoming.chat: incoming.update_id for incoming in together}
        with self._store.chats(asked, at_once=at_once) as rows:
            if left:
                self._store.note_answered(left)
            answers = [self._turn(row, incoming) for row, incoming in zip(rows, together, strict=True)]
        for incoming, answer in zip(together, answers, strict=True):
            if answer.unmatched:
                self._note_unmatched(incoming)
        return answers

    def _note_unmatched(self, incoming: Incoming) -> None:
        """For our own learning only: where it cannot be kept, the person gets the answer all the same."""
        try:
            self._store.note_unmatched(incoming.chat, normalised(incoming.text), self._clock())
        except StorageError as error:
            log.warning("a message nobody understood could not be counted: %s", error)

    def _turn(self, row: ChatRow, incoming: Incoming) -> Answer:
        loaded = self._library.current
        voice = self._voice(loaded.knowledge)
        arrival = row.arrival(incoming.update_id, answered=not incoming.confirmed_later)
        if arrival is Arrival.ANSWERED:
            return Answer()
        now = self._clock().timestamp()
        dialogue = recall(row, now, loaded.knowledge)
        event = self._event(incoming, dialogue, loaded.understanding[LANGUAGE], voice, now)
        if event is None:
            return Answer(notice=voice.plain("notice.old_button"))
        move = advance if arrival is Arrival.NEW else again
        turn = move(dialogue, event, loaded.knowledge, now)
        messages = tuple(self._message(reply, turn.dialogue, voice, incoming.chat, now) for reply in turn.replies)
        if turn.forget:
            self._store.forget(incoming.chat)
        else:
            remember(row, dialogue, turn.dialogue, now)
        notice = voice.plain("notice.old_button") if turn.stale else ""
        urgent = any(isinstance(reply, Advice | QuestionAdvice) for reply in turn.replies)
        unmatched = turn.unmatched and arrival is Arrival.NEW
        return Answer(messages, notice, incoming.kind is IncomingKind.PRESS, urgent, unmatched, _kind(turn.replies))

    def urgent(self, incoming: Incoming) -> bool:
        """Whether a text holds a warning sign: who has to wait is let in before the others."""
        if incoming.kind not in (IncomingKind.TEXT, IncomingKind.COMMAND):
            return False
        return bool(self._library.current.understanding[LANGUAGE].understand(_said(incoming)).stopping)

    def failed(self) -> Outgoing:
        """What to say when something went wrong on our side. It carries the emergency line."""
        voice = self._voice(self._library.current.knowledge)
        return Outgoing(f"{voice.phrase('failed')}\n\n{voice.phrase('emergency_line')}")

    def phrase(self, key: str, **values: str) -> str:
        """A fixed text by its dotted key, with escaped values."""
        return self._voice(self._library.current.knowledge).phrase(key, **values)

    def preview(self, knowledge: Knowledge, understanding: Understanding, text: str, chat: str) -> tuple[Outgoing, ...]:
        """What a text would be answered under other knowledge, from a fresh chat. Keeps nothing, buttons are dead."""
        now = self._clock().timestamp()
        fresh = Dialogue(revision=0, began_at=now)
        turn = advance(fresh, Said(understanding.understand(text)), knowledge, now)
        voice = self._voice(knowledge)
        shown = (self._message(reply, turn.dialogue, voice, chat, now) for reply in turn.replies)
        return tuple(replace(message, keys=()) for message in shown)

    def forget_expired(self) -> int:
        """Erase what has had its time (S-30). Returns how many chats it concerned."""
        now = self._clock()
        return self._store.erase_due(now, lambda value: _shrunk(value, now.timestamp()))

    def _voice(self, knowledge: Knowledge) -> Wording:
        return self._speaker.voice(knowledge)

    def _event(
        self, incoming: Incoming, dialogue: Dialogue, understanding: Understanding, voice: Wording, now: float
    ) -> Event | None:
        if incoming.kind is IncomingKind.PRESS:
            signed = self._speaker.read(incoming.text, incoming.chat)
            return signed.pressed if signed and abs(now - signed.made_at) < OLD_AFTER else None
        if incoming.kind is IncomingKind.OTHER:
            return SentOther()
        earlier = [frozenset(signs) for _, signs in recent_signs(dialogue, now)]
        understood = understanding.understand(_said(incoming), earlier)
        if incoming.kind is IncomingKind.COMMAND:
            return Commanded(incoming.command, understood, incoming.text.strip())
        pressed = None if understood.stopping else self._typed(incoming.text, understood, dialogue, voice, now)
        return pressed or Said(understood)

    def _typed(
        self, text: str, understood: Understood, dialogue: Dialogue, voice: Wording, now: float
    ) -> Pressed | None:
        shown = [render(reply, voice) for reply in view(dialogue, voice.knowledge, now)]
        buttons = [button for message in shown for row in message.buttons for button in row]
        yes = dialogue.stage is Stage.FORGET and understood.answer is Typed.YES
        press = buttons[0].press if yes and buttons else typed_press(text, buttons, voice)
        if press is None and dialogue.stage is Stage.REMIND_ZONE and not dialogue.page and (zone := find_zone(text)):
            press = Press(Action.REMIND_ZONE, zone)
        return Pressed(press, dialogue.revision) if press else None

    def _message(self, reply: Reply, dialogue: Dialogue, voice: Wording, chat: str, now: float) -> Outgoing:
        added = self._stored(chat, voice) if isinstance(reply, MyData) else ""
        if len(added) <= LONGEST_LIST:
            return self._speaker.says(reply, dialogue, voice, chat, now, added)
        said = self._speaker.says(reply, dialogue, voice, chat, now, voice.phrase("mydata.file"))
        return replace(said, files=(File("mydata.txt", unescape(added).encode),))

    def _stored(self, chat: str, voice: Wording) -> str:
        """Exactly what is stored about a chat, one line a thing (S-54)."""
        stored = self._store.stored_about(chat)
        lines = []
        if stored["conversation"] is not None:
            facts = json.loads(stored["conversation"])
            lines += [voice.phrase("mydata.item", name=name, value=json.dumps(value)) for name, value in facts.items()]
            lines.append(voice.phrase("mydata.erased_at", at=stored["erase_at"] or ""))
        lines.append(voice.phrase("mydata.updates", count=str(stored["updates"])))
        lines += [voice.phrase("mydata.item", name=kind, value=value) for kind, value in stored["kept"].items()]
        if stored["parked"]:
            lines.append(voice.phrase("mydata.parked", count=str(stored["parked"])))
        if stored["unmatched"]:
            lines.append(voice.phrase("mydata.unmatched", count=str(stored["unmatched"])))
        return "\n".join(lines)


def _said(incoming: Incoming) -> str:
    """What is to be understood. Of a command we do not know its name too: "/chest pain" is a warning sign (S-1)."""
    if incoming.kind is not IncomingKind.COMMAND or incoming.command in COMMANDS:
        return incoming.text
    return f"{incoming.command.replace('_', ' ')} {incoming.text}"


def _kind(replies: Sequence[Reply]) -> str:
    """`AskChecklist` as "ask_checklist"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(replies[0]).__name__).lower() if replies else ""


def _shrunk(value: str, now: float) -> tuple[str, datetime] | None:
    known = from_json(value)
    smaller = expire(known, now) if known else None
    until = erase_at(smaller) if smaller else None
    if smaller is None or until is None:
        return None
    return to_json(smaller), datetime.fromtimestamp(until, UTC)
