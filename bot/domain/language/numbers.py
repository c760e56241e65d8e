"""What a number says: an age, weeks of pregnancy, blood pressure, sugar, oxygen, fever, how long, how often, how many.

Each reader takes the number, the tokens and the index of the number. It returns a concept and how many tokens say it,
or "" and 0. Number words ("two") are forms of their digits.
"""

from collections.abc import Callable, Sequence

from bot.domain.language.ages import age_concept, age_with_unit, age_without_unit, tens_before
from bot.domain.language.lexicon import Token
from bot.domain.language.number_words import FEVER_F, WrittenNumber, has, near, number_of
from bot.domain.language.roles import Role
from bot.domain.language.words import Break

CRISIS_PRESSURE = (180, 120)  # mmHg, upper and lower: needs help now
RAISED_PRESSURE = (140, 90)
FEVER_C = (38.0, 43.0)  # degrees Celsius
MANY_TABLETS = 6
TABLETS_REACH = 4  # most tokens from a number to the tablets it counts
_WEIGHTS = {"kg", "kgs", "lb", "lbs", "kilos"}
_SPANS = ("year", "month", "week", "day", "hour", "minute")
LONG_WEEKS = 6
LONG_DAYS = 2  # vomiting for this long needs advice today
LONG_MINUTES = 15  # bleeding for this long needs help
MANY_TIMES = 5  # vomiting this often needs advice today
PREGNANCY_WEEKS = (4, 42)
PREGNANCY_MONTHS = (2, 9)
HIGH_SUGAR = ((14, 33.3), (250, 900))  # mmol/l (the most that meters show), mg/dl
LOW_SUGAR = ((0.5, 3), (34, 54))  # mmol/l, mg/dl: below this a person gets confused
FAST_PULSE = (140, 260)  # beats a minute at rest
LOW_OXYGEN = (50, 91)  # oxygen saturation in percent
GREETING_TOKENS = 2  # most tokens before the number in "hi doc 35 weeks"
LEAST_WEEKS = 12  # "9+2" may be anything, "31+4" is weeks and days
DAYS_A_WEEK = 7
_NOT_HOW_FAR = ("ago", "old", "since", "after", "in_or_at", "birth", "surgery_op")  # what follows other time spans
_NOT_PREGNANT = ("baby", "son", "daughter", "child")

CONCEPTS = frozenset({  # all that numbers can say
    "age_adult", "age_baby", "age_child", "age_later", "few_minutes", "fever", "for_days", "for_hours", "for_long",
    "long_ago_time", "many_tablets", "many_times", "oxygen_low", "pregnant", "pregnant_weeks", "pressure_crisis",
    "pressure_normal", "pressure_raised", "pulse_fast", "recently", "severe", "sugar_high", "sugar_low", "weight_loss",
})  # fmt: skip


