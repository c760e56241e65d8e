"""The world of these tests: the real conversation on a real database, a clock to turn, and an oracle a chat."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.config.settings import Contacts
from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.chat_state import erase_expired
from bot.services.conversation import Conversation
from bot.services.due_messages import DueMessages
from bot.services.group_answers import GroupAnswers
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.services.preview import Preview
from bot.services.sealed_messages import MessageSealer
from bot.storage.store import Store
from tests.safety import facts as reader
from tests.safety.facts import Facts
from tests.safety.ledger import Did
from tests.safety.oracle import Oracle, public
from tests.safety.reading import Seen
from tests.safety.sayings import SILENCE, Saying
from tests.safety.second_lock import SecondLock

MORNING = datetime(2031, 5, 4, 9, 0, tzinfo=UTC)
KEY = bytes(range(32))
_THUMB = """thumb_pain:
  {region: wrist_hand, tier: self_care, points: [LI4, LI11], more_points: [], points_not_offered: [], question: wrist,
   technique: general, evidence: tradition_only, sources: [icyhealth], reviewed: not yet}
"""
_THUMB_TEXT = """thumb_pain:
  {name: Zither thumb, evidence: Tradition only., instead: "", states: {}, phrases: [zither thumb]}
"""
_numbers = count(1)


@dataclass(slots=True)
class Clock:
    """The time, as the tests want it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the knowledge: the conversation over it, and what the oracle knows of it."""

    conversation: Conversation
    preview: Preview
    due_messages: DueMessages
    group_answers: GroupAnswers
    knowledge: tuple[Knowledge, Understanding]
    facts: Facts


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is slow to build, shared by all worlds. A reload is a step from one edition to the other."""

    clock: Clock
    store: Store
    second_lock: SecondLock
    shipped: Edition
    changed: Edition


def build(folder: Path) -> House:
    """A house with its database in `folder`."""
    clock = Clock()
    store = Store.open(f"sqlite:///{folder}/safety.sqlite3", KEY, clock=clock)

    def edition(knowledge: Path) -> Edition:
        library = Library.open(knowledge, MORNING)
        contacts = Contacts("112", "a crisis line")
        sealer = MessageSealer(contacts, KEY)
        conversation = Conversation(library, store, sealer, clock)
        due_messages = DueMessages(library, store, sealer, clock)
        live = library.current
        shown = (live.knowledge, live.understanding["en"])
        return Edition(
            conversation,
            Preview(sealer, clock),
            due_messages,
            GroupAnswers(library, contacts),
            shown,
            reader.read(knowledge),
        )

    return House(clock, store, SecondLock(), edition(shipped()), edition(changed_copy(folder / "changed")))


def changed_copy(folder: Path) -> Path:
    """The shipped knowledge with another wording of one row, and with one complaint more."""
    shutil.copytree(shipped(), folder)
    _replace(folder / "texts/en/contraindications.yaml", "    line: Varicose veins\n", "    line: Bulging veins\n")
    _append(folder / "conditions/arm_hand.yaml", _THUMB)
    _append(folder / "texts/en/conditions/arm_hand.yaml", _THUMB_TEXT)
    return folder


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file} has no {old!r}"
    file.write_text(text.replace(old, new), "utf-8")


def _append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text('utf-8')}\n{text}", "utf-8")


@dataclass(frozen=True, slots=True)
class Button:
    """A button that was sent, with the chat and the message it belongs to."""

    chat: str
    label: str
    data: str
    on: Seen


