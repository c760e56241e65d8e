"""Turns replies into messages for one chat: worded, checked by the second lock, with signed buttons."""

import logging

from bot.config.settings import Contacts
from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import second_lock
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.pages import what_hurts
from bot.domain.turns.replies import Reply, shown_points
from bot.domain.turns.session_replies import SessionStep
from bot.rendering import RenderedMessage, Wording, render
from bot.services import button_data
from bot.services.messages import Key, Live, Outgoing

LANGUAGE = "en"
EDITED_EVERY = 10.0  # seconds, while a session runs
LOOKED_AT_EVERY = 60.0  # seconds, while it is paused: its answers may expire meanwhile
log = logging.getLogger(__name__)


class MessageSealer:
    """Makes messages and reads their buttons, with the key that signs them. Safe to use from many threads."""

    def __init__(self, contacts: Contacts, button_key: bytes) -> None:
        self._contacts = contacts
        self._key = button_key

    def read(self, data: str, chat: str) -> button_data.Signed | None:
        """The button that callback data stands for, or None if it was not made here for this chat."""
        return button_data.read(data, chat, self._key)

    def wording(self, knowledge: Knowledge) -> Wording:
        """The texts of this knowledge, with the contacts of the settings."""
        return wording_of(knowledge, self._contacts)

    def seal(
        self, reply: Reply, dialogue: Dialogue, wording: Wording, chat: str, now: float, added: str = ""
    ) -> Outgoing:
        """The reply as a message for `chat`. `added` is HTML to be put below its text."""
        message = _locked(reply, dialogue, wording, now)
        keys = tuple(
            tuple(
                Key(button.label, button_data.sign(button.press, dialogue.revision, now, chat, self._key))
                for button in row
            )
            for row in message.buttons
        )
        html = f"{message.html}\n{added}" if added else message.html
        return Outgoing(html, keys, message.picture, message.alt, message.files, live(reply, now))


def wording_of(knowledge: Knowledge, contacts: Contacts) -> Wording:
    """The texts of this knowledge with the contacts from the settings."""
    return Wording(knowledge, knowledge.texts[LANGUAGE], contacts.emergency, contacts.crisis)


def live(reply: Reply, now: float) -> Live | None:
    """When the message of a session step is due next, or None for any other reply."""
    if not isinstance(reply, SessionStep):
        return None
    mark = f"{reply.place} {reply.side}"
    if reply.ends_at is None:
        return Live(mark, now + LOOKED_AT_EVERY)
    return Live(mark, min(now + EDITED_EVERY, max(reply.ends_at, now)))


def _locked(reply: Reply, dialogue: Dialogue, wording: Wording, now: float) -> RenderedMessage:
    """The worded reply, or the question what hurts if the second lock (S-29) forbids a point in it.

    That should never happen, because the first lock has let it through; it is logged as an error.
    """
    if not second_lock(shown_points(reply), dialogue, wording.knowledge, now):
        log.error("the second lock held back point text")
        return render(what_hurts(), wording)
    return render(reply, wording)
