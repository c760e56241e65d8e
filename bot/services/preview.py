"""What a text would be answered under other knowledge: for /preview and for tests."""

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
    """Safe to call from many threads. Reads and keeps nothing."""

    def __init__(self, sealer: MessageSealer, clock: Callable[[], datetime]) -> None:
        self._sealer = sealer
        self._clock = clock

    def answer(self, knowledge: Knowledge, understanding: Understanding, text: str, chat: str) -> tuple[Outgoing, ...]:
        """The messages a fresh chat would get, without their buttons: those belong to the knowledge in use."""
        now = self._clock().timestamp()
        turn = advance(Dialogue(revision=0, began_at=now), Said(understanding.understand(text)), knowledge, now)
        wording = self._sealer.wording(knowledge)
        shown = (self._sealer.says(reply, turn.dialogue, wording, chat, now) for reply in turn.replies)
        return tuple(replace(message, keys=()) for message in shown)
