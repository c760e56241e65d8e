"""What the readers of numbers ask of a text: the number that a token is, and which concepts stand near it."""

import re
from collections.abc import Sequence

from bot.domain.language.lexicon import Token

FEVER_F = (100.4, 109.0)
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)(?:/(\d+))?([a-z°%]*)$")
_UNITS = {
    **dict.fromkeys(("yr", "yrs", "y"), "year"),
    **dict.fromkeys(("mo", "mos"), "month"),
    **dict.fromkeys(("wk", "wks", "w"), "week"),
    **dict.fromkeys(("hr", "hrs", "h"), "hour"),
    **dict.fromkeys(("c", "f"), "degree"),
    "yo": "old",
}

Numbers = tuple[float, float, str]  # the number, the one after its slash, the unit written on to it


def number_of(token: Token) -> Numbers | None:
    """The number that a token is, or None."""
    found = _NUMBER.match(token.own)
    if not found:
        return None
    many, unit = float(found[1].replace(",", ".")), found[3]
    if unit == "f" and many < FEVER_F[0] - 10:  # nobody is so cold: "42F" is a woman of 42
        return many, float(found[2] or 0), unit
    return many, float(found[2] or 0), _UNITS.get(unit, unit)


def has(tokens: Sequence[Token], at: int, concept: str) -> bool:
    """Whether the token at this place, if there is one, names the concept."""
    return 0 <= at < len(tokens) and concept in tokens[at].concepts


def near(tokens: Sequence[Token], at: int, concept: str, reach: int) -> bool:
    """Whether a token at most `reach` places away names the concept."""
    return any(has(tokens, place, concept) for place in range(at - reach, at + reach + 1))
