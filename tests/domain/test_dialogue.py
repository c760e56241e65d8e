"""The state of a chat: what it forgets when, and that it survives being written down."""

import json
import string
from dataclasses import fields, replace

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
    for_whom,
    is_blank,
    new_round,
    recent_signs,
    rests,
    with_revision,
    without_wish,
)
from bot.domain.diary import Diary, Entry
from bot.domain.knowledge import Checklist, Knowledge
from bot.domain.reminders import Reminders
from bot.domain.session import Session
from bot.domain.stored_dialogue import diary_from_json, fitted, from_json, kept_to_json, reminders_from_json, to_json

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
    entry = Entry(5.0, ("neck_pain",), ("GB20",), 6, None)
    dialogue = Dialogue(3, 5.0, session=session, finished=entry, draft=Reminders((0, 2), 18, "Europe/Berlin"))
    assert from_json(to_json(dialogue)) == dialogue


@pytest.mark.safety("S-51")
def test_what_is_kept_beyond_the_hour_is_not_in_the_row_and_outlives_it() -> None:
    diary, reminders = (
        Diary((Entry(5.0, ("neck_pain",), ("GB20",), 6, 4),)),
        Reminders((0,), 18, "+02:00", "2031-01-01"),
    )
    dialogue = Dialogue(3, NOW, diary=diary, reminders=reminders)
    assert json.loads(to_json(dialogue)).keys() == {"revision", "began_at"}
    assert erase_at(dialogue) is None
    later = expire(replace(dialogue, misses=1), NOW + 2 * HOUR)
    assert (later.diary, later.reminders, later.misses) == (diary, reminders, 0)
    assert diary_from_json(kept_to_json(diary)) == diary
    assert reminders_from_json(kept_to_json(reminders)) == reminders


@pytest.mark.safety("S-20")
def test_a_day_without_points_is_known_for_a_day_and_for_no_longer() -> None:
    resting = replace(Dialogue(3, NOW), rest_at=NOW, misses=1)
    assert erase_at(resting) == NOW + HOUR
    after_an_hour = expire(resting, NOW + HOUR)
    assert (after_an_hour.rest_at, after_an_hour.misses) == (NOW, 0)
    assert erase_at(after_an_hour) == NOW + DAY
    assert rests(after_an_hour, NOW + DAY - 1)
    assert rests(after_an_hour, NOW - HOUR), "a clock set back keeps it"
    assert not rests(after_an_hour, NOW + DAY)
    rested = expire(replace(resting, first_completed_at=NOW + DAY - 1), NOW + DAY)
    assert (rested.rest_at, rested.revision) == (None, 4)


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
    assert later.revision == asked.revision + 1, "its buttons are old"


@pytest.mark.safety("S-12")
def test_a_flag_that_ends_takes_with_it_what_was_said_about_it_and_nothing_else() -> None:
    checked = replace(answered(), flags=("stroke",), flag_at=NOW - DAY + 60, flag_checked=True)
    assert expire(checked, NOW + 60) == replace(answered(), revision=4)


@pytest.mark.safety("S-12", "S-30")
def test_after_the_hour_a_flag_its_check_and_the_language_are_left() -> None:
    checked = replace(answered(), language="de", flags=("stroke",), flag_at=NOW, flag_checked=True)
    left = Dialogue(4, NOW + HOUR, language="de", flags=("stroke",), flag_at=NOW, flag_checked=True)
    assert expire(checked, NOW + HOUR) == left


@pytest.mark.safety("S-5")
def test_the_signs_of_the_last_two_minutes_outlive_the_hour() -> None:
    recent = ((NOW + HOUR - 30, ("chest",)), (NOW + HOUR - 200, ("old",)))
    late = expire(replace(answered(), recent=recent), NOW + HOUR)
    assert late.recent == recent[:1]


@pytest.mark.safety("S-5")
def test_the_last_two_minutes_are_counted_from_now_back_and_never_from_the_future() -> None:
    recent = tuple((NOW - ago, (str(ago),)) for ago in (121, 120, 1, 0, -1))
    assert [NOW - at for at, _ in recent_signs(replace(answered(), recent=recent), NOW)] == [120, 1, 0]


