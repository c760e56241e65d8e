"""The second reader: learned from examples, it half hears warning signs that no pattern names (S-80, S-81).

What it hears alone is asked about. It stops nobody unless patterns speak for the same sign.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import Break, Word, clean, words
from bot.domain.understanding.reader_model import ONE, ReaderModel, from_bytes
from bot.domain.understanding.reader_sums import ReaderSums, Weighed
from bot.domain.understanding.traits import WINDOW, windows
from bot.domain.understanding.understood import STOPPING, HalfHeard

MOST = 3  # rows a text is asked about
MOST_QUOTED = 8  # words
# The odds, as natural logarithms, that a text holds a sign that stops. Chosen by measurement (docs/understanding.md).
ASKED = -1.0  # above it the likeliest rows are asked about
ASKED_SHORT, SHORT = 1.0, 2  # the same for a text of so few words: it says little, and "blue" is no sign
CONFIRMED = 1.5  # above it what a pattern half says stops
HARMLESS, HARMLESS_SENTENCE = -3.0, 0.0  # up to these a weak pattern only asks, in a text, and in each of its sentences
TELLING = 6  # words; a text of no more tells too little to be called harmless
CONFIRMING = 10  # words; a text of fewer confirms nothing
MILD_ASKED = -1.5  # the odds that a text holds a sign that a doctor should see
# How likely a row must be against the likeliest one to be asked about. A crisis is asked about first and alone, so a
# burn must not begin with a question about dying; a crisis that is likely by itself stays, and beside it others: pills
# that were taken after a crisis are an overdose.
SHARE, CRISIS_SHARE = 0.05, 0.3
_UNIT = 1 / ONE
_DEEP = 60 * ONE  # a logit beyond which it makes no difference


class Heard(NamedTuple):
    """A window of a text: where it starts, each row's odds against no warning, and the sums over two kinds of rows."""

    start: int
    odds: tuple[float, ...]
    stopping: float
    mild: float

    @property
    def log_odds(self) -> float:
        """How likely a sign that stops is, as a logarithm."""
        return math.log(self.stopping / (1 + self.mild)) if self.stopping else -math.inf


