"""How old somebody is: the age that a number says with the words around it."""

from collections.abc import Sequence

from bot.domain.language.lexicon import Token
from bot.domain.language.number_words import Numbers, has, near
from bot.domain.language.roles import Role
from bot.domain.language.words import Break

ADULT = 18
BABY = 0.25  # years: under three months, any fever needs help
LATER_LIFE = 50  # a new headache after 50 is a warning sign
OLDEST = 110
_TENS = {str(tens) for tens in range(20, 100, 10)}
_A_YEAR = {"year": 1, "month": 12, "week": 52}  # how many of a unit make a year; any other unit is days


def age_in(many: float, unit: str, tokens: Sequence[Token], at: int, length: int) -> tuple[str, int]:
    """The age that so many of a unit say, and how many tokens say so; the number and its unit are `length` of them."""
    after = at + length
    old = 1 if has(tokens, after, "old") else 2 if _of_age(tokens, after) else 0
    if (old and not _of_a_thing(tokens, after + old)) or near(tokens, at, "aged", 1):
        return age_of((many + tens(tokens, at)) / _A_YEAR.get(unit, 365)), length + old
    person = unit == "year" and (has(tokens, after, "person") or has(tokens, after, "child"))
    return (age_of(many), length) if person else ("", 0)


def _of_age(tokens: Sequence[Token], at: int) -> bool:
    return has(tokens, at, "in_or_at") and has(tokens, at + 1, "aged")


def tens(tokens: Sequence[Token], at: int) -> float:
    """What a word for tens just before a single digit adds to it ("twenty five"), else 0."""
    before = tokens[at - 1].own if at and tokens[at].gap is Break.NONE else ""
    return float(before) if before in _TENS and len(tokens[at].own) == 1 else 0


def _of_a_thing(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is so old is no person ("a 3 year old knee injury")."""
    while at < len(tokens) and tokens[at].gap is Break.NONE and not has(tokens, at, "dated_thing"):
        if not tokens[at].roles & Role.BODY_PART:
            return False
        at += 1
    return has(tokens, at, "dated_thing") and tokens[at].gap is Break.NONE


def age_of(years: float) -> str:
    """The concept of an age: of a small baby, a child, an adult, or of later life."""
    if years < BABY:
        return "age_baby"
    return "age_child" if years < ADULT else "age_later" if years >= LATER_LIFE else "age_adult"


def age(number: Numbers, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """An age without a unit: "im 45", "aged 70", "42F"."""
    years, _, unit = number
    if has(tokens, at - 1, "when_was"):
        return "long_ago_time", 1
    told = has(tokens, at - 1, "i_am") or has(tokens, at - 1, "aged")
    ends = at + 1 >= len(tokens) or not has(tokens, at + 1, "measure")
    later = has(tokens, at - 1, "at_number") and ends and not unit and LATER_LIFE <= years <= OLDEST
    if later:
        return "age_later", 1
    sexed = unit in {"m", "f"} or (has(tokens, at + 1, "sex") and 1 <= years <= OLDEST)
    if sexed or (told and ends and 1 <= years <= OLDEST and years == int(years)):
        return age_of(years), 1
    return "", 0
