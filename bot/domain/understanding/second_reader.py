"""The second reader: learned from examples, it half hears warning signs that no pattern names (S-80, S-81).

It only ever adds doubt: what it returns is asked about and stops nothing. The same text and model always give the same
answer. The sums are exact: the weights of all rows for one word are one big integer with a lane of 32 bits for each
row, so that adding two words is one addition.
"""

import math
import struct
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from bot.domain.language.words import Break, Word, clean, words
from bot.domain.understanding.reader_model import ONE, ZERO, ReaderModel, from_bytes
from bot.domain.understanding.traits import WINDOW, distinct, trait_of_pair, traits, traits_of_word, windows
from bot.domain.understanding.understood import HalfHeard

MOST = 3  # rows a text is asked about
MOST_QUOTED = 8  # words
REMEMBERED = 8_192  # words, and as many pairs, whose sums are kept; each costs some 400 bytes
_LANE = 4  # bytes
_FULL = (1 << 8 * _LANE) - 1
_NEVER = 1 << 62  # a threshold that no logit reaches


class Weighed(NamedTuple):
    """A word, a pair of words or some letters, and by how much they raise (or lower) the logit of a row."""

    text: str
    weight: float


class _Sum(NamedTuple):
    """The weights of some traits, one lane a row, each weight raised by ZERO; and how many traits they are."""

    lanes: int
    number: int


class _Best(NamedTuple):
    """The logit of each row in the window where it is highest, and where that window starts."""

    logits: list[int]
    starts: list[int]


class SecondReader:
    """Reads texts with one model. Built once; safe to use from several threads."""

    def __init__(self, model: ReaderModel) -> None:
        self.model = model
        self._row_of = {id_: at for at, id_ in enumerate(model.rows)}
        self._unpack = struct.Struct(f"<{len(model.rows)}I").unpack
        self._word = lru_cache(REMEMBERED)(self._sum_of_word)
        self._pair = lru_cache(REMEMBERED)(self._sum_of_pair)

    @classmethod
    def from_bytes(cls, data: bytes, known: Collection[str] | None = None) -> Self:
        """A reader with the model in `data`, that passes over rows not among the `known`.

        Raises ValueError, saying what is wrong, where `data` is no model.
        """
        model = from_bytes(data)
        if known is not None:
            limits = zip(model.rows, model.thresholds, strict=True)
            model = replace(model, thresholds=tuple(limit if id_ in known else _NEVER for id_, limit in limits))
        return cls(model)

    def read(self, text: str) -> tuple[HalfHeard, ...]:
        """The rows, at most MOST, whose doubt is over their threshold, the likeliest first."""
        return self.read_words(words(clean(text)))

    def read_words(self, written: Sequence[Word], without: Collection[str] = ()) -> tuple[HalfHeard, ...]:
        """The same for a text whose words are known already, `without` these rows."""
        if not written:
            return ()
        best = self._best(written)
        over = [
            (limit - logit, row)
            for row, (logit, limit) in enumerate(zip(best.logits, self.model.thresholds, strict=True))
            if logit > limit and self.model.rows[row] not in without
        ]
        if not over:
            return ()
        kept = sorted((-best.logits[row], row) for _, row in sorted(over)[:MOST])
        return tuple(
            HalfHeard(self.model.rows[row], _chance(-less), self._quote(row, best.starts[row], written))
            for less, row in kept
        )

    def doubts(self, text: str) -> dict[str, float]:
        """The doubt of every row, over its threshold or not; without words, that of a text that says nothing."""
        best = self._best(words(clean(text)))
        return {id_: _chance(logit) for id_, logit in zip(self.model.rows, best.logits, strict=True)}

    def weighed(self, text: str, id_: str) -> tuple[Weighed, ...]:
        """What in the text weighs how much for a row, the heaviest first, in the window where it is most likely.

        KeyError where the model has no such row.
        """
        written = words(clean(text))
        row = self._row_of[id_]
        found = traits(_window(written, self._best(written).starts[row]))
        worth = self.model.step / ONE / math.sqrt(len(found) or 1)
        sums: dict[str, float] = {}
        for trait in found:
            weight = self._weights(trait.bucket)[row] - ZERO
            sums[trait.text] = sums.get(trait.text, 0) + weight * worth
        ordered = sorted(sums.items(), key=lambda each: (-abs(each[1]), each[0]))
        return tuple(Weighed(seen, round(weight, 3)) for seen, weight in ordered)

    def _best(self, written: Sequence[Word]) -> _Best:
        best = _Best(list(self.model.start), [0] * len(self.model.rows))
        for number, (start, said) in enumerate(windows([word.text for word in written])):
            logits = self._logits(said)
            if not number:
                best = best._replace(logits=logits)
                continue
            for row, logit in enumerate(logits):
                if logit > best.logits[row]:
                    best.logits[row], best.starts[row] = logit, start
        return best

    def _logits(self, said: Sequence[str]) -> list[int]:
        singles, pairs = distinct(said)
        sums = [self._word(word) for word in singles]
        sums += [self._pair(pair) for pair in pairs]
        count = sum(each.number for each in sums)
        root, step, nothing = math.isqrt(count << 20), self.model.step << 10, ZERO * count
        total = sum(each.lanes for each in sums)
        lanes = self._unpack(total.to_bytes(len(self.model.rows) * _LANE, "little"))
        return [(lane - nothing) * step // root + base for lane, base in zip(lanes, self.model.start, strict=True)]

    def _quote(self, row: int, start: int, written: Sequence[Word]) -> str:
        """The stretch of one sentence, at most MOST_QUOTED words, that speaks most for a row."""
        part = written[start : start + WINDOW]
        speaks = self._speaking(row, _window(written, start))
        little = max(sum(speaks) / len(speaks), 0) / 2  # what says less would only make the quote longer
        best, chosen = -math.inf, (0, 1)
        for begin in range(len(part)):
            total = 0.0
            for end in range(begin, min(begin + MOST_QUOTED, len(part))):
                if end > begin and part[end].gap is Break.STRONG:
                    break
                total += speaks[end] - little
                if total > best:
                    best, chosen = total, (begin, end + 1)
        return " ".join(word.written for word in part[slice(*chosen)])

    def _speaking(self, row: int, said: Sequence[str]) -> list[float]:
        """How much each word of a window says for a row; a pair counts half for each of its words."""
        speaks = [float(self._in_lane(self._word(word), row)) for word in said]
        for at, pair in enumerate(pairwise(said)):
            half = self._in_lane(self._pair(pair), row) / 2
            speaks[at] += half
            speaks[at + 1] += half
        return speaks

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


def _window(written: Sequence[Word], start: int) -> list[str]:
    return [word.text for word in written[start : start + WINDOW]]


def _chance(logit: int) -> float:
    """A logit as a chance from 0 to 1, to a thousandth."""
    return round(1 / (1 + math.exp(min(-logit / ONE, 700))), 3)
