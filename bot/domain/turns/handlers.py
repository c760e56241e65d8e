"""What the code behind a button looks like."""

from collections.abc import Callable

from bot.domain.knowledge import Knowledge
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.replies import Next

# Called with the dialogue, the button's argument ("" if it has none), the knowledge, and now in seconds since 1970.
Handler = Callable[[Dialogue, str, Knowledge, float], Next]


def without_argument(act: Callable[[Dialogue, Knowledge, float], Next]) -> Handler:
    """The handler of a button that needs no argument."""

    def handler(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
        return act(dialogue, knowledge, now)

    return handler