@dataclass(slots=True)
class World:
    """Some chats of one run. Every step is judged; a breach is an AssertionError."""

    house: House
    name: str = field(default_factory=lambda: f"run{next(_numbers)}")
    edition: Edition = field(init=False)
    oracles: dict[str, Oracle] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.house.clock.now = MORNING
        self.edition = self.house.shipped

    @property
    def facts(self) -> Facts:
        return self.edition.facts

    def later(self, **time: float) -> None:
        """Turns the clock, back as well."""
        self.house.clock.now += timedelta(**time)
        if abs(timedelta(**time)) > timedelta(hours=2):
            self.incoming.clear()  # Telegram does not repeat an update after days, nor do we remember it

    def oracle(self, chat: str) -> Oracle:
        return self.oracles.setdefault(chat, Oracle())

    def reload(self) -> None:
        """The other edition of the knowledge goes live."""
        self.edition = self.house.changed if self.edition is self.house.shipped else self.house.shipped

    def sweep(self) -> None:
        """What has had its time is erased."""
        erase_expired(self.house.store, self.house.clock())
        for oracle in self.oracles.values():
            oracle.ledger.age(self.house.clock.now.timestamp())

    def says(self, chat: str, saying: Saying) -> Answer:
        label, on = self._typed_label(chat, saying.text)
        return self._turn(chat, IncomingKind.TEXT, saying.text, Did("text", saying, label=label, on=on))

    def types(self, chat: str, text: str) -> Answer:
        return self.says(chat, Saying(text))

    def commands(self, chat: str, command: str, saying: Saying = SILENCE) -> Answer:
        return self._turn(chat, IncomingKind.COMMAND, saying.text, Did("command", saying, command), command)

    def sends_other(self, chat: str) -> Answer:
        return self._turn(chat, IncomingKind.OTHER, "", Did("other"))

    def presses(self, button: Button, chat: str = "") -> Answer:
        """The button is pressed, in its own chat if no other is named."""
        own = chat in {"", button.chat}
        did = Did("press", label=button.label, on=button.on if own else None)
        return self._turn(chat or button.chat, IncomingKind.PRESS, button.data, did)

    def sends(self, button: Button) -> Answer:
        """The bare press, for threads: the oracle, which goes step by step, does not see it."""
        update = str(next(_numbers))
        return self.edition.conversation.turn(Incoming(self._key(button.chat), IncomingKind.PRESS, update, button.data))

    def forges(self, chat: str, data: str) -> Answer:
        return self._turn(chat, IncomingKind.PRESS, data, Did("press"))

    def repeats(self, incoming: Incoming) -> None:
        """The channel delivers the same update again."""
        assert self.edition.conversation.turn(incoming) == Answer(), "S-69: a repeated update was answered"

    def in_public(self, saying: Saying, command: str) -> None:
        """The text in a group and as an inline query."""
        talk = self.edition.group_answers
        answer = talk.group(saying.text, command, mentioned=True)
        breaches = public(answer, [article.html for article in talk.inline(saying.text)], self.facts)
        assert not breaches, breaches

    def press(self, chat: str, label: str) -> Seen:
        """Presses the newest button with this label, and looks at what comes last."""
        self.presses(self.newest(chat, label))
        return self.last(chat)

    def last(self, chat: str) -> Seen:
        """The last message of the chat."""
        seen = self.oracle(chat).ledger.last
        assert seen is not None, "nothing was said yet"
        return seen

    def newest(self, chat: str, label: str) -> Button:
        """The newest button of the chat with this label, or one that ends with it."""
        mine = [button for button in reversed(self.buttons) if button.chat == chat]
        return next(button for button in mine if button.label == label or button.label.endswith(f" {label}"))

    def stored(self, chat: str) -> dict[str, object]:
        """Everything the database holds about the chat."""
        return dict(self.house.store.stored_about(self._key(chat)))

    def leave(self) -> None:
        """Forgets the chats of this run, so that the next run starts on an empty database."""
        for chat in self.oracles:
            self.house.store.forget(self._key(chat))

    def _typed_label(self, chat: str, text: str) -> tuple[str, Seen | None]:
        """The button that a text names on the screen, by its label or by its number in a list."""
        ledger = self.oracle(chat).ledger
        if ledger.last and text in ledger.last.labels:
            return text, ledger.last
        shown = ledger.last if ledger.last and ledger.last.numbered else ledger.listed
        if shown and text.isdecimal() and 0 < int(text) <= len(shown.numbered):
            label = shown.numbered[int(text) - 1]
            open_now = shown is ledger.last and ledger.last_at == self.house.clock.now.timestamp()
            return (label, shown) if open_now or label[0] not in "☐☑" else ("", None)
        for shown in (ledger.last, ledger.asked):
            if shown and text in shown.labels:
                return text, shown
        return "", None

    def tick(self) -> None:
        """What is due is done, as a channel would do it, and judged like everything else."""
        due_messages = self.edition.due_messages
        for due in due_messages.take("test"):
            action = due_messages.action(due)
            if action is None:
                continue
            said = action.edit or action.send
            due_messages.done(action, 1)
            *_, name, chat = due.chat.split(":")
            if said is not None and name == self.name:
                self._judge(chat, Did("tick"), Answer((said,)))

    def _turn(self, chat: str, kind: IncomingKind, text: str, did: Did, command: str = "") -> Answer:
        incoming = Incoming(self._key(chat), kind, str(next(_numbers)), text, command)
        did = replace(did, same=self._last_session(chat)) if did.label else did
        answer = self.edition.conversation.turn(incoming)
        self.incoming.append(incoming)
        for message in answer.messages:
            if message.live is not None:
                self.edition.due_messages.session_shown(incoming.chat, 1, message.live)
        if any(message.kind == "forgotten" for message in self._judge(chat, did, answer)):
            self.incoming = [other for other in self.incoming if other.chat != incoming.chat]
        return answer

    def _last_session(self, chat: str) -> frozenset[str]:
        """The complaints of the last session in the person's diary."""
        kept = self.house.store.stored_about(self._key(chat))["records"]
        entries = json.loads(kept["diary"])["entries"] if "diary" in kept else []
        return frozenset(entries[-1]["conditions"]) if entries else frozenset()

    def _judge(self, chat: str, did: Did, answer: Answer) -> tuple[Seen, ...]:
        now = self.house.clock.now.timestamp()
        breaches, seen = self.oracle(chat).step(did, answer, now, self.facts)
        for message, read in zip(answer.messages, seen, strict=True):
            keys = (key for row in message.keys for key in row)
            self.buttons += [Button(chat, key.label, key.data, read) for key in keys]
        breaches += self.house.second_lock.breaches()
        assert not breaches, breaches
        return seen

    def _key(self, chat: str) -> str:
        return f"test:{self.name}:{chat}"


MakeWorld = Callable[[], World]
