"""What the readers of numbers need: the number in a token, and the concepts of the tokens near it."""

import re
from collections.abc import Sequence

from bot.domain.language.lexicon import Token

FEVER_F = (100.4, 109.0)  # degrees Fahrenheit
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)(?:/(\d+))?([a-z°%]*)$")
_UNITS = {
    **dict.fromkeys(("yr", "yrs", "y"), "year"),
    **dict.fromkeys(("mo", "mos"), "month"),
    **dict.fromkeys(("wk", "wks", "w"), "week"),
    **dict.fromkeys(("hr", "hrs", "h"), "hour"),
    **dict.fromkeys(("c", "f"), "degree"),
    "yo": "old",
}

WrittenNumber = tuple[float, float, str]  # the number, the one after its slash or 0, the unit attached to it or ""


def number_of(token: Token) -> WrittenNumber | None:
    """The number in a token ("39.5c", "200/110"), or None. A comma is a decimal point."""
    found = _NUMBER.match(token.concept)
    if not found:
        return None
    many, unit = float(found[1].replace(",", ".")), found[3]
    if unit == "f" and many < FEVER_F[0] - 10:  # too cold for a temperature: "42F" is a woman of 42
        return many, float(found[2] or 0), unit
    return many, float(found[2] or 0), _UNITS.get(unit, unit)


def has(tokens: Sequence[Token], at: int, concept: str) -> bool:
    """Whether the token at this index has the concept; False beyond either end."""
    return 0 <= at < len(tokens) and concept in tokens[at].concepts


def near(tokens: Sequence[Token], at: int, concept: str, reach: int) -> bool:
    """Whether the token at this index, or one at most `reach` tokens away, has the concept."""
    return any(has(tokens, each, concept) for each in range(at - reach, at + reach + 1))
