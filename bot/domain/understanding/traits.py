"""What the second reader sees of a text: its words, pairs of neighbours, and three to five letters in a row.

Each trait falls into one of BUCKETS buckets, the same on every machine. Two traits may share a bucket; that costs
little. The trainer and the reader both ask here, so that they can never see different things.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32  # keyed by nothing, the same everywhere, and a fifth of the time of a cryptographic hash

BUCKETS = 16_384
SHORTEST, LONGEST = 3, 5  # letters in a row
MOST_LETTERS = 24  # of a word, that are looked at in runs; the whole word counts as well
WINDOW, STEP = 48, 24  # a longer text is read in windows of so many words, each beginning so many after the last


class Trait(NamedTuple):
    """One trait: `text` for a person to read (`<` and `>` mark where a word begins and ends), and its bucket."""

    text: str
    bucket: int


def traits_of_word(word: str) -> list[Trait]:
    """The word itself first, then its letters in a row, each run once."""
    marked = f"<{word[:MOST_LETTERS]}>"
    lengths = range(SHORTEST, LONGEST + 1)
    runs = (marked[at : at + length] for length in lengths for at in range(len(marked) - length + 1))
    return [Trait(word, _bucket(f" {word}")), *(Trait(run, _bucket(run)) for run in dict.fromkeys(runs))]


def trait_of_pair(first: str, second: str) -> Trait:
    """Two words that stand beside each other."""
    text = f"{first} {second}"
    return Trait(text, _bucket(text))


def windows(words: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The text, or the windows of a long one, each with the place of its first word. None where there are no words."""
    last = len(words) - WINDOW
    if last <= 0:
        if words:
            yield 0, words
        return
    for start in (*range(0, last, STEP), last):
        yield start, words[start : start + WINDOW]


def distinct(words: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The words and the pairs of neighbours of a window, each once."""
    return list(dict.fromkeys(words)), list(dict.fromkeys(pairwise(words)))


def traits(words: Sequence[str]) -> list[Trait]:
    """All traits of a window. What several of its words have counts for each of them."""
    singles, pairs = distinct(words)
    found = [trait for word in singles for trait in traits_of_word(word)]
    found.extend(trait_of_pair(*pair) for pair in pairs)
    return found


def _bucket(text: str) -> int:
    return crc32(text.encode("utf-8", "replace")) % BUCKETS
