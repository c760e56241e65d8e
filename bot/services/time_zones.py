"""Finds the time zone that a person types: an offset such as "UTC+2", or a town."""

import re
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

TOWNS = Path(__file__).with_name("towns.tsv")  # made by tools/make_towns.py
LEAST_RATIO = 88  # of 100: allows one typo in a name of eight letters
LEAST_LETTERS = 5  # shorter names are too similar to each other to allow typos
LONGEST = 60  # characters of a text that may be a time zone; the longest name of a town has 40
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-\u2212]) ?(\d{1,2})(?::?(00|15|30|45))?", re.IGNORECASE)
_WORLD = ("utc", "gmt")
_FURTHEST = 14  # hours


def find_zone(text: str) -> str:
    """An IANA name ("Europe/Berlin"), an offset ("+05:30"), or "" if the text is not clearly a time zone.

    Of several towns with the same name the largest is taken: the person is shown the time there and can refuse it. An
    offset needs a sign, for a number without one, even "utc 10", may be an hour of the day.
    """
    if len(text) > LONGEST:
        return ""
    said = " ".join(text.split())
    if said.lower() in _WORLD:
        return "+00:00"
    if offset := _OFFSET.fullmatch(said):
        hours = int(offset[2])
        return f"{'+' if offset[1] == '+' else '-'}{hours:02}:{offset[3] or '00'}" if hours <= _FURTHEST else ""
    name, towns = folded(text), _towns()
    if name in towns:
        return towns[name]
    if len(name) < LEAST_LETTERS:
        return ""
    found = process.extractOne(name, towns.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_RATIO)
    return towns[found[0]] if found else ""


def folded(name: str) -> str:
    """A name in lower case, without accents and with single spaces for everything that is no letter or digit."""
    plain = "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))
    return re.sub(r"[\W_]+", " ", plain).strip()


@cache
def _towns() -> dict[str, str]:
    lines = TOWNS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
