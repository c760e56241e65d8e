"""The second reader: learned from examples, it half hears warning signs that no pattern names (S-80, S-81).

It only ever adds doubt: what it returns is asked about and stops nothing. The same text and model always give the same
answer. The sums are exact: the weights of all rows for one word are one big integer with a lane of 32 bits for each
row, so that adding two words is one addition.
"""

import math
import struct
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.domain.language.words import Break, Word, clean, words
from bot.domain.understanding.reader_model import ONE, ZERO, ReaderModel
from bot.domain.understanding.traits import WINDOW, distinct, trait_of_pair, traits, traits_of_word, windows
from bot.domain.understanding.understood import HalfHeard

MOST = 3  # rows a text is asked about
MOST_QUOTED = 8  # words
REMEMBERED = 8_192  # words, and as many pairs, whose sums are kept; each costs some 400 bytes
# The odds, as natural logarithms, that a text holds a sign that stops. Chosen by measurement (docs/understanding.md).
ASKED = -1.0  # above it the likeliest rows are asked about
ASKED_SHORT, SHORT = 1.0, 2  # the same for a text of so few words: it says little, and "blue" is no sign
MILD_ASKED = -1.5  # the odds that a text holds a sign that a doctor should see
# How likely a row must be against the likeliest one to be asked about. A crisis is asked about first and alone, so a
# burn must not begin with a question about dying; a crisis that is likely by itself stays, and beside it others: pills
# that were taken after a crisis are an overdose.
SHARE, CRISIS_SHARE = 0.05, 0.3
_LANE = 4  # bytes
_FULL = (1 << 8 * _LANE) - 1
_DEEP = 60  # a logit, in units of 1, beyond which it makes no difference


class Weighed(NamedTuple):
    """A word, a pair of words or some letters, and by how much they raise (or lower) the logit of a row."""

    text: str
    weight: float


class _Sum(NamedTuple):
    """The weights of some traits, one lane a row, each weight raised by ZERO; and how many traits they are."""

    lanes: int
    number: int


class _Heard(NamedTuple):
    """A window of a text: where it starts, each row's odds against no warning, and the sums over two kinds of rows."""

    start: int
    odds: tuple[float, ...]
    stopping: float
    mild: float

    @property
    def log_odds(self) -> float:
        """How likely a sign that stops is, as a logarithm."""
        return math.log(self.stopping / (1 + self.mild)) if self.stopping else -math.inf


class SecondReader:
    """Reads texts with one model. Built once; safe to use from several threads.

    `mild` are the rows that stop nothing. Rows that are neither mild nor `crises` are signs of the body that stop.
    Rows that are not among the `known` are passed over; without `known`, none is.
    """

    def __init__(
        self,
        model: ReaderModel,
        crises: Collection[str] = (),
        mild: Collection[str] = (),
        known: Collection[str] | None = None,
    ) -> None:
        self.model = model
        self._row_of = {id_: at for at, id_ in enumerate(model.rows)}
        self._crises = frozenset(at for at, id_ in enumerate(model.rows) if id_ in crises)
        heard = [at for at, id_ in enumerate(model.rows) if known is None or id_ in known]
        self._mild = [at for at in heard if model.rows[at] in mild]
        self._stopping = [at for at in heard if model.rows[at] not in mild]
        self._unpack = struct.Struct(f"<{len(model.rows)}I").unpack
        self._word = lru_cache(REMEMBERED)(self._sum_of_word)
        self._pair = lru_cache(REMEMBERED)(self._sum_of_pair)

    def read(self, text: str) -> tuple[HalfHeard, ...]:
        """The rows to ask about, at most MOST, the likeliest first; mild ones only where no other is."""
        return self.read_words(words(clean(text)))

    def read_words(self, written: Sequence[Word], without: Collection[str] = ()) -> tuple[HalfHeard, ...]:
        """The same for a text whose words are known already, `without` these rows."""
        if not written:
            return ()
        windows_of_text = self._windows(written)
        heard = max(windows_of_text, key=lambda each: each.log_odds)
        if heard.log_odds > (ASKED if len(written) > SHORT else ASKED_SHORT):
            return self._named(self._worth_asking(heard, without), heard, written)
        heard = max(windows_of_text, key=lambda each: each.mild)
        if len(written) > SHORT and heard.mild > math.exp(MILD_ASKED):
            likeliest = max(self._mild, key=heard.odds.__getitem__)
            return self._named([likeliest] if self.model.rows[likeliest] not in without else [], heard, written)
        return ()

    def doubts(self, text: str) -> dict[str, float]:
        """The chance of every row, asked about or not; without words, that of a text that says nothing."""
        windows_of_text = self._windows(words(clean(text)))
        heard = max(windows_of_text, key=lambda each: each.log_odds)
        return {id_: _chance(heard, row) for id_, row in self._row_of.items()}

    def weighed(self, text: str, id_: str) -> tuple[Weighed, ...]:
        """What in the text weighs how much for a row, the heaviest first, in the window where a warning is likeliest.

        KeyError where the model has no such row.
        """
        written = words(clean(text))
        row = self._row_of[id_]
        heard = max(self._windows(written), key=lambda each: each.log_odds)
        found = traits(_window(written, heard.start))
        worth = self.model.step / ONE / math.sqrt(len(found) or 1)
        sums: dict[str, float] = {}
        for trait in found:
            weight = self._weights(trait.bucket)[row] - ZERO
            sums[trait.text] = sums.get(trait.text, 0) + weight * worth
        ordered = sorted(sums.items(), key=lambda each: (-abs(each[1]), each[0]))
        return tuple(Weighed(seen, round(weight, 3)) for seen, weight in ordered)

    def _worth_asking(self, heard: _Heard, without: Collection[str]) -> list[int]:
        """The rows that are likely enough beside the likeliest."""
        ordered = sorted(self._stopping, key=lambda row: (-heard.odds[row], row))
        highest, in_crisis = heard.odds[ordered[0]], ordered[0] in self._crises
        enough = [
            row
            for row in ordered
            if heard.odds[row] >= highest * (CRISIS_SHARE if row in self._crises and not in_crisis else SHARE)
            and self.model.rows[row] not in without
        ]
        return enough[:MOST]

    def _named(self, rows: Iterable[int], heard: _Heard, written: Sequence[Word]) -> tuple[HalfHeard, ...]:
        return tuple(
            HalfHeard(self.model.rows[row], _chance(heard, row), self._quote(row, heard.start, written)) for row in rows
        )

    def _windows(self, written: Sequence[Word]) -> list[_Heard]:
        said = [word.text for word in written]
        return [self._heard(start, part) for start, part in windows(said)] or [self._heard(0, ())]

    def _heard(self, start: int, said: Sequence[str]) -> _Heard:
        logits = self._logits(said) if said else self.model.start
        odds = tuple([math.exp(max(min(logit / ONE, _DEEP), -_DEEP)) for logit in logits])
        return _Heard(
            start, odds, math.fsum(odds[row] for row in self._stopping), math.fsum(odds[row] for row in self._mild)
        )

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


def _chance(heard: _Heard, row: int) -> float:
    """How likely a row is in a window, from 0 to 1, to a thousandth."""
    return round(heard.odds[row] / (1 + heard.stopping + heard.mild), 3)
