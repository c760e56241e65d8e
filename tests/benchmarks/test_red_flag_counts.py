"""Red flags are counted by their labels: ids of flags, or an urgency."""

import pytest

from benchmarks.cases import LISTS, emergencies, harmless
from benchmarks.red_flags import Count, counted, is_hit
from bot.domain.knowledge import Urgency
from bot.domain.understanding.understood import HeardFlag, Understood

STROKE = Understood((HeardFlag("stroke", Urgency.EMERGENCY, ()),))
LUMP = Understood((HeardFlag("lump", Urgency.SEE_GP, ()),))
QUIET = Understood()


@pytest.mark.parametrize(
    ("labels", "understood", "hit"),
    [
        ({"stroke"}, STROKE, True),
        ({"heart_attack", "stroke"}, STROKE, True),
        ({"heart_attack"}, STROKE, False),
        ({"emergency"}, STROKE, True),
        ({"same_day"}, LUMP, False),
        ({"lump"}, LUMP, True),
        ({"emergency"}, QUIET, False),
    ],
)
def test_a_hit_is_a_flag_of_the_label(labels: set[str], understood: Understood, *, hit: bool) -> None:
    assert is_hit(frozenset(labels), understood) == hit


def test_a_miss_that_another_flag_stops_is_helped_anyhow() -> None:
    met = [(frozenset({"heart_attack"}), each) for each in (STROKE, QUIET)]
    assert counted(met) == {"heart_attack": Count(messages=2, hits=0, helped=1)}


def test_the_lists_are_read_with_their_labels() -> None:
    assert all(labels and text and "|" not in text for labels, text in emergencies(LISTS))
    assert all(text and "|" not in text for texts in harmless(LISTS).values() for text in texts)
