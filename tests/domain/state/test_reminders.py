"""When a reminder is due, by the person's own clock: daylight saving, jumps of the clock, quiet hours."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.state.reminders import (
    COURSE_WEEKS,
    ReminderKind,
    Reminders,
    answered,
    due_now,
    in_an_hour,
    is_quiet,
    local_time,
    next_due,
    sent,
    skipped_today,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = Reminders(tuple(range(7)), 18, "Europe/Berlin", began="2031-10-13")


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> float:
    return datetime(2031, month, day, hour, minute, tzinfo=BERLIN).timestamp()


def walk(reminders: Reminders, looks: list[float]) -> list[tuple[str, ReminderKind]]:
    """The local dates and kinds of the reminders due at these times, if each is answered."""
    said = []
    for now in looks:
        what = due_now(reminders, now)
        if what is not None:
            said.append((local_time(reminders, now).date().isoformat(), what))
            reminders = answered(sent(reminders, now))
    return said


def test_it_is_due_at_its_hour_and_not_before() -> None:
    assert due_now(DAILY, at(14, 17, 59)) is None
    assert due_now(DAILY, at(14, 18)) is ReminderKind.REMIND
    assert due_now(sent(DAILY, at(14, 18)), at(14, 18, 1)) is None
    assert next_due(sent(DAILY, at(14, 18)), at(14, 18)) == at(15, 18)


def test_missed_for_hours_it_is_sent_the_same_day_but_never_at_night() -> None:
    assert due_now(DAILY, at(14, 20, 59)) is ReminderKind.REMIND
    assert due_now(DAILY, at(14, 21)) is None
    assert due_now(DAILY, at(15, 7)) is None


def test_only_on_its_days() -> None:
    mondays = Reminders((0,), 9, "Europe/Berlin", began="2031-10-13")
    assert due_now(mondays, at(14, 9)) is None  # a Tuesday
    assert next_due(mondays, at(14, 9)) == at(20, 9)


def test_eight_in_the_morning_is_no_longer_night() -> None:
    early = Reminders(tuple(range(7)), 8, "Europe/Berlin", began="2031-10-13")
    assert due_now(early, at(14, 8)) is ReminderKind.REMIND


def test_an_answer_gives_three_more() -> None:
    waiting = sent(sent(DAILY, at(14, 18)), at(15, 18))
    assert due_now(waiting, at(16, 18)) is ReminderKind.LAST_UNANSWERED
    assert due_now(sent(answered(waiting), at(16, 18)), at(17, 18)) is ReminderKind.REMIND


def test_on_the_days_when_the_clocks_change_it_comes_at_the_same_local_hour() -> None:
    first, second = next_due(DAILY, at(25, 18)), next_due(DAILY, at(26, 18))
    assert (first, second) == (at(26, 18), at(27, 18))
    assert first - at(25, 18) == 25 * 3600  # the night of 26 October has an hour more


@given(st.lists(st.integers(-3 * 3600, 30 * 3600), min_size=1, max_size=60))
@settings(max_examples=300)
def test_whatever_the_clock_does_no_day_has_two_and_none_comes_at_night(jumps: list[int]) -> None:
    now, looks = at(13, 12), []
    for jump in jumps:
        now += jump
        looks.append(now)
    reminders, days = DAILY, Counter[str]()
    for look in looks:
        if due_now(reminders, look) is not None:
            here = local_time(reminders, look)
            assert not is_quiet(here.hour)
            assert here.hour >= 18
            days[here.date().isoformat()] += 1
            reminders = answered(sent(reminders, look))
    forward = all(jump >= 0 for jump in jumps)
    assert not forward or all(count == 1 for count in days.values())


def test_a_clock_that_ran_ahead_for_days_and_was_set_right_loses_nothing() -> None:
    ahead = sent(DAILY, at(24, 18))
    assert due_now(ahead, at(14, 18)) is ReminderKind.REMIND


def test_looked_at_every_minute_for_six_weeks_each_day_has_its_one_and_then_it_ends() -> None:
    minutes = [at(13, 0) + 60 * number for number in range(44 * 24 * 60)]
    said = walk(DAILY, minutes)
    days = [day for day, _ in said]
    whats = [what for _, what in said]
    assert len(set(days)) == len(days)
    assert whats.index(ReminderKind.END) == COURSE_WEEKS * 7
    assert whats[: COURSE_WEEKS * 7].count(ReminderKind.LOOK_BACK) == COURSE_WEEKS - 1


def test_after_three_without_an_answer_it_is_quiet() -> None:
    reminders, said = DAILY, []
    for day in range(14, 18):
        said.append(due_now(reminders, at(day, 18)))
        reminders = sent(reminders, at(day, 18))
    assert said == [ReminderKind.REMIND, ReminderKind.REMIND, ReminderKind.LAST_UNANSWERED, ReminderKind.QUIET]


def test_in_one_hour_comes_once_more_the_same_day() -> None:
    later = in_an_hour(sent(DAILY, at(14, 18)), at(14, 18, 30))
    assert later is not None
    assert next_due(later, at(14, 18, 30)) == at(14, 19, 30)
    assert due_now(later, at(14, 19)) is None
    assert due_now(later, at(14, 19, 30)) is ReminderKind.REMIND
    assert due_now(sent(later, at(14, 19, 30)), at(14, 20)) is None


def test_in_one_hour_takes_the_place_of_a_time_that_lies_before_it() -> None:
    morning = Reminders(tuple(range(7)), 9, "Europe/Berlin", began="2031-10-13", last="2031-10-13")
    later = in_an_hour(morning, at(14, 8, 30))  # pressed on yesterday's reminder
    assert later is not None
    assert due_now(later, at(14, 9)) is None
    assert due_now(later, at(14, 9, 30)) is ReminderKind.REMIND
    assert due_now(sent(later, at(14, 9, 30)), at(14, 10)) is None


def test_one_of_yesterday_keeps_nothing_from_today() -> None:
    later = in_an_hour(sent(DAILY, at(14, 18)), at(14, 18))
    assert later is not None
    assert due_now(later, at(15, 18)) is ReminderKind.REMIND
    assert next_due(later, at(14, 19, 30)) == at(15, 18)


def test_after_the_clock_was_set_back_in_one_hour_is_not_a_day_later() -> None:
    later = in_an_hour(sent(DAILY, at(14, 18)), at(14, 18))
    assert later is not None
    assert due_now(later, at(14, 18)) is None
    assert due_now(later, at(14, 17, 59)) is ReminderKind.REMIND


def test_skipping_ends_the_hour_of_waiting_too() -> None:
    later = in_an_hour(sent(DAILY, at(14, 18)), at(14, 18))
    assert later is not None
    assert due_now(skipped_today(later, at(14, 18, 30)), at(14, 19)) is None


def test_reminders_without_a_day_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"\Areminders without a day\Z"):
        next_due(Reminders((), 18, "Europe/Berlin"), at(14, 9))


def test_in_one_hour_is_refused_where_it_would_be_at_night() -> None:
    assert in_an_hour(sent(DAILY, at(14, 20, 30)), at(14, 20, 30)) is None


def test_skip_today_leaves_tomorrow() -> None:
    skipped = skipped_today(DAILY, at(14, 9))
    assert skipped.unanswered == DAILY.unanswered
    assert due_now(skipped, at(14, 18)) is None
    assert due_now(skipped, at(15, 18)) is ReminderKind.REMIND


@pytest.mark.parametrize(
    ("name", "hours"),
    [("+05:30", 5.5), ("+12:00", 12), ("-03:00", -3), ("Asia/Kolkata", 5.5), ("+00:00", 0)],
)
def test_a_zone_is_a_name_or_an_offset(name: str, hours: float) -> None:
    moment = datetime(2031, 1, 1, tzinfo=UTC).astimezone(zone_of(name))
    assert moment.utcoffset() == timedelta(hours=hours)


def test_a_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone_of("Europe/Nowhere")
