"""S-32, S-59: an age is heard however it is said, whatever expressions the vocabulary has for its words."""

from itertools import product

import pytest

from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import stops

UNDER_18 = "under_18"
FRAMES = (
    "my {} has a stiff neck",
    "{} with neck pain",
    "a {} with neck pain",
    "points for a {} with a headache",
    "headache in my {}",
    "i am a {} and my back hurts",
    "{} here, my neck hurts",
    "{} girl with knee pain",
    "{} man with knee pain",
    "neck pain, {}",
)
YEARS = (
    "{} year old",
    "{}-year-old",
    "{} years old",
    "{} yr old",
    "{} yrs old",
    "{}yr old",
    "{} y o",
    "{}yo",
    "{} years of age",
    "{} YEAR OLD",
)
SHORTER = ("{} month old", "{} months old", "{}-month-old", "{} week old", "{} weeks old")
SPELLED = ("six", "seven", "sixteen", "twenty five", "seventy two")
THINGS = (
    "a 3 year old knee injury",
    "a 2 week old ankle sprain",
    "my 10 year old back injury hurts",
    "pain around a 2 year old scar",
    "i have a 5 year old lower back problem",
)


def ticked(english: Understanding, text: str) -> bool:
    return UNDER_18 in english.understand(text).ticked


@pytest.mark.safety("S-32", "S-59")
@pytest.mark.parametrize("frame", FRAMES)
def test_under_eighteen_is_heard_for_every_number_unit_and_frame(english: Understanding, frame: str) -> None:
    for years, way in product((*range(1, 18), *range(18, 100, 7)), YEARS):
        text = frame.format(way.format(years))
        assert ticked(english, text) == (years < 18), text
    for number, way in product(range(2, 12), SHORTER):
        text = frame.format(way.format(number))
        assert ticked(english, text), text


@pytest.mark.safety("S-32", "S-59")
@pytest.mark.parametrize("number", SPELLED)
def test_an_age_may_be_written_in_words(english: Understanding, number: str) -> None:
    text = f"my {number} year old has a stiff neck"
    assert ticked(english, text) == (number in {"six", "seven", "sixteen"})


@pytest.mark.safety("S-18")
@pytest.mark.parametrize("way", YEARS)
def test_a_new_headache_in_later_life_is_a_warning_sign(english: Understanding, way: str) -> None:
    for years in (50, 60, 72, 80, 91):
        flags = {flag.id for flag in english.understand(f"{way.format(years)} with a new headache").red_flags}
        assert "giant_cell_arteritis" in flags, (way, years)
    assert not english.understand(f"{way.format(30)} with a new headache").red_flags


@pytest.mark.safety("S-18")
@pytest.mark.parametrize("way", YEARS)
def test_the_warning_signs_of_children_hear_any_age(english: Understanding, way: str) -> None:
    for years in (3, 6, 11):
        assert stops(english.understand(f"my {way.format(years)} has belly pain and fever")), (way, years)
        assert stops(english.understand(f"my {way.format(years)} has a knee pain and a fever")), (way, years)


@pytest.mark.parametrize("text", THINGS)
def test_the_age_of_an_injury_is_nobodys(english: Understanding, text: str) -> None:
    assert not ticked(english, text)


@pytest.mark.safety("S-18")
@pytest.mark.parametrize("times", ["{} times a day", "{} times an hour", "{} times daily", "{} times"])
def test_how_often_is_heard_before_an_expression_of_times(english: Understanding, times: str) -> None:
    for number in (7, 9, 14, 30):
        assert stops(english.understand(f"i throw up {times.format(number)}")), (times, number)
