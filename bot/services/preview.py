"""The answer that other knowledge would give to a text: for /preview."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.advance import advance
from bot.domain.turns.events import Said
from bot.domain.understanding.understand import Understanding
from bot.services.messages import Outgoing
from bot.services.sealed_messages import MessageSealer


class Preview:
    """Answers in a chat that exists for one turn. Safe to call from many threads. Reads and stores nothing."""

    def __init__(self, sealer: MessageSealer, clock: Callable[[], datetime]) -> None:
        self._sealer = sealer
        self._clock = clock

    def answer(self, knowledge: Knowledge, understanding: Understanding, text: str, chat: str) -> tuple[Outgoing, ...]:
        """The messages that a new chat would get for `text`, without buttons: they belong to the knowledge in use."""
        now = self._clock().timestamp()
        turn = advance(Dialogue(revision=0, began_at=now), Said(understanding.understand(text)), knowledge, now)
        wording = self._sealer.wording(knowledge)
        shown = (self._sealer.seal(reply, turn.dialogue, wording, chat, now) for reply in turn.replies)
        return tuple(replace(message, keys=()) for message in shown)
