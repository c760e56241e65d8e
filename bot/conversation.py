"""One turn for any channel: a text or a button in, messages with signed buttons out."""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot import tokens
from bot.domain import advance as turns
from bot.domain.commands import COMMANDS
from bot.domain.dialogue import Dialogue, Stage, erase_at, expire, recent_signs
from bot.domain.events import Commanded, Event, Pressed, Said, SentOther
from bot.domain.flow import view
from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.pages import refusal, what_hurts
from bot.domain.replies import Advice, MyData, QuestionAdvice, Reply, shown_points
from bot.domain.screening import second_lock
from bot.domain.stored_dialogue import fitted, from_json, to_json
from bot.domain.understanding import Answer as Typed
from bot.domain.understanding import Understanding, Understood
from bot.domain.words import normalised
from bot.library.library import Library
from bot.messages import Answer, Article, Incoming, Key, Kind, Outgoing
from bot.rendering import Message, Voice, render
from bot.rendering.cards import general_lines
from bot.settings import Contacts
from bot.storage.chats import Arrival, ChatRow
from bot.storage.store import Store
from bot.typed import typed_press

LANGUAGE = "en"
OLD_AFTER = 48 * 3600.0  # seconds; Telegram lets a bot edit its message for 48 hours
MOST_ARTICLES = 5
log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Conversation:
    """The same conversation for every channel. Safe to call from many threads; a turn is one transaction."""

    def __init__(
        self,
        library: Library,
        store: Store,
        contacts: Contacts,
        button_key: bytes,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._library = library
        self._store = store
        self._contacts = contacts
        self._key = button_key
        self._clock = clock
        self.username = ""  # the bot's own name, once the channel knows it, for links from groups

    def turn(self, incoming: Incoming) -> Answer:
        """What to answer in a private chat. A repeated update is answered by nothing (S-69).

        One whose answer may never have left is answered (again), without moving the conversation on a second time.
        """
        loaded = self._library.current
        voice = self._voice(loaded.knowledge)
        understanding = loaded.understanding[LANGUAGE]
        with self._store.chat(incoming.chat) as row:
            arrival = row.arrival(incoming.update_id, answered=not incoming.confirmed_later)
            if arrival is Arrival.ANSWERED:
                return Answer()
            now = self._clock().timestamp()
            dialogue = self._dialogue(row, now, loaded.knowledge)
            event = self._event(incoming, dialogue, understanding, voice, now)
            if event is None:
                return Answer(notice=voice.plain("notice.old_button"))
            advance = turns.advance if arrival is Arrival.NEW else turns.again
            turn = advance(dialogue, event, loaded.knowledge, now)
            messages = tuple(self._message(reply, turn.dialogue, voice, incoming.chat, now) for reply in turn.replies)
            if turn.unmatched and arrival is Arrival.NEW:
                self._store.note_unmatched(incoming.chat, normalised(incoming.text), self._clock())
            self._keep(row, turn, incoming.chat, now)
        notice = voice.plain("notice.old_button") if turn.stale else ""
        urgent = any(isinstance(reply, Advice | QuestionAdvice) for reply in turn.replies)
        return Answer(messages, notice, incoming.kind is Kind.PRESS, urgent, turn.unmatched)

    def urgent(self, incoming: Incoming) -> bool:
        """Whether a text holds a warning sign: who has to wait is let in before the others."""
        return bool(stopping(self._library.current.understanding[LANGUAGE].understand(_said(incoming))))

    def group(self, text: str, command: str, *, mentioned: bool) -> Answer:
        """What to answer in a group: help for a red flag, a general card, or the way into private. Keeps nothing."""
        loaded = self._library.current
        voice = self._voice(loaded.knowledge)
        understood = loaded.understanding[LANGUAGE].understand(text)
        if flags := stopping(understood):
            return Answer((Outgoing(render(Advice(flags, withdrawable=False), voice).html),), urgent=True)
        if not (command or mentioned):
            return Answer()
        if understood.refusal:
            return Answer((Outgoing(render(refusal(understood.refusal), voice).html),))
        if understood.points:
            code = understood.points[0]
            return Answer((Outgoing(general_lines(code, voice), self._link(f"p_{code}", voice)),))
        payload = f"c_{understood.accepted[0].id}" if understood.accepted else "start"
        return Answer((Outgoing(voice.phrase("group.lead"), self._link(payload, voice)),))

    def inline(self, query: str) -> tuple[Article, ...]:
        """Results for an inline query: general cards, or one article that says how to get help."""
        loaded = self._library.current
        voice = self._voice(loaded.knowledge)
        understood = loaded.understanding[LANGUAGE].understand(query)
        if flags := stopping(understood):
            html = render(Advice(flags, withdrawable=False), voice).html
            return (Article("help", voice.plain("inline.help_title"), voice.plain("inline.help_description"), html),)
        if understood.refusal:
            return ()
        codes = (*understood.points, *understood.point_choice, *understood.points_close)[:MOST_ARTICLES]
        return tuple(self._article(code, voice) for code in dict.fromkeys(codes))

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
        turn = turns.advance(fresh, Said(understanding.understand(text)), knowledge, now)
        voice = self._voice(knowledge)
        shown = (self._message(reply, turn.dialogue, voice, chat, now) for reply in turn.replies)
        return tuple(replace(message, keys=()) for message in shown)

    def forget_expired(self) -> int:
        """Erase what has had its time (S-30). Returns how many chats it concerned."""
        now = self._clock()
        return self._store.erase_due(now, lambda value: _shrunk(value, now.timestamp()))

    def _voice(self, knowledge: Knowledge) -> Voice:
        return Voice(knowledge, knowledge.texts[LANGUAGE], self._contacts.emergency, self._contacts.crisis)

    def _dialogue(self, row: ChatRow, now: float, knowledge: Knowledge) -> Dialogue:
        known = from_json(row.value) if row.value is not None else None
        if known is None:
            if row.value is not None:
                log.warning("a stored conversation is of another version: starting it afresh")
            return Dialogue(revision=secrets.randbits(31), began_at=now)
        return fitted(expire(known, now), knowledge)

    def _event(
        self, incoming: Incoming, dialogue: Dialogue, understanding: Understanding, voice: Voice, now: float
    ) -> Event | None:
        if incoming.kind is Kind.PRESS:
            signed = tokens.read(incoming.text, incoming.chat, self._key)
            return signed.pressed if signed and abs(now - signed.made_at) < OLD_AFTER else None
        if incoming.kind is Kind.OTHER:
            return SentOther()
        earlier = [frozenset(signs) for _, signs in recent_signs(dialogue, now)]
        understood = understanding.understand(_said(incoming), earlier)
        if incoming.kind is Kind.COMMAND:
            return Commanded(incoming.command, understood, incoming.text.strip())
        pressed = None if stopping(understood) else self._typed(incoming.text, understood, dialogue, voice, now)
        return pressed or Said(understood)

    def _typed(self, text: str, understood: Understood, dialogue: Dialogue, voice: Voice, now: float) -> Pressed | None:
        shown = [render(reply, voice) for reply in view(dialogue, voice.knowledge, now)]
        buttons = [button for message in shown for row in message.buttons for button in row]
        yes = dialogue.stage is Stage.FORGET and understood.answer is Typed.YES
        press = buttons[0].press if yes and buttons else typed_press(text, buttons, voice)
        return Pressed(press, dialogue.revision) if press else None

    def _message(self, reply: Reply, dialogue: Dialogue, voice: Voice, chat: str, now: float) -> Outgoing:
        message = self._locked(reply, dialogue, voice, now)
        if isinstance(reply, MyData):
            message = replace(message, html=f"{message.html}\n{self._stored(chat, voice)}")
        keys = tuple(
            tuple(
                Key(button.label, tokens.sign(button.press, dialogue.revision, now, chat, self._key)) for button in row
            )
            for row in message.buttons
        )
        return Outgoing(message.html, keys, message.picture, message.alt)

    def _locked(self, reply: Reply, dialogue: Dialogue, voice: Voice, now: float) -> Message:
        """The message, unless the second lock (S-29) holds back what the first should never have let through."""
        if not second_lock(shown_points(reply), dialogue, voice.knowledge, now):
            log.error("the second lock held back point text")
            return render(what_hurts(), voice)
        return render(reply, voice)

    def _keep(self, row: ChatRow, turn: turns.Turn, chat: str, now: float) -> None:
        if turn.forget:
            self._store.forget(chat)
            return
        until = erase_at(turn.dialogue, now)
        if until is not None:
            row.save(to_json(turn.dialogue), datetime.fromtimestamp(until, UTC))
        elif row.value is not None:
            row.erase()

    def _stored(self, chat: str, voice: Voice) -> str:
        """Exactly what is stored about a chat, one line a thing (S-54)."""
        stored = self._store.stored_about(chat)
        lines = []
        if stored["conversation"] is not None:
            facts = json.loads(stored["conversation"])
            lines += [voice.phrase("mydata.item", name=name, value=json.dumps(value)) for name, value in facts.items()]
            lines.append(voice.phrase("mydata.erased_at", at=stored["erase_at"] or ""))
        lines.append(voice.phrase("mydata.updates", count=str(stored["updates"])))
        if stored["unmatched"]:
            lines.append(voice.phrase("mydata.unmatched", count=str(stored["unmatched"])))
        return "\n".join(lines)

    def _article(self, code: str, voice: Voice) -> Article:
        region = voice.texts.regions[voice.knowledge.points[code].region]
        html = f"{general_lines(code, voice)}\n{voice.phrase('inline.open')}"
        return Article(code, voice.point_name(code), region, html)

    def _link(self, payload: str, voice: Voice) -> tuple[tuple[Key, ...], ...]:
        if not self.username:
            return ()
        url = f"https://t.me/{self.username}?start={payload}"
        return ((Key(voice.plain("button.open_privately"), url=url),),)


def _said(incoming: Incoming) -> str:
    """What is to be understood. Of a command we do not know its name too: "/chest pain" is a warning sign (S-1)."""
    if incoming.kind is not Kind.COMMAND or incoming.command in COMMANDS:
        return incoming.text
    return f"{incoming.command.replace('_', ' ')} {incoming.text}"


def stopping(understood: Understood) -> tuple[str, ...]:
    """The red flags that stop everything, most urgent first."""
    return tuple(flag.id for flag in understood.red_flags if flag.urgency is not Urgency.SEE_GP)


def _shrunk(value: str, now: float) -> tuple[str, datetime] | None:
    known = from_json(value)
    smaller = expire(known, now) if known else None
    until = erase_at(smaller, now) if smaller else None
    if smaller is None or until is None:
        return None
    return to_json(smaller), datetime.fromtimestamp(until, UTC)
