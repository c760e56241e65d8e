"""What a diary tells: which point helped most, and the averages."""

from bot.domain.state.diary import (
    MOST_ENTRIES,
    Diary,
    DiaryEntry,
    averages,
    last_conditions,
    most_helpful_point,
    with_entry,
)

NECK = ("neck_pain",)
ALLOWED = ("GB20", "LI4")


def session(points: tuple[str, ...], before: int | None, after: int | None, at: float = 0.0) -> DiaryEntry:
    return DiaryEntry(at, NECK, points, before, after)


def diary(*entries: DiaryEntry) -> Diary:
    return Diary(entries)


def test_after_three_rated_sessions_the_point_with_the_most_relief_comes_first() -> None:
    known = diary(session(("GB20",), 6, 5), session(("LI4",), 6, 2), session(("GB20", "LI4"), 6, 4))
    assert most_helpful_point(known, NECK, ALLOWED) == "LI4"


def test_it_need_not_be_the_last_one_by_name_and_half_a_step_is_enough() -> None:
    known = diary(session(("GB20",), 6, 5), session(("GB20",), 6, 6), session(("LI4",), 6, 6))
    assert most_helpful_point(known, NECK, ALLOWED) == "GB20"


def test_two_rated_sessions_are_not_enough() -> None:
    known = diary(session(("GB20",), 6, 5), session(("LI4",), 6, 2), session(("LI4",), None, 2))
    assert most_helpful_point(known, NECK, ALLOWED) == ""


def test_where_all_points_did_alike_nothing_is_claimed() -> None:
    known = diary(*[session(("GB20", "LI4"), 6, 4)] * 5)
    assert most_helpful_point(known, NECK, ALLOWED) == ""


def test_a_point_that_made_it_worse_never_comes_first() -> None:
    known = diary(session(("GB20",), 4, 6), session(("LI4",), 4, 5), session(("LI4",), 4, 4))
    assert most_helpful_point(known, NECK, ALLOWED) == ""


def test_only_allowed_points_are_looked_at() -> None:
    known = diary(session(("GB20",), 6, 5), session(("LI4",), 6, 2), session(("GB20",), 6, 5))
    assert most_helpful_point(known, NECK, ("GB20",)) == ""


def test_sessions_for_another_complaint_do_not_count() -> None:
    known = diary(*[DiaryEntry(0.0, ("knee_pain",), ("LI4",), 8, 0)] * 3, session(("GB20",), 6, 5))
    assert most_helpful_point(known, NECK, ALLOWED) == ""


def test_averages_are_over_sessions_with_both_numbers() -> None:
    assert averages([session((), 6, 4), session((), 8, None), session((), 4, 4)]) == (2, 5.0, 4.0)
    assert averages([session((), None, 4)]) is None


def test_the_last_wish_is_that_of_the_newest_session() -> None:
    assert last_conditions(diary(session((), 1, 1), DiaryEntry(1.0, ("knee_pain",), (), 1, 1))) == ("knee_pain",)
    assert last_conditions(None) == last_conditions(Diary()) == ()


def test_a_diary_does_not_grow_without_end() -> None:
    full = Diary((session((), 1, 1),) * MOST_ENTRIES)
    grown = with_entry(full, session((), 2, 2))
    assert len(grown.entries) == MOST_ENTRIES
    assert grown.entries[-1].before == 2
