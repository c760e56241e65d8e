"""Which lines of the warning signs are weak: those that harmless examples meet (S-80)."""

import re
from pathlib import Path

import pytest

from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import STOPPING
from bot.library.training.train import NONE
from tests.shipped_knowledge import knowledge

SHIPPED = knowledge()
# Babies, children and ages: numbers decide there, which the second reader does not know. Nor does it know that Bell's
# palsy that has come back is another matter than the first.
FIRM = re.compile(r"age_|child|baby|newborn|over_fifty|bells_palsy")


@pytest.mark.safety("S-80")
def test_a_line_that_a_harmless_example_meets_is_weak() -> None:
    """Signs of a crisis are not, nor what is met only by another reading of the text."""
    understanding = Understanding(SHIPPED, "en")
    firm: set[str] = set()
    for example in Path(f"knowledge/examples/en/{NONE}.txt").read_text("utf-8").splitlines()[1:]:
        raised = {flag.id for flag in understanding.by_patterns(example) if flag.urgency in STOPPING}
        for owner in (id_ for id_ in raised if not SHIPPED.red_flags[id_].crisis):
            met = understanding.workings(example).in_whole.complete[PatternKind.FLAG]
            firm |= {each.text for each, _ in met if each.owner == owner and not (each.weak or each.takes_back)}
    assert {line for line in firm if not FIRM.search(line)} == set()
