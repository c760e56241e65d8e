"""Second readers that hear the same in every text."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.reader_model import ONE, ZERO, ReaderModel, from_bytes, to_bytes

NEVER = -40


def certain(model: ReaderModel, **starts: int) -> ReaderModel:
    """The model with rows that are always so likely, in units of 1, whatever is said."""
    return replace(
        model,
        start=tuple(starts.get(row, NEVER) * ONE for row in model.rows),
        weights=bytes([ZERO]) * len(model.weights),
    )


def hearing(knowledge: Knowledge, **starts: int) -> Knowledge:
    """The knowledge with a second reader that always hears these rows, and no other."""
    model = from_bytes(knowledge.second_readers["en"])
    return replace(knowledge, second_readers={"en": to_bytes(certain(model, **starts))})
