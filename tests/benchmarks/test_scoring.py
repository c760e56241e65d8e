"""Each row of the score counts what its name says."""

import pytest

from benchmarks.cases import Case
from benchmarks.outcomes import outcome
from benchmarks.scoring import (
    AT_ONCE,
    EXTRA,
    OFF_TOPIC_OFFERED,
    OFF_TOPIC_WENT_ON,
    RIGHT,
    SILENT,
    WRONG,
    Reply,
    Tally,
    score,
)

NECK, BACK, KNEE = "neck_pain", "low_back_pain", "knee_pain"
NECK_OR_BACK = Case("my neck, or my back", "condition", (frozenset({NECK, BACK}),))
NECK_AND_KNEE = Case("my neck and my knee", "condition", (frozenset({NECK}), frozenset({KNEE})))
WEATHER = Case("nice weather", "out_of_scope")
EACH, ALL = "several complaints: each one found", "several complaints: all of them found"


@pytest.mark.parametrize(
    ("case", "reply", "rows"),
    [
        (NECK_OR_BACK, Reply((BACK,)), {RIGHT, AT_ONCE}),
        (NECK_OR_BACK, Reply((), (KNEE, NECK)), {RIGHT}),
        (NECK_OR_BACK, Reply(), {SILENT}),
        (NECK_OR_BACK, Reply((KNEE, NECK)), {WRONG, EXTRA}),
        (NECK_OR_BACK, Reply(stops=True), {"false alarm on a complaint"}),
        (NECK_AND_KNEE, Reply((NECK, KNEE)), {RIGHT, AT_ONCE, EACH, ALL}),
        (NECK_AND_KNEE, Reply((NECK,)), {RIGHT, AT_ONCE, EACH}),
        (WEATHER, Reply(), set()),
        (WEATHER, Reply((NECK,)), {OFF_TOPIC_WENT_ON}),
        (WEATHER, Reply((), (NECK,)), {OFF_TOPIC_OFFERED}),
        (WEATHER, Reply(stops=True), {"false alarm off topic"}),
        (Case("crushing chest pain", "emergency"), Reply(stops=True), {"emergency recognised"}),
        (Case("no chest pain", "look_alike"), Reply(stops=True), {"false alarm on a look-alike"}),
        (Case("it hurts", "vague"), Reply((NECK,)), {"vague, went on with a complaint"}),
        (Case("chest", "emergency", (), unsure=True), Reply(stops=True), {"unsure emergency: as the first reader"}),
        (Case("hm", "out_of_scope", (), unsure=True), Reply((), (NECK,)), {"unsure out_of_scope: as the first reader"}),
    ],
)
def test_a_reply_is_a_hit_in_these_rows(case: Case, reply: Reply, rows: set[str]) -> None:
    assert {row for row, tally in score([case], [reply]).items() if tally.hits} == rows


def test_a_stopped_complaint_counts_in_no_row_of_complaints() -> None:
    rows = score([NECK_OR_BACK, NECK_OR_BACK], [Reply(stops=True), Reply((NECK,))])
    assert rows["false alarm on a complaint"] == Tally(1, 2)
    assert rows[AT_ONCE] == Tally(1, 1)


def test_wrong_counts_any_complaint_that_is_not_there() -> None:
    cases = [NECK_OR_BACK, NECK_OR_BACK, WEATHER, WEATHER]
    replies = [Reply((NECK, KNEE)), Reply((NECK,)), Reply((), (KNEE,)), Reply()]
    came = outcome(cases, replies)
    assert (came.right, came.at_once, came.nothing, came.wrong) == (1.0, 1.0, 0.0, 0.5)
