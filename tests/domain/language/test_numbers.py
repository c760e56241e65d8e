"""What numbers say, with the words around them."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.language import numbers
from bot.domain.language.lexicon import Lexicon
from bot.domain.understanding.patterns import TextReader

SAYING = [
    ("I am 45 years old", "age_adult"),
    ("my girl is 4 years old", "age_child"),
    ("he is 81 years old", "age_later"),
    ("for 5 minutes", "few_minutes"),
    ("temperature of 39.2", "fever"),
    ("for 3 days", "for_days"),
    ("for 6 hours", "for_hours"),
    ("it hurts for 3 months now", "for_long"),
    ("broke it in 2015", "long_ago_time"),
    ("took 30 tablets", "many_tablets"),
    ("vomited 8 times", "many_times"),
    ("oxygen is 85%", "oxygen_low"),
    ("11 weeks pregnant", "pregnant"),
    ("hi im 22 weeks", "pregnant_weeks"),
    ("blood pressure 200/130", "pressure_crisis"),
    ("blood pressure 118/75", "pressure_normal"),
    ("blood pressure 150/95", "pressure_raised"),
    ("2 wks ago", "recently"),
    ("pain 9/10", "severe"),
    ("sugar is 28", "sugar_high"),
    ("sugar 2.1", "sugar_low"),
    ("my sugar is 2", "sugar_low"),
    ("blood sugar 48", "sugar_low"),
    ("pulse is 180", "pulse_fast"),
    ("heart rate 150 sitting down", "pulse_fast"),
    ("my 6 week old", "age_baby"),
    ("2 months old", "age_baby"),
    ("3 months old", "age_child"),
    ("lost 12 kg", "weight_loss"),
]


@pytest.fixture(scope="module")
def reader(shipped_knowledge: Knowledge) -> TextReader:
    return TextReader(Lexicon(shipped_knowledge.texts["en"].vocabulary, ()))


@pytest.mark.parametrize(("text", "concept"), SAYING)
def test_a_number_says_what_its_unit_and_its_words_make_of_it(reader: TextReader, text: str, concept: str) -> None:
    assert concept in {token.concept for token in reader.analyse(text).tokens}


def test_what_numbers_may_say_is_listed() -> None:
    assert {concept for _, concept in SAYING} == numbers.CONCEPTS


@pytest.mark.parametrize(
    "text",
    ["2 sugars in my tea", "sugar 3 hours ago", "my sugar is 5.6", "sugar 2 weeks ago", "pulse 72", "heart rate 120"],
)
def test_a_number_beside_sugar_or_a_pulse_is_not_always_an_alarm(reader: TextReader, text: str) -> None:
    assert not {"sugar_low", "pulse_fast"} & {token.concept for token in reader.analyse(text).tokens}