class Hearing:
    """What the second reader hears in a text. It listens when it is asked; what stops for sure needs none.

    Of a few words it says nothing.
    """

    def __init__(self, reader: "SecondReader", written: Sequence[Word]) -> None:
        self.reader = reader
        self.written = written

    @cached_property
    def windows(self) -> Sequence[Heard]:
        """What is heard in each window of the text."""
        return self.reader.windows(self.written)

    @cached_property
    def likeliest(self) -> Heard:
        """The window in which a sign that stops is likeliest."""
        return max(self.windows, key=lambda each: each.log_odds)

    @property
    def confirms(self) -> tuple[str, ...]:
        """The rows that stop where patterns half speak for them: the text sounds much like a warning, and of these."""
        if len(self.written) < CONFIRMING or self.likeliest.log_odds <= CONFIRMED:
            return ()
        return self.reader.likely(self.likeliest)

    @property
    def harmless(self) -> bool:
        """Whether the text sounds so harmless, as a whole and in each sentence, that weak patterns do not stop it.

        By itself each sentence counts, because what else is told in a text makes a linear reader deaf.
        """
        if len(self.written) <= TELLING or self.likeliest.log_odds > HARMLESS:
            return False
        own = (self.reader.hear(each).likeliest.log_odds for each in _sentences(self.written) if len(each) > SHORT)
        return all(odds <= HARMLESS_SENTENCE for odds in own)

    def to_ask(self, without: Collection[str] = ()) -> tuple[HalfHeard, ...]:
        """The rows to ask about, at most MOST, the likeliest first, `without` these; else a mild one."""
        return self.reader.to_ask(self, without)

    def chances(self, ids: Iterable[str]) -> list[float]:
        """The chances of these rows, asked about or not. Rows that the model lacks are left out."""
        return self.reader.chances(self.likeliest, ids)


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
        self._sums = ReaderSums(model)

    def read(self, text: str) -> tuple[HalfHeard, ...]:
        """The rows to ask about, at most MOST, the likeliest first; mild ones only where no other is."""
        return self.hear(words(clean(text))).to_ask()

    def hear(self, written: Sequence[Word]) -> Hearing:
        """What is heard in a text whose words are known."""
        return Hearing(self, written)

    def to_ask(self, hearing: Hearing, without: Collection[str]) -> tuple[HalfHeard, ...]:
        """See `Hearing.to_ask`."""
        written, heard = hearing.written, hearing.likeliest
        if not written:
            return ()
        if heard.log_odds > (ASKED if len(written) > SHORT else ASKED_SHORT):
            rows = [row for row in self._likely(heard) if self.model.rows[row] not in without]
            return self._named(rows[:MOST], heard, written)
        heard = max(hearing.windows, key=lambda each: each.mild)
        if len(written) > SHORT and heard.mild > math.exp(MILD_ASKED):
            likeliest = max(self._mild, key=heard.odds.__getitem__)
            return self._named([likeliest] if self.model.rows[likeliest] not in without else [], heard, written)
        return ()

    def likely(self, heard: Heard) -> tuple[str, ...]:
        """The rows that are likely enough beside the likeliest in a window."""
        return tuple(self.model.rows[row] for row in self._likely(heard))

    def chances(self, heard: Heard, ids: Iterable[str]) -> list[float]:
        """See `Hearing.chances`."""
        return [_chance(heard, self._row_of[id_]) for id_ in ids if id_ in self._row_of]

    def doubts(self, text: str) -> dict[str, float]:
        """The chance of every row, asked about or not; without words, that of a text that says nothing."""
        heard = self.hear(words(clean(text))).likeliest
        return {id_: _chance(heard, row) for id_, row in self._row_of.items()}

    def weighed(self, text: str, id_: str) -> tuple[Weighed, ...]:
        """What in the text weighs how much for a row, the heaviest first, in the window where a warning is likeliest.

        KeyError where the model has no such row.
        """
        written = words(clean(text))
        heard = self.hear(written).likeliest
        return self._sums.weighed(self._row_of[id_], _window(written, heard.start))

    def _likely(self, heard: Heard) -> list[int]:
        """The rows that are likely enough beside the likeliest."""
        ordered = sorted(self._stopping, key=lambda row: (-heard.odds[row], row))
        highest, in_crisis = heard.odds[ordered[0]], ordered[0] in self._crises
        return [
            row
            for row in ordered
            if heard.odds[row] >= highest * (CRISIS_SHARE if row in self._crises and not in_crisis else SHARE)
        ]

    def _named(self, rows: Iterable[int], heard: Heard, written: Sequence[Word]) -> tuple[HalfHeard, ...]:
        return tuple(
            HalfHeard(self.model.rows[row], _chance(heard, row), self._quote(row, heard.start, written)) for row in rows
        )

    def windows(self, written: Sequence[Word]) -> list[Heard]:
        """What is heard in each window of a text; at least one."""
        said = [word.text for word in written]
        return [self._heard(start, part) for start, part in windows(said)] or [self._heard(0, ())]

    def _heard(self, start: int, said: Sequence[str]) -> Heard:
        logits = self._sums.logits(said)
        if max(logits) > _DEEP:
            logits = [min(logit, _DEEP) for logit in logits]
        odds = tuple(map(math.exp, [logit * _UNIT for logit in logits]))
        stopping = math.fsum([odds[row] for row in self._stopping])
        return Heard(start, odds, stopping, math.fsum([odds[row] for row in self._mild]))

    def _quote(self, row: int, start: int, written: Sequence[Word]) -> str:
        """The stretch of one sentence, at most MOST_QUOTED words, that speaks most for a row."""
        part = written[start : start + WINDOW]
        speaks = self._sums.speaking(row, _window(written, start))
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


def second_reader(knowledge: Knowledge, language: str) -> SecondReader | None:
    """The second reader of a language.

    None in knowledge made without one, as tests do; the library refuses such a folder (S-16).
    """
    learned = knowledge.second_readers.get(language)
    if not learned:
        return None
    flags = knowledge.red_flags
    return SecondReader(
        from_bytes(learned),
        crises=[id_ for id_, flag in flags.items() if flag.crisis],
        mild=[id_ for id_, flag in flags.items() if flag.urgency not in STOPPING],
        known=flags,
    )


def _window(written: Sequence[Word], start: int) -> list[str]:
    return [word.text for word in written[start : start + WINDOW]]


def _sentences(written: Sequence[Word]) -> Iterator[Sequence[Word]]:
    ends = [at for at, word in enumerate(written) if at and word.gap is Break.STRONG]
    for begin, end in pairwise([0, *ends, len(written)]):
        yield written[begin:end]


def _chance(heard: Heard, row: int) -> float:
    """How likely a row is in a window, from 0 to 1, to a thousandth."""
    return round(heard.odds[row] / (1 + heard.stopping + heard.mild), 3)
