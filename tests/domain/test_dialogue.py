"""The state of a chat: what it forgets when, and that it survives being written down."""

import json
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dialogue import (
    DAY,
    HOUR,
    Dialogue,
    Stage,
    erase_at,
    expire,
    fitted,
    for_whom,
    from_json,
    is_blank,
    to_json,
    with_revision,
)
from bot.domain.knowledge import Knowledge

NOW = 5_000_000.0
words = st.text(string.ascii_lowercase + "_", min_size=1, max_size=12)
ids = st.lists(words, max_size=4).map(tuple)
times = st.floats(0, 1e10)
dialogues = st.builds(
    Dialogue,
    revision=st.integers(0, 2**32),
    began_at=times,
    greeted=st.booleans(),
    stage=st.sampled_from(Stage),
    page=words,
    conditions=ids,
    point=words,
    offered=ids,
    asked=words,
    about=words,
    answered_none=ids,
    doctor_checked=ids,
    ticks=ids,
    stated=ids,
    referred=ids,
    checklist_since=st.integers(0, 2**32),
    completed_at=st.none() | times,
    first_completed_at=st.none() | times,
    completed_for=ids,
    flags=ids,
    flag_at=st.none() | times,
    flag_checked=st.booleans(),
    see_gp=ids,
    recent=st.lists(st.tuples(times, ids), max_size=2).map(tuple),
    misses=st.integers(0, 9),
)


def answered(at: float = NOW) -> Dialogue:
    """A dialogue with everything answered at `at`."""
    return Dialogue(
        revision=3,
        began_at=at - 60,
        stage=Stage.RECOMMENDED,
        conditions=("neck_pain",),
        answered_none=("neck",),
        ticks=("skin_or_injury",),
        completed_at=at,
        first_completed_at=at,
        completed_for=("neck",),
        checklist_version="1",
    )


@given(dialogues)
def test_what_is_written_down_is_read_back_the_same(dialogue: Dialogue) -> None:
    assert from_json(to_json(dialogue)) == dialogue


@given(dialogues)
def test_what_is_written_down_is_plain_json_without_defaults(dialogue: Dialogue) -> None:
    data = json.loads(to_json(dialogue))
    assert "language" not in data
    assert ("misses" in data) == (dialogue.misses != 0)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "3", '"x"', "{}", '{"revision":1}'),
        '{"began_at":1.0,"revision":1,"stage":"no such stage"}',
        '{"began_at":1.0,"revision":1,"new_field":2}',
    ],
)
def test_json_that_does_not_fit_is_nothing(text: str) -> None:
    assert from_json(text) is None


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert from_json(text) is None or isinstance(from_json(text), Dialogue)


@pytest.mark.safety("S-12", "S-30")
def test_an_hour_and_a_day_are_what_they_say() -> None:
    assert (HOUR, DAY) == (3600, 86400)


@pytest.mark.safety("S-30")
def test_answers_are_erased_an_hour_after_they_were_completed() -> None:
    assert expire(answered(), NOW + HOUR - 1) == answered()
    gone = expire(answered(), NOW + HOUR)
    assert gone == Dialogue(revision=4, began_at=NOW + HOUR)


@pytest.mark.safety("S-30")
def test_completing_again_does_not_extend_the_hour() -> None:
    again = replace(answered(), completed_at=NOW + 0.9 * HOUR)
    assert expire(again, NOW + HOUR).completed_at is None


@pytest.mark.safety("S-30")
def test_answers_that_were_never_completed_go_an_hour_after_the_beginning() -> None:
    begun = replace(answered(), completed_at=None, first_completed_at=None, began_at=NOW)
    assert expire(begun, NOW + HOUR - 1).ticks
    assert not expire(begun, NOW + HOUR).ticks


@pytest.mark.safety("S-30")
def test_answers_from_the_future_are_no_answers() -> None:
    assert expire(answered(), NOW - 1).completed_at is None


@pytest.mark.safety("S-12")
def test_a_flag_is_remembered_for_a_day_and_not_longer() -> None:
    flagged = Dialogue(1, NOW, stage=Stage.FLAG, flags=("stroke",), flag_at=NOW)
    kept = expire(flagged, NOW + DAY - 1)
    assert (kept.flags, kept.stage) == (("stroke",), Stage.IDLE)
    assert expire(flagged, NOW + DAY).flags == ()


@pytest.mark.safety("S-12")
def test_a_flag_that_ends_within_the_hour_leaves_no_question_about_it() -> None:
    asked = replace(answered(), stage=Stage.FLAG_CHECK, flags=("stroke",), flag_at=NOW - DAY + 60)
    later = expire(asked, NOW + 60)
    assert (later.flags, later.stage, later.completed_at) == ((), Stage.IDLE, NOW)


@pytest.mark.safety("S-5")
def test_the_signs_of_the_last_two_minutes_outlive_the_hour() -> None:
    recent = ((NOW + HOUR - 30, ("chest",)), (NOW + HOUR - 200, ("old",)))
    late = expire(replace(answered(), recent=recent), NOW + HOUR)
    assert late.recent == recent[:1]


@pytest.mark.safety("S-30", "S-12")
def test_the_row_is_due_when_the_first_thing_in_it_is() -> None:
    assert erase_at(Dialogue(1, NOW), NOW) is None
    assert erase_at(answered(), NOW) == NOW + HOUR
    only_flag = Dialogue(1, NOW, flags=("stroke",), flag_at=NOW)
    assert erase_at(only_flag, NOW) == NOW + DAY
    ending = replace(answered(), flags=("stroke",), flag_at=NOW - DAY + 60)
    assert erase_at(ending, NOW) == NOW + 60


def test_a_dialogue_is_blank_when_it_knows_nothing_but_the_language() -> None:
    assert is_blank(Dialogue(9, NOW))
    assert not is_blank(Dialogue(9, NOW, misses=1))


@pytest.mark.safety("S-31")
@pytest.mark.parametrize("change", [{"ticks": ("x",)}, {"about": "mum"}, {"stage": Stage.IDLE}, {"flags": ("x",)}])
def test_a_change_that_a_button_depends_on_makes_older_buttons_stale(change: dict[str, object]) -> None:
    changed = Dialogue(**{**{name: getattr(answered(), name) for name in Dialogue.__slots__}, **change})
    assert with_revision(answered(), changed).revision == 4
    assert with_revision(answered(), replace(answered(), page="how:")).revision == 3


@pytest.mark.safety("S-27", "S-29")
def test_for_somebody_else_no_earlier_answer_holds() -> None:
    mum = for_whom(answered(), "mum")
    assert (mum.answered_none, mum.checklist_version, mum.ticks) == ((), "", ("skin_or_injury",))
    assert for_whom(answered(), "") == answered()


@pytest.mark.parametrize(
    "lost", [{"conditions": ("gone",)}, {"point": "XX1"}, {"offered": ("gone",)}, {"unticking": "gone"}]
)
def test_a_wish_that_a_reload_took_away_is_over(knowledge: Knowledge, lost: dict[str, object]) -> None:
    dialogue = Dialogue(**{**{name: getattr(answered(), name) for name in Dialogue.__slots__}, **lost})
    known = fitted(dialogue, knowledge)
    assert (known.conditions, known.point, known.stage, known.revision) == ((), "", Stage.IDLE, 4)


def test_a_dialogue_that_fits_the_knowledge_is_left_alone(knowledge: Knowledge) -> None:
    assert fitted(answered(), knowledge) == answered()
    stated = fitted(replace(answered(), stated=("gone", "medicines")), knowledge)
    assert stated.stated == ("medicines",)
