"""Learns from examples which words speak for which warning sign: logistic regression in whole numbers.

The same examples give the same weights on every machine and in any order: no fractions, nothing random, no threads.
A vector of weights, one a class, is one big integer with a lane of 64 bits for each class: adding two
vectors is one addition. A lane may be negative; it then borrows from the lane above, and `_lanes` gives back.
"""

import struct
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from hashlib import blake2b
from math import isqrt
from typing import NamedTuple

from bot.domain.language.words import clean, words
from bot.domain.understanding.reader_model import ONE
from bot.domain.understanding.traits import BUCKETS, traits, windows

LANE = 64  # bits
SURE = 1 << 24  # a probability of 1
FINE = 64  # steps in the table of powers for a logit of 1
DEEP = 24  # logits further below the highest count as this far below
EPOCHS = 10
RATE = 2  # how far one example moves the weights in the first epoch; from there it falls evenly
SLOWER = 8  # so many times slower the start is learned than what depends on the text
NONE = "none"


class Example(NamedTuple):
    """A message, and the id of the warning sign it should raise, or NONE."""

    flag: str
    text: str


class Weights(NamedTuple):
    """`rows[bucket][class]`, and `start[class]`, the same for every text, in units of 1 / ONE."""

    classes: tuple[str, ...]
    start: tuple[int, ...]
    rows: list[tuple[int, ...]]


class _Seen(NamedTuple):
    """An example as the trainer sees it: its class, its buckets, and the root of their number times 1024."""

    key: bytes
    target: int
    buckets: tuple[int, ...]
    root: int


def train(examples: Iterable[Example], epochs: int = EPOCHS) -> Weights:
    """The weights that tell the classes of the examples apart."""
    distinct = sorted(set(examples))
    classes = tuple(sorted({example.flag for example in distinct}))
    seen = [each for example in distinct for each in _seen(example, classes.index(example.flag))]
    rows = [0] * (BUCKETS + 1)  # the last is what every text starts with
    powers = _powers()
    for epoch in range(epochs):
        rate = RATE * ONE * (epochs - epoch) // epochs
        for example in sorted(seen, key=lambda each: _shuffled(epoch, each.key)):
            _learn(rows, example, len(classes), rate, powers)
    *lanes, start = [_lanes(row, len(classes)) for row in rows]
    return Weights(classes, start, lanes)


def _seen(example: Example, target: int) -> list[_Seen]:
    """The windows of a harmless example; of a warning only the first, for nobody knows in which one its sign is."""
    key = f"{example.flag}\t{example.text}".encode("utf-8", "replace")
    parts = [said for _, said in windows([word.text for word in words(clean(example.text))])]
    seen = []
    for number, said in enumerate(parts if example.flag == NONE else parts[:1]):
        found = tuple(trait.bucket for trait in traits(said))
        seen.append(_Seen(b"%d\t%b" % (number, key), target, found, isqrt(len(found) << 20)))
    return seen


def _shuffled(epoch: int, key: bytes) -> bytes:
    """An order that looks random, differs by epoch, and depends on nothing but the examples."""
    return blake2b(key, digest_size=16, salt=epoch.to_bytes(16, "big")).digest()


def _learn(rows: list[int], example: _Seen, classes: int, rate: int, powers: Sequence[int]) -> None:
    total = 0
    for bucket in example.buckets:
        total += rows[bucket]
    start = _lanes(rows[-1], classes)
    logits = [base + (lane << 10) // example.root for base, lane in zip(start, _lanes(total, classes), strict=True)]
    highest = max(logits)
    raised = [powers[min((highest - logit) * FINE // ONE, DEEP * FINE)] for logit in logits]
    whole = sum(raised)
    wrong = [-power * SURE // whole for power in raised]
    wrong[example.target] += SURE
    change = _packed(wrong, (rate << 10) // example.root)
    for bucket in example.buckets:
        rows[bucket] += change
    rows[-1] += _packed(wrong, rate // SLOWER)


def _packed(wrong: Sequence[int], pull: int) -> int:
    lanes = [each * pull // SURE + (1 << LANE - 1) for each in wrong]
    return int.from_bytes(struct.pack(f"<{len(lanes)}Q", *lanes), "little") - _lift(len(lanes))


def _lanes(vector: int, count: int) -> tuple[int, ...]:
    lifted = vector + _lift(count)
    unpacked = struct.unpack(f"<{count}Q", lifted.to_bytes(count * LANE // 8, "little"))
    return tuple(lane - (1 << (LANE - 1)) for lane in unpacked)


@lru_cache
def _lift(count: int) -> int:
    """Half the range in every lane, so that none is negative."""
    return sum(1 << (LANE * lane + LANE - 1) for lane in range(count))


@lru_cache
def _powers() -> tuple[int, ...]:
    """e to the power of minus 0, 1 / FINE, ... in units of 1 / SURE, exactly rounded."""
    with localcontext() as context:
        context.prec = 40
        context.rounding = ROUND_HALF_EVEN
        return tuple(int((Decimal(-step) / FINE).exp() * SURE + Decimal("0.5")) for step in range(DEEP * FINE + 1))
