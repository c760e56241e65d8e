"""What the comparison with fuzzy matching stands on: cases, cut-offs, times."""

import json
from pathlib import Path

from benchmarks.cases import LISTS, Case, complaints_of, read_cases
from benchmarks.cutoffs import best_cutoffs
from benchmarks.matchers import Cutoffs, Fuzzy, decided
from benchmarks.scoring import Reply
from benchmarks.timing import LONGEST, Times, some, spread, worst_cases

NECK = Case("my neck", "condition", (frozenset({"neck_pain"}),))
WEATHER = Case("nice weather", "out_of_scope")


def test_labels_name_complaints_and_their_other_names() -> None:
    assert complaints_of("a/b + c") == (frozenset({"a", "b"}), frozenset({"c"}))


def test_a_file_is_parted_without_overlap(tmp_path: Path) -> None:
    line = {"kind": "condition", "complaints": [["neck_pain", "tight_neck"]], "unsure": False}
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps({**line, "id": str(at), "text": str(at)}) for at in range(620)))
    first, last = read_cases(file, "first-two-thirds"), read_cases(file, "last-third")
    assert len(first) == 413
    assert first + last == read_cases(file)
    assert first[0].complaints == (frozenset({"neck_pain", "tight_neck"}),)


def test_the_lists_of_the_tests_have_every_kind() -> None:
    assert {case.kind for case in read_cases(LISTS)} == {"condition", "emergency", "look_alike", "out_of_scope"}


def test_a_fuzzy_matcher_takes_the_longest_of_equally_like_phrases() -> None:
    phrases = [("back pain", "low_back_pain"), ("upper back pain", "upper_back_pain")]
    fuzzy = Fuzzy("token_set_ratio", phrases, Cutoffs(accepted=90, offered=50, most=1))
    assert fuzzy.ranked("Upper back pain!") == (("upper_back_pain", 100.0), ("low_back_pain", 100.0))
    assert fuzzy.reply("Upper back pain!") == Reply(("upper_back_pain",))


def test_below_the_first_cutoff_it_asks_below_the_second_it_says_nothing() -> None:
    ranked = (("a", 95.0), ("b", 80.0), ("c", 60.0))
    assert decided(ranked, Cutoffs(80, 50, 3)) == Reply(("a", "b"))
    assert decided(ranked, Cutoffs(100, 70)) == Reply((), ("a", "b"))
    assert decided(ranked, Cutoffs(100, 100)) == Reply()


def test_the_best_cutoffs_go_on_above_what_is_off_topic() -> None:
    best = best_cutoffs([NECK, WEATHER], [(("neck_pain", 90.0),), (("knee_pain", 70.0),)])
    assert 70 < best.offered <= best.accepted <= 90


def test_half_and_99_of_100_stay_within() -> None:
    assert spread([float(each) for each in range(100, 0, -1)]) == Times(50.0, 99.0)
    assert spread([3.0]) == Times(3.0, 3.0)


def test_some_texts_are_spread_evenly() -> None:
    assert some(["a", "b", "c", "d"], 2) == ["a", "c"]
    assert some(["a"], 2) == ["a"]


def test_the_worst_cases_are_as_long_as_a_message_can_be() -> None:
    assert {len(text) for text in worst_cases(["my back hurts"]).values()} == {LONGEST}
