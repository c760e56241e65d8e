"""A time zone from what a person types: an offset such as "UTC+2", or a town."""

import re
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

TOWNS = Path(__file__).with_name("towns.tsv")  # made by tools/make_towns.py
CLOSE = 88  # of 100: one typo in a name of eight letters
LEAST_LETTERS = 5  # shorter names are too much alike to be guessed
LONGEST = 60  # characters that are looked at; the longest town has 40
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-\u2212]) ?(\d{1,2})(?::?(00|15|30|45))?", re.IGNORECASE)
_WORLD = ("utc", "gmt")
_FURTHEST = 14  # hours


def find_zone(text: str) -> str:
    """An IANA name ("Europe/Berlin"), an offset ("+05:30"), or "" where nothing is meant for certain.

    Of several towns with a name the largest is taken: the person sees the time there and can say no. An offset has a
    sign: a bare number, "utc 10" too, may be an hour of the day as well.
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
    found = process.extractOne(name, towns.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return towns[found[0]] if found else ""


def folded(name: str) -> str:
    """A name without case, accents and signs."""
    plain = "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))
    return re.sub(r"[\W_]+", " ", plain).strip()


@cache
def _towns() -> dict[str, str]:
    lines = TOWNS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
