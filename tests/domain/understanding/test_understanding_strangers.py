"""Messages by writers who knew neither vocabulary nor patterns: how many of them must be understood, and as what.

Each floor is a little below what was measured when it was set, so that nothing gets worse. The vocabulary was improved
with `strangers` but not with `unseen`, which shows what to expect of new people. Once it has been improved with an
unseen list, that list moves to `strangers` and a new one is written.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pytest

from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood
from tests.domain.shipped import accepted, flags, named, pairs, stops
from tests.domain.understanding.test_understanding_complaints import wanted

FLOORS: Mapping[str, Mapping[str, float]] = {
    "strangers": {
        "met": 0.97, "right flag": 0.96, "look-alikes": 0.08, "false alarms": 0.02, "off topic": 0.025, "right": 0.97,
        "wrong": 0.02, "each of several": 0.92,
    },
    "unseen": {
        "met": 0.92, "right flag": 0.88, "look-alikes": 0.17, "false alarms": 0.03, "off topic": 0.04, "right": 0.91,
        "wrong": 0.04, "each of several": 0.85,
    },
}  # fmt: skip
MANY = 5  # messages of one flag or complaint from which its own floor counts
FLAG_FLOOR = 0.7
COMPLAINT_FLOOR = 0.5
MOST_CONFUSED = 3  # messages of one complaint that are taken for the same other one

every_list = pytest.mark.parametrize("list_", list(FLOORS))


def share(hits: Iterable[bool]) -> float:
    """The share (0 to 1) of the hits."""
    counted = list(hits)
    return sum(counted) / len(counted)


def heard(english: Understanding, name: str) -> list[tuple[str, str, Understood]]:
    """The label and text of each message of a list, and what it was understood as."""
    return [(label, message, english.understand(message)) for label, message in pairs(name)]


@every_list
@pytest.mark.safety("S-18")
def test_nearly_all_emergencies_of_strangers_are_met_with_help(english: Understanding, list_: str) -> None:
    met = heard(english, f"{list_}/emergencies.txt")
    assert share(stops(understood) for _, _, understood in met) >= FLOORS[list_]["met"]
    assert share(label in flags(understood) for label, _, understood in met) >= FLOORS[list_]["right flag"]


@pytest.mark.safety("S-18")
def test_every_red_flag_is_met_in_most_of_its_messages(english: Understanding) -> None:
    by_flag: dict[str, list[bool]] = defaultdict(list)
    for label, _, understood in heard(english, "strangers/emergencies.txt"):
        by_flag[label].append(stops(understood))
    low = {flag: hits for flag, hits in by_flag.items() if len(hits) >= MANY and share(hits) < FLAG_FLOOR}
    assert low == {}


@every_list
def test_what_only_sounds_like_an_emergency_seldom_stops(english: Understanding, list_: str) -> None:
    floors = FLOORS[list_]
    alike = heard(english, f"{list_}/look_alikes.txt")
    assert share(stops(understood) for _, _, understood in alike) <= floors["look-alikes"]
    complaints = heard(english, f"{list_}/complaints.txt")
    assert share(stops(understood) for _, _, understood in complaints) <= floors["false alarms"]


@every_list
def test_off_topic_messages_are_seldom_taken_for_a_complaint_and_never_for_an_emergency(
    english: Understanding, list_: str
) -> None:
    others = heard(english, f"{list_}/off_topic.txt")
    assert not any(stops(understood) for _, _, understood in others)
    assert share(bool(accepted(understood)) for _, _, understood in others) <= FLOORS[list_]["off topic"]


@every_list
def test_complaints_of_strangers_are_understood_as_what_they_are(english: Understanding, list_: str) -> None:
    told = [each for each in heard(english, f"{list_}/complaints.txt") if not stops(each[2])]
    right = [_is_right(label, understood) for label, _, understood in told]
    wrong = [bool(accepted(understood)) and not _is_right(label, understood) for label, _, understood in told]
    several = [
        bool(each & set(named(understood)))
        for label, _, understood in told
        if "+" in label
        for each in wanted(label)
    ]  # fmt: skip
    floors = FLOORS[list_]
    assert share(right) >= floors["right"]
    assert share(wrong) <= floors["wrong"]
    assert share(several) >= floors["each of several"]


def test_every_complaint_is_understood_in_most_of_its_messages_and_confused_with_none(english: Understanding) -> None:
    by_complaint: dict[str, list[bool]] = defaultdict(list)
    confused: Counter[tuple[str, str]] = Counter()
    for label, _, understood in heard(english, "strangers/complaints.txt"):
        if stops(understood) or "+" in label or "/" in label:
            continue
        by_complaint[label].append(_is_right(label, understood))
        if accepted(understood) and not by_complaint[label][-1]:
            confused[label, accepted(understood)[0]] += 1
    low = {id_: hits for id_, hits in by_complaint.items() if len(hits) >= MANY and share(hits) < COMPLAINT_FLOOR}
    assert low == {}
    assert {pair: count for pair, count in confused.items() if count > MOST_CONFUSED} == {}


def _is_right(label: str, understood: Understood) -> bool:
    any_of = set().union(*wanted(label))
    first = accepted(understood)[:1]
    return first[0] in any_of if first else bool(any_of & set(named(understood)))