def meaning(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The concept that the number at this index says with the words around it, and how many tokens say it."""
    readers: tuple[Callable[[WrittenNumber, Sequence[Token], int], tuple[str, int]], ...] = (
        _blood_pressure, _sugar, _pulse, _oxygen, _temperature, _gestation, _span_of_time, _times, age_without_unit,
        _year, _tablets, _weight, _out_of_ten,
    )  # fmt: skip
    for reader in readers:
        concept, length = reader(number, tokens, at)
        if concept:
            return concept, length
    return "", 0


def _blood_pressure(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    upper, lower, _ = number
    length = 1
    if not lower and (has(tokens, at + 1, "over_number") and at + 2 < len(tokens)):
        after = number_of(tokens[at + 2])
        lower, length = (after[0], 3) if after else (0, 1)
    about = near(tokens, at, "blood_pressure", 5)
    if lower and (about or (upper >= 80 and 40 <= lower < upper)) and 60 <= upper <= 320:  # noqa: PLR2004
        crisis = upper >= CRISIS_PRESSURE[0] or lower >= CRISIS_PRESSURE[1]
        raised = upper >= RAISED_PRESSURE[0] or lower >= RAISED_PRESSURE[1]
        return ("pressure_crisis" if crisis else "pressure_raised" if raised else "pressure_normal"), length
    if about and CRISIS_PRESSURE[0] <= upper <= 320:  # noqa: PLR2004
        return "pressure_crisis", 1
    return "", 0


def _temperature(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    degrees, _, unit = number
    hot = FEVER_C[0] <= degrees <= FEVER_C[1] or FEVER_F[0] <= degrees <= FEVER_F[1]
    if hot and (unit == "degree" or has(tokens, at + 1, "degree") or near(tokens, at, "temperature", 4)):
        return "fever", 2 if has(tokens, at + 1, "degree") else 1
    return "", 0


def _sugar(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    high = any(least <= number[0] <= most for least, most in HIGH_SUGAR)
    if high and not number[1] and near(tokens, at, "sugar_reading", 3):
        return "sugar_high", 1
    return ("sugar_low", 1) if _is_low_sugar(number, tokens, at) else ("", 0)


def _is_low_sugar(number: WrittenNumber, tokens: Sequence[Token], at: int) -> bool:
    """Whether it is a reading, after the word for it: not "2 sugars", nor "sugar 3 hours ago"."""
    exact = not number[0].is_integer() or number[0] >= LOW_SUGAR[1][0]
    ends = at + 1 >= len(tokens) or tokens[at + 1].gap is not Break.NONE or has(tokens, at + 1, "and")
    read = any(has(tokens, place, "sugar_reading") for place in range(at - 3 if exact else at - 2, at))
    low = any(_within(number[0], span) for span in LOW_SUGAR)
    return low and read and not any(number[1:]) and (exact or ends)


def _pulse(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    fast = _within(number[0], FAST_PULSE) and not number[1] and number[2] in {"", "bpm"}
    return ("pulse_fast", 1) if fast and near(tokens, at, "heart_rate", 4) else ("", 0)


def _oxygen(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    low = _within(number[0], LOW_OXYGEN) and number[2] in {"", "%"}
    return ("oxygen_low", 1) if low and near(tokens, at, "oxygen_level", 3) else ("", 0)


def _gestation(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Weeks or months of pregnancy that are not called so: "im 22 weeks", "week 9", "at 31+4"."""
    many, _, unit = number
    length = 1 if unit else 2
    if not unit and has(tokens, at - 1, "week"):
        return ("pregnant_weeks", 1) if _within(many, PREGNANCY_WEEKS) else ("", 0)
    if not _may_be_gestation(tokens, at, length) or not many.is_integer():
        return "", 0
    after = number_of(tokens[at + 1]) if at + 1 < len(tokens) and tokens[at + 1].roles & Role.NUMBER else None
    if not unit and after and tokens[at + 1].gap is Break.SOFT and after[0] < DAYS_A_WEEK and not after[2]:
        weeks_and_days = _within(many, (LEAST_WEEKS, PREGNANCY_WEEKS[1])) and not has(tokens, at + 2, "measure")
        return ("pregnant_weeks", 2) if weeks_and_days else ("", 0)
    if any(has(tokens, at + length, each) for each in _NOT_HOW_FAR):
        return "", 0
    weeks = (unit == "week" or has(tokens, at + length - 1, "week")) and _within(many, PREGNANCY_WEEKS)
    months = (unit == "month" or has(tokens, at + length - 1, "month")) and _within(many, PREGNANCY_MONTHS)
    return ("pregnant_weeks", length) if weeks or months else ("", 0)


def _may_be_gestation(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether the number is set apart, follows "at", or says what a person other than a baby is ("i am")."""
    ends = at + length >= len(tokens) or tokens[at + length].gap is not Break.NONE
    apart = tokens[at].gap is Break.STRONG or (tokens[at].gap is Break.SOFT and ends)
    if at <= GREETING_TOKENS or apart or has(tokens, at - 1, "at_number"):
        return True
    before = at - 1 if has(tokens, at - 1, "i_am") else at - 2  # "im only 29 weeks"
    if any(has(tokens, before - 1, each) for each in _NOT_PREGNANT):
        return False
    named = has(tokens, before, "subject") or has(tokens, before - 1, "relative")
    return has(tokens, before, "i_am") and (named or not has(tokens, before, "fill"))


def _within(many: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= many <= bounds[1]


def _times(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    many = number[0] >= MANY_TIMES and not number[1] and not number[2]
    if many and any(has(tokens, at + 1, each) for each in ("vomit", "stool_any", "water_stool", "diarrhoea")):
        return "many_times", 1
    many = many and has(tokens, at + 1, "times_counted")
    compared = any(has(tokens, at + 2, each) for each in ("worse", "bigger"))
    return ("many_times", 2) if many and not compared else ("", 0)


def _span_of_time(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    many, _, unit = number
    written = next((each for each in _SPANS if has(tokens, at + 1, each)), "")
    length = 2 if written else 1
    if unit == "old" or has(tokens, at + 1, "old"):
        return age_concept(many + tens_before(tokens, at)), 1 if unit == "old" else 2
    unit = unit if unit in _SPANS else written
    if not unit:
        return "", 0
    if has(tokens, at + length, "ago"):
        return ("long_ago_time" if unit in {"year", "month"} else "recently"), length + 1
    along = any(has(tokens, at + length, each) for each in ("pregnant", "gestation"))
    if unit in {"week", "month"} and along:
        return "pregnant", length + 1
    aged = age_with_unit(many, unit, tokens, at, length)
    if aged[0]:
        return aged
    if unit == "minute" and many < LONG_MINUTES:
        return "few_minutes", length
    weeks = many * {"year": 52, "month": 4.3, "week": 1}.get(unit, 0)
    if weeks >= LONG_WEEKS or unit in {"year", "month"}:
        return "for_long", length
    return ("for_days" if weeks or (unit == "day" and many >= LONG_DAYS) else "for_hours"), length


def _year(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if 1900 < number[0] < 2100 and not number[1] and not number[2]:  # noqa: PLR2004
        since = has(tokens, at - 1, "since")
        return ("for_long" if since else "long_ago_time"), 1
    return "", 0


def _tablets(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if number[2] or has(tokens, at + 1, "measure"):
        return "", 0
    counted = any(has(tokens, each, "tablet") for each in range(at + 1, at + 1 + TABLETS_REACH))
    return ("many_tablets", 1) if number[0] >= MANY_TABLETS and counted else ("", 0)


def _weight(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    weighed = number[2] in _WEIGHTS or has(tokens, at + 1, "weight_unit")
    lost = any(has(tokens, each, "lose") or has(tokens, each, "lost_it") for each in range(at - 3, at))
    return ("weight_loss", 1 if number[2] in _WEIGHTS else 2) if weighed and lost else ("", 0)


def _out_of_ten(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    del tokens, at
    return ("severe", 1) if number[1] == 10 and number[0] >= 8 else ("", 0)  # noqa: PLR2004
