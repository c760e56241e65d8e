"""Reads ages: what a number and the words around it say about how old somebody is."""

from collections.abc import Sequence

from bot.domain.language.lexicon import Token
from bot.domain.language.number_words import WrittenNumber, has, near
from bot.domain.language.roles import Role
from bot.domain.language.words import Break

ADULT = 18
BABY = 0.25  # years: under three months, any fever needs help
LATER_LIFE = 50  # a new headache after 50 is a warning sign
OLDEST = 110  # years
_TENS = {str(tens) for tens in range(20, 100, 10)}
_A_YEAR = {"year": 1, "month": 12, "week": 52}  # how many of a unit make a year; 365 of any other unit do


def age_with_unit(many: float, unit: str, tokens: Sequence[Token], at: int, length: int) -> tuple[str, int]:
    """The age that `many` of a unit say ("16 year old"), as a concept and the number of tokens that say it.

    `length` is the number of tokens of the number and its unit. Without an age: "" and 0.
    """
    after = at + length
    old = 1 if has(tokens, after, "old") else 2 if _of_age(tokens, after) else 0
    if (old and not _of_a_thing(tokens, after + old)) or near(tokens, at, "aged", 1):
        return age_concept((many + tens_before(tokens, at)) / _A_YEAR.get(unit, 365)), length + old
    person = unit == "year" and (has(tokens, after, "person") or has(tokens, after, "child"))
    return (age_concept(many), length) if person else ("", 0)


def _of_age(tokens: Sequence[Token], at: int) -> bool:
    return has(tokens, at, "in_or_at") and has(tokens, at + 1, "aged")


def tens_before(tokens: Sequence[Token], at: int) -> float:
    """The number that a word for tens just before a single digit adds to it ("twenty five": 20), else 0."""
    before = tokens[at - 1].concept if at and tokens[at].gap is Break.NONE else ""
    return float(before) if before in _TENS and len(tokens[at].concept) == 1 else 0


def _of_a_thing(tokens: Sequence[Token], at: int) -> bool:
    """Whether the age is that of a thing ("a 3 year old knee injury"), body parts before it left aside."""
    while at < len(tokens) and tokens[at].gap is Break.NONE and not has(tokens, at, "dated_thing"):
        if not tokens[at].roles & Role.BODY_PART:
            return False
        at += 1
    return has(tokens, at, "dated_thing") and tokens[at].gap is Break.NONE


def age_concept(years: float) -> str:
    """The concept of an age in years: `age_baby`, `age_child`, `age_adult` or `age_later`."""
    if years < BABY:
        return "age_baby"
    return "age_child" if years < ADULT else "age_later" if years >= LATER_LIFE else "age_adult"


def age_without_unit(number: WrittenNumber, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The concept of an age without a unit ("im 45", "aged 70", "42F") and its number of tokens; else "" and 0."""
    years, _, unit = number
    if has(tokens, at - 1, "when_was"):
        return "long_ago_time", 1
    announced = has(tokens, at - 1, "i_am") or has(tokens, at - 1, "aged")
    ends = at + 1 >= len(tokens) or not has(tokens, at + 1, "measure")
    later = has(tokens, at - 1, "at_number") and ends and not unit and LATER_LIFE <= years <= OLDEST
    if later:
        return "age_later", 1
    sexed = unit in {"m", "f"} or (has(tokens, at + 1, "sex") and 1 <= years <= OLDEST)
    if sexed or (announced and ends and 1 <= years <= OLDEST and years == int(years)):
        return age_concept(years), 1
    return "", 0
