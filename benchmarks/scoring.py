"""How well messages are understood, in rows that count yes and no.

A message with an alarm that stops gets no complaint: what was found beside it does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.cases import Case

MOST = 3  # complaints gone on with, or asked about
RIGHT = "right: first answer, or asked with it among three"
AT_ONCE = "went on at once, rightly"
WRONG = "went on with a wrong complaint"
SILENT = "said nothing"
EXTRA = "complaints it went on with that were not there"
OFF_TOPIC_WENT_ON = "off topic, went on with a complaint"
OFF_TOPIC_OFFERED = "off topic, offered something"
ORDER = (
    RIGHT,
    AT_ONCE,
    WRONG,
    SILENT,
    EXTRA,
    "several complaints: each one found",
    "several complaints: all of them found",
    OFF_TOPIC_WENT_ON,
    OFF_TOPIC_OFFERED,
    "vague, went on with a complaint",
    "emergency recognised",
    "false alarm on a complaint",
    "false alarm off topic",
    "false alarm on a look-alike",
    "unsure condition: as the first reader",
    "unsure vague: as the first reader",
    "unsure out_of_scope: as the first reader",
    "unsure emergency: as the first reader",
)

Verdict = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """Complaints gone on with, complaints asked about, and whether a red flag stops."""

    accepted: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    stops: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        return self.accepted[:MOST] + self.offered[:MOST]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        return self.hits / self.total


def score(cases: Sequence[Case], replies: Sequence[Reply]) -> dict[str, Tally]:
    """The rows that these cases can fill, in their order."""
    count: dict[str, list[bool]] = {}
    for case, reply in zip(cases, replies, strict=True):
        for row, hit in verdicts(case, reply):
            count.setdefault(row, []).append(hit)
    return {row: Tally(sum(count[row]), len(count[row])) for row in ORDER if row in count}


def verdicts(case: Case, reply: Reply) -> Iterable[Verdict]:
    """Each row that the case counts in, and whether it counts as a hit."""
    if case.unsure:
        return [(f"unsure {case.kind}: as the first reader", _as_first_reader(case, reply))]
    if case.kind == "emergency":
        return [("emergency recognised", reply.stops)]
    if case.kind == "look_alike":
        return [("false alarm on a look-alike", reply.stops)]
    if case.kind == "vague":
        return [("vague, went on with a complaint", bool(reply.accepted) and not reply.stops)]
    if case.kind == "condition":
        alarm = [("false alarm on a complaint", reply.stops)]
        return alarm if reply.stops else [*alarm, *_on_a_complaint(case, reply)]
    quiet = not reply.stops
    return [
        ("false alarm off topic", reply.stops),
        (OFF_TOPIC_WENT_ON, quiet and bool(reply.accepted)),
        (OFF_TOPIC_OFFERED, quiet and bool(reply.offered) and not reply.accepted),
    ]


def is_right(case: Case, reply: Reply) -> bool:
    """Whether the first answer is right, or one of those asked about."""
    if reply.accepted:
        return reply.accepted[0] in case.any_of
    return not case.any_of.isdisjoint(reply.offered[:MOST])


def _as_first_reader(case: Case, reply: Reply) -> bool:
    if case.kind == "emergency":
        return reply.stops
    return is_right(case, reply) if case.kind == "condition" else not reply.accepted


def _on_a_complaint(case: Case, reply: Reply) -> Iterable[Verdict]:
    right = is_right(case, reply)
    yield RIGHT, right
    yield AT_ONCE, bool(reply.accepted) and right
    yield WRONG, bool(reply.accepted) and not right
    yield SILENT, not reply.named
    if len(case.complaints) > 1:
        found = [not ids.isdisjoint(reply.named) for ids in case.complaints]
        yield from (("several complaints: each one found", each) for each in found)
        yield "several complaints: all of them found", all(found)
    yield from ((EXTRA, each not in case.any_of) for each in reply.accepted[:MOST])