@pytest.mark.safety("S-30", "S-12")
def test_the_row_is_due_when_the_first_thing_in_it_is() -> None:
    assert erase_at(Dialogue(1, NOW)) is None
    assert erase_at(answered()) == NOW + HOUR
    only_flag = Dialogue(1, NOW, flags=("stroke",), flag_at=NOW)
    assert erase_at(only_flag) == NOW + DAY
    ending = replace(answered(), flags=("stroke",), flag_at=NOW - DAY + 60)
    assert erase_at(ending) == NOW + 60
    both = replace(answered(), flags=("stroke",), flag_at=NOW)
    assert erase_at(both) == NOW + HOUR, "a flag keeps no answers"
    assert erase_at(replace(only_flag, flag_checked=True)) == NOW + DAY


def test_a_dialogue_is_blank_when_it_knows_nothing_but_the_language() -> None:
    assert is_blank(Dialogue(9, NOW))
    assert is_blank(Dialogue(9, NOW, language="de"))
    assert not is_blank(Dialogue(9, NOW, misses=1))


@pytest.mark.safety("S-31")
@pytest.mark.parametrize("change", [{"ticks": ("x",)}, {"about": "mum"}, {"stage": Stage.IDLE}, {"flags": ("x",)}])
def test_a_change_that_a_button_depends_on_makes_older_buttons_stale(change: dict[str, object]) -> None:
    changed = Dialogue(**{**{name: getattr(answered(), name) for name in Dialogue.__slots__}, **change})
    assert with_revision(answered(), changed).revision == 4
    assert with_revision(answered(), replace(answered(), page="how:")).revision == 3
    assert with_revision(answered(), replace(answered(), revision=9)).revision == 3


@pytest.mark.safety("S-27", "S-29")
def test_for_somebody_else_no_earlier_answer_holds() -> None:
    mum = for_whom(answered(), "mum")
    assert (mum.answered_none, mum.checklist_version, mum.ticks) == ((), "", ("skin_or_injury",))
    assert for_whom(replace(answered(), doctor_checked=("hip_pain",)), "mum").doctor_checked == ()
    assert for_whom(answered(), "") == answered()


@pytest.mark.safety("S-30", "S-33")
def test_a_new_round_begins_its_own_hour_without_an_answer_but_the_ticks_it_is_given() -> None:
    told = replace(answered(), doctor_checked=("hip_pain",), stated=("medicines",))
    fresh = new_round(told, NOW + 9, ("pregnancy",))
    open_again = Dialogue(
        revision=3,
        began_at=NOW + 9,
        stage=Stage.RECOMMENDED,
        conditions=("neck_pain",),
        ticks=("pregnancy",),
        stated=("medicines",),
        checklist_version="1",
    )
    assert fresh == open_again


@pytest.mark.safety("S-33")
def test_without_a_wish_only_a_stop_a_referral_and_a_flag_are_left() -> None:
    held = Dialogue(3, NOW, ticks=("pregnancy",), referred=("asthma",), flags=("stroke",), flag_at=NOW)
    wished = replace(
        held,
        stage=Stage.UNTICK,
        page="how:",
        conditions=("neck_pain",),
        point="LI4",
        offered=("hip_pain",),
        unticking="pregnancy",
        about="mum",
    )
    assert without_wish(wished) == held


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
    sent = fitted(replace(answered(), referred=("gone", "asthma"), see_gp=("gone", "lump")), knowledge)
    assert (sent.referred, sent.see_gp) == (("asthma",), ("lump",))


@pytest.mark.safety("S-30")
def test_an_open_checklist_that_a_reload_has_changed_counts_as_never_opened(knowledge: Knowledge) -> None:
    newer = replace(knowledge, checklist=Checklist("2", knowledge.checklist.rows))
    opened = replace(answered(), stage=Stage.CHECKLIST)
    assert fitted(opened, newer).checklist_version == ""
    assert fitted(opened, knowledge) == opened
    assert fitted(answered(), newer) == answered(), "completed ones are compared with the version they were made for"
