"""The fairest cut-offs for a fuzzy matcher: those that serve it best on the very file it is measured on.

Ours gets no such favour: it keeps the thresholds it ships with.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from benchmarks.cases import Case
from benchmarks.matchers import LEAST, Cutoffs, Ranked, decided
from benchmarks.scoring import Reply, is_right

STEP = 2.5
ASKED = 0.5  # what it is worth to ask and have the right complaint among the three
BESIDE = 0.5  # what one more complaint is worth, if it is right; it costs as much if it is not


def best_cutoffs(cases: Sequence[Case], ranked: Sequence[Ranked]) -> Cutoffs:
    """The cut-offs with the highest worth. `ranked` holds the likeliest complaints of each message."""
    known = [(case, each) for case, each in zip(cases, ranked, strict=True) if not case.unsure]
    groups = [
        [(case, each) for case, each in known if case.kind in kinds]
        for kinds in (("condition",), ("out_of_scope", "look_alike"))
    ]

    def total(cutoffs: Cutoffs) -> float:
        return sum(fmean(worth(case, decided(each, cutoffs)) for case, each in group) for group in groups if group)

    return max(_settings(), key=total)


def worth(case: Case, reply: Reply) -> float:
    """1 for going on rightly, half for asking rightly, minus 1 for going on wrongly; off topic, silence is best."""
    if case.kind != "condition":
        return -1.0 if reply.accepted else -ASKED if reply.offered else 0.0
    if not reply.accepted:
        return ASKED if is_right(case, reply) else 0.0
    first = 1.0 if is_right(case, reply) else -1.0
    return first + sum(BESIDE if each in case.any_of else -BESIDE for each in reply.accepted[1:])


def _settings() -> Iterable[Cutoffs]:
    tried = [LEAST + STEP * step for step in range(int((100 - LEAST) / STEP) + 1)]
    for accepted in tried:
        for offered in (each for each in tried if each <= accepted):
            for most in (1, 3):
                yield Cutoffs(accepted, offered, most)
