"""The state of a chat survives being written down, and fits the knowledge of today when it is read."""

import json
import string
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Checklist, Knowledge
from bot.domain.state.dialogue import Dialogue, Stage, erase_at, expire
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.durations import HOUR
from bot.domain.state.reminders import Reminders
from bot.domain.state.session import Session
from bot.domain.state.stored import (
    diary_from_json,
    drop_unknown_ids,
    from_json,
    record_to_json,
    reminders_from_json,
    to_json,
)
from tests.domain.state.test_dialogue import NOW, answered

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


@given(dialogues)
def test_what_is_written_down_is_read_back_the_same(dialogue: Dialogue) -> None:
    assert from_json(to_json(dialogue)) == dialogue


@given(dialogues)
def test_what_is_written_down_is_plain_json_without_defaults(dialogue: Dialogue) -> None:
    data = json.loads(to_json(dialogue))
    assert "language" not in data
    assert ("misses" in data) == (dialogue.misses != 0)


def test_the_row_is_as_short_as_it_can_be() -> None:
    assert to_json(Dialogue(3, 5.0, flags=("stroke",))) == '{"revision":3,"began_at":5.0,"flags":["stroke"]}'


@pytest.mark.parametrize("number", [-2, -1, 0, 1])
def test_whatever_the_revision_and_the_beginning_are_they_are_written_down(number: int) -> None:
    dialogue = Dialogue(number, float(number))
    assert from_json(to_json(dialogue)) == dialogue


def test_lists_come_back_as_the_tuples_they_were() -> None:
    text = '{"revision":3,"began_at":5.0,"recent":[[5.0,["x"]]]}'
    assert from_json(text) == Dialogue(3, 5.0, recent=((5.0, ("x",)),))


def test_a_dialogue_in_which_everything_is_set_is_read_back() -> None:
    apart = {"diary", "reminders"}
    data = {field.name: ["x"] for field in fields(Dialogue) if field.name not in apart} | {"stage": "flag"}
    assert from_json(json.dumps(data)) is not None


def test_a_session_the_last_one_and_reminders_not_yet_agreed_to_are_read_back() -> None:
    session = Session((("GB20", "left", 30),), ends_at=9.5, left_early=(0,), before=6)
    entry = DiaryEntry(5.0, ("neck_pain",), ("GB20",), 6, None)
    dialogue = Dialogue(3, 5.0, session=session, finished=entry, draft=Reminders((0, 2), 18, "Europe/Berlin"))
    assert from_json(to_json(dialogue)) == dialogue


@pytest.mark.safety("S-51")
def test_what_is_kept_beyond_the_hour_is_not_in_the_row_and_outlives_it() -> None:
    diary, reminders = (
        Diary((DiaryEntry(5.0, ("neck_pain",), ("GB20",), 6, 4),)),
        Reminders((0,), 18, "+02:00", "2031-01-01"),
    )
    dialogue = Dialogue(3, NOW, diary=diary, reminders=reminders)
    assert json.loads(to_json(dialogue)).keys() == {"revision", "began_at"}
    assert erase_at(dialogue) is None
    later = expire(replace(dialogue, misses=1), NOW + 2 * HOUR)
    assert (later.diary, later.reminders, later.misses) == (diary, reminders, 0)
    assert diary_from_json(record_to_json(diary)) == diary
    assert reminders_from_json(record_to_json(reminders)) == reminders


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


@pytest.mark.parametrize(
    "lost", [{"conditions": ("gone",)}, {"point": "XX1"}, {"offered": ("gone",)}, {"unticking": "gone"}]
)
def test_a_wish_that_a_reload_took_away_is_over(knowledge: Knowledge, lost: dict[str, object]) -> None:
    dialogue = Dialogue(**{**{name: getattr(answered(), name) for name in Dialogue.__slots__}, **lost})
    known = drop_unknown_ids(dialogue, knowledge)
    assert (known.conditions, known.point, known.stage, known.revision) == ((), "", Stage.IDLE, 4)


def test_a_dialogue_that_fits_the_knowledge_is_left_alone(knowledge: Knowledge) -> None:
    assert drop_unknown_ids(answered(), knowledge) == answered()
    stated = drop_unknown_ids(replace(answered(), stated=("gone", "medicines")), knowledge)
    assert stated.stated == ("medicines",)
    sent = drop_unknown_ids(replace(answered(), referred=("gone", "asthma"), see_gp=("gone", "lump")), knowledge)
    assert (sent.referred, sent.see_gp) == (("asthma",), ("lump",))


@pytest.mark.safety("S-30")
def test_an_open_checklist_that_a_reload_has_changed_counts_as_never_opened(knowledge: Knowledge) -> None:
    newer = replace(knowledge, checklist=Checklist("2", knowledge.checklist.rows))
    opened = replace(answered(), stage=Stage.CHECKLIST)
    assert drop_unknown_ids(opened, newer).checklist_version == ""
    assert drop_unknown_ids(opened, knowledge) == opened
    assert drop_unknown_ids(answered(), newer) == answered(), (
        "completed ones are compared with the version they were made for"
    )
