"""The sums of the second reader's model. They are exact, so the same text and model always give the same answer.

The weights of all rows for one word are one big integer with a lane of 32 bits for each row, so that adding two words
is one addition.
"""

import math
import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.domain.understanding.reader_model import ONE, ZERO, ReaderModel
from bot.domain.understanding.traits import distinct, trait_of_pair, traits, traits_of_word

REMEMBERED = 8_192  # words, and as many pairs, whose sums are kept; each costs some 400 bytes
_LANE = 4  # bytes
_FULL = (1 << 8 * _LANE) - 1


class Weighed(NamedTuple):
    """A word, a pair of words or some letters, and by how much they raise (or lower) the logit of a row."""

    text: str
    weight: float


class _Sum(NamedTuple):
    """The weights of some traits, one lane a row, each weight raised by ZERO; and how many traits they are."""

    lanes: int
    number: int


class ReaderSums:
    """Adds up the weights of one model. Safe to use from several threads."""

    def __init__(self, model: ReaderModel) -> None:
        self.model = model
        self._unpack = struct.Struct(f"<{len(model.rows)}I").unpack
        self._word = lru_cache(REMEMBERED)(self._sum_of_word)
        self._pair = lru_cache(REMEMBERED)(self._sum_of_pair)

    def logits(self, said: Sequence[str]) -> Sequence[int]:
        """Each row's logit against "no warning", in units of 1 / ONE."""
        if not said:
            return self.model.start
        singles, pairs = distinct(said)
        sums = [self._word(word) for word in singles]
        sums += [self._pair(pair) for pair in pairs]
        count = sum(each.number for each in sums)
        root, step, nothing = math.isqrt(count << 20), self.model.step << 10, ZERO * count
        total = sum(each.lanes for each in sums)
        lanes = self._unpack(total.to_bytes(len(self.model.rows) * _LANE, "little"))
        return [(lane - nothing) * step // root + base for lane, base in zip(lanes, self.model.start, strict=True)]

    def speaking(self, row: int, said: Sequence[str]) -> list[float]:
        """How much each word says for a row; a pair counts half for each of its words."""
        speaks = [float(self._in_lane(self._word(word), row)) for word in said]
        for at, pair in enumerate(pairwise(said)):
            half = self._in_lane(self._pair(pair), row) / 2
            speaks[at] += half
            speaks[at + 1] += half
        return speaks

    def weighed(self, row: int, said: Sequence[str]) -> tuple[Weighed, ...]:
        """What in these words weighs how much for a row, the heaviest first."""
        found = traits(said)
        worth = self.model.step / ONE / math.sqrt(len(found) or 1)
        sums: dict[str, float] = {}
        for trait in found:
            weight = self._weights(trait.bucket)[row] - ZERO
            sums[trait.text] = sums.get(trait.text, 0) + weight * worth
        ordered = sorted(sums.items(), key=lambda each: (-abs(each[1]), each[0]))
        return tuple(Weighed(seen, round(weight, 3)) for seen, weight in ordered)

    def _in_lane(self, each: _Sum, row: int) -> int:
        return (each.lanes >> (8 * _LANE * row) & _FULL) - ZERO * each.number

    def _sum_of_word(self, word: str) -> _Sum:
        found = traits_of_word(word)
        return _Sum(sum(self._vector(trait.bucket) for trait in found), len(found))

    def _sum_of_pair(self, pair: tuple[str, str]) -> _Sum:
        return _Sum(self._vector(trait_of_pair(*pair).bucket), 1)

    def _vector(self, bucket: int) -> int:
        wide = bytearray(len(self.model.rows) * _LANE)
        wide[::_LANE] = self._weights(bucket)
        return int.from_bytes(wide, "little")

    def _weights(self, bucket: int) -> bytes:
        count = len(self.model.rows)
        return self.model.weights[bucket * count : (bucket + 1) * count]
