"""S-84: no two advices that one answer gives contradict each other."""

import re
from itertools import combinations

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.turns.flags import advised
from tests.shipped_knowledge import knowledge

KNOWLEDGE = knowledge()
ADVICES = {id_: text.advice for id_, text in KNOWLEDGE.texts["en"].red_flags.items()}
STOPPING = [id_ for id_, row in KNOWLEDGE.red_flags.items() if row.urgency is not Urgency.SEE_GP]

# What one advice says against what another says. "Somebody who breathes but does not wake" and "if you are awake" say
# for whom they are meant, so they stand beside each other: they are taken out of the text before it is read.
FOR_SOMEBODY_ELSE = re.compile(r"[^.]*\b(?:does not wake|does not answer|drowsy or cannot swallow)\b[^.]*\.")
UPRIGHT = r"\bsit\b(?! (?:up )?instead)|\bsit up(?:right)?\b(?! instead)"
ELSEWHERE = (  # a place of its own, or somebody in danger
    ",? (?:on |around |rub |or |press |massage )*"
    "(?:anybody|your|the (?:ankle|eye|foot|joint|leg|rash|skin|sore bone|spine))"
)
OPPOSITES = {
    "upright and flat": (UPRIGHT, r"\blie (?:down|flat|still)\b"),
    "upright and on the side": (UPRIGHT, r"\bon (?:your|their|the) side\b"),
    "flat and on the side": (r"\blie (?:down|flat|still)\b", r"\bon (?:your|their|the) side\b"),
    "still and walking": (r"\bkeep still\b", r"\bget out\b|\bmove about\b"),
    "pushing and not pressing there": (
        r"\bpush (?:hard|firmly)\b",
        rf"\bdo not (?:push|press|touch)\b(?! any points| points)(?!{ELSEWHERE})",
    ),
    "eating or drinking and neither": (
        r"\b(?:sugary drink|small sips|sips of|go on offering feeds|have a drink)\b",
        r"\b(?:do not eat|nothing into the mouth|nothing by mouth|, eat or drink)\b",
    ),
    "driving and not driving": (r"(?<!not )\bdrive (?:to|there)\b", r"\bdo not drive\b"),
}
TOGETHER = [pair for first, second in combinations(STOPPING, 2) if len(pair := advised((first, second), KNOWLEDGE)) > 1]


def contradictions(first: str, second: str) -> list[str]:
    """The names of the opposites that two advices say between them."""
    one, other = (FOR_SOMEBODY_ELSE.sub("", ADVICES[id_]).lower() for id_ in (first, second))
    return [
        name
        for name, (yes, no) in OPPOSITES.items()
        if (re.search(yes, one) and re.search(no, other)) or (re.search(no, one) and re.search(yes, other))
    ]


@pytest.mark.safety("S-84")
def test_no_two_advices_of_one_answer_contradict() -> None:
    found = {pair: names for pair in TOGETHER if (names := contradictions(*pair))}
    assert found == {}


@pytest.mark.safety("S-84")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cardiac_arrest", "seizure_collapse"),
        ("cardiac_arrest", "severe_breathlessness"),
        ("cardiac_arrest", "acute_limb_ischaemia"),
        ("choking", "severe_breathlessness"),
        ("stroke", "facial_weakness_new"),
    ],
)
def test_the_more_urgent_advice_silences_the_other(first: str, second: str) -> None:
    assert advised((first, second), KNOWLEDGE) == (first,)
    assert advised((second, first), KNOWLEDGE) == (first,)


@pytest.mark.safety("S-84")
def test_nothing_silences_a_crisis_or_itself() -> None:
    rows = KNOWLEDGE.red_flags
    assert not [(id_, other) for id_, row in rows.items() for other in row.silences if rows[other].crisis]
    assert not [id_ for id_, row in rows.items() if id_ in row.silences]


@pytest.mark.safety("S-4")
@pytest.mark.parametrize("crises", [("suicidal_crisis",), ("suicidal_crisis", "overdose_poisoning")])
def test_a_crisis_leaves_room_for_an_emergency_of_the_body(crises: tuple[str, ...]) -> None:
    assert advised((*crises, "heart_attack"), KNOWLEDGE) == ("suicidal_crisis", "heart_attack")


@pytest.mark.safety("S-3")
def test_every_advice_says_not_to_drive_where_it_sends_people_to_a_department() -> None:
    faster = {id_ for id_, advice in ADVICES.items() if "if that is faster" in advice}
    assert faster
    assert {id_ for id_ in faster if "Do not drive yourself" not in ADVICES[id_]} == set()


def test_what_is_said_without_points_reassures_nobody() -> None:
    """The message that ticked a row may say much more than the tick."""
    texts = KNOWLEDGE.texts["en"]
    said = [row.stop for row in texts.checklist.values()] + [each.says for each in texts.contraindications.values()]
    assert [text for text in said if re.search(r"easy breathing|good start|[Rr]est until", text)] == []
