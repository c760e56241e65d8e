"""What moves when a threshold does: right, wrong or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.cases import Case
from benchmarks.scoring import Reply, is_right


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of the messages that no red flag stops."""

    right: float  # of the complaints: the first answer, or among the three asked about
    at_once: float  # of the complaints: gone on with at once, rightly
    nothing: float  # of the complaints: nothing said
    all_found: float  # of those with several complaints: all of them found
    wrong: float  # of complaints and off-topic messages: answered with a complaint that is not there


def outcome(cases: Sequence[Case], replies: Sequence[Reply]) -> Outcome:
    """The shares over messages with a complaint and off-topic ones; others do not count."""
    met = [(case, reply) for case, reply in zip(cases, replies, strict=True) if not reply.stops]
    complaints = [(case, reply) for case, reply in met if case.kind == "condition"]
    off_topic = [reply for case, reply in met if case.kind == "out_of_scope"]
    several = [(case, reply) for case, reply in complaints if len(case.complaints) > 1]
    return Outcome(
        right=_share([is_right(case, reply) for case, reply in complaints]),
        at_once=_share([bool(reply.accepted) and is_right(case, reply) for case, reply in complaints]),
        nothing=_share([not reply.named for _, reply in complaints]),
        all_found=_share([all(not ids.isdisjoint(reply.named) for ids in case.complaints) for case, reply in several]),
        wrong=_share([_says_wrong(*each) for each in complaints] + [bool(reply.named) for reply in off_topic]),
    )


def _says_wrong(case: Case, reply: Reply) -> bool:
    """Whether it goes on with a complaint that is not there, or asks about none that is."""
    if reply.accepted:
        return not case.any_of.issuperset(reply.accepted)
    return bool(reply.offered) and not is_right(case, reply)


def _share(hits: Sequence[bool]) -> float:
    return fmean(hits) if hits else 0.0
