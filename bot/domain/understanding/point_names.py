"""Finds points by any name: codes in any spelling, pinyin, hanzi, English names, old numbers. It never guesses."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.knowledge import Point
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.roles import Role
from bot.domain.language.words import CACHED_WORDS, Break, Word
from bot.domain.texts import Texts

LONGEST_NAME = 6  # words
MOST_WORDS_ALONE = 12  # a longer text is more than a question about a name
SLIP_LETTERS = 6  # names of fewer letters must be spelled correctly
MOST_CLOSE = 2  # codes that are suggested for an unknown one
FEW_WORDS = 5  # in a longer text, an unknown code, "B12" or a misspelling means something else ("dealing", not Daling)
_CODE = re.compile(r"\b(?:([a-z]{1,6})[\s.\-_]{0,2}0*(\d{1,2}|l\d|l)|(\d{1,2})[\s.]?([a-z]{2}))\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_PREFIXES = frozenset(
    ["LI", "ST", "SP", "HT", "SI", "BL", "KI", "PC", "TE", "GB", "LR", "LV", "GV", "CV", "LU", "UB", "DU", "REN"]
)


@dataclass(frozen=True, slots=True)
class NamedPoints:
    """The points that a text names: either `codes`, or a `choice`, or an `unknown` name, or none of these."""

    codes: tuple[str, ...] = ()  # named beyond doubt
    choice: tuple[str, ...] = ()  # codes to ask between
    unknown: str = ""  # what looks like a point but is not in the catalogue, normalised
    close: tuple[str, ...] = ()  # the codes nearest to `unknown`


_NONE = NamedPoints()


class PointNames:
    """All names of all points in one language."""

    def __init__(self, points: Mapping[str, Point], texts: Texts, lexicon: Lexicon) -> None:
        self._codes = tuple(points)
        self._sure: dict[str, str] = {}  # codes by the names that count anywhere in a text
        self._alone: dict[str, str] = {}  # by everyday words ("temples"), which count only where nothing else is said
        self._pinyin: dict[str, str] = {}
        for code, point in points.items():
            text = texts.points[code]
            for name in (code, point.pinyin, point.pinyin_plain, point.hanzi, *re.split(r" / | \(", text.name)):
                self._sure[_key(name)] = code
            self._pinyin[_key(point.pinyin_plain)] = code
            for alias in text.aliases:
                plain = _is_plain(alias, lexicon)
                (self._alone if plain else self._sure).setdefault(_key(alias), code)
        self._ambiguous = {_key(name): codes for name, codes in texts.ambiguous_points.items()}
        self._outside = {_key(name): (name, codes) for name, codes in texts.unknown_points.items()}
        self._lexicon = lexicon
        self._beginnings = frozenset(
            key[:length] for key in (*self._sure, *self._ambiguous, *self._outside) for length in range(1, len(key) + 1)
        )

    def find(self, text: str, words: Sequence[Word]) -> NamedPoints:
        """The points that the text names. `words` are its words; where `text` was cut short, they may go on.

        An ambiguous name comes before sure ones, because it must be asked about; an unknown name comes after them.
        """
        texts = [_key(word.text) for word in words]
        keys = self._keys(text, texts)
        if not keys:
            return _NONE if len(words) > MOST_WORDS_ALONE else self._less_sure(text, words, texts)
        choice = next((self._ambiguous[key] for key in keys if key in self._ambiguous), ())
        if choice:
            return NamedPoints(choice=choice)
        codes = tuple(dict.fromkeys(self._sure[key] for key in keys if key in self._sure))
        outside = next((self._outside[key] for key in keys if key in self._outside), None)
        if outside and not codes:
            return NamedPoints(unknown=outside[0], close=outside[1])
        if codes or len(words) > MOST_WORDS_ALONE:
            return NamedPoints(codes=codes)
        return self._less_sure(text, words, texts)

    def _keys(self, text: str, texts: Sequence[str]) -> list[str]:
        """The keys of possible names in the text: first what looks like a code, then names of one or more words."""
        short = len(texts) <= FEW_WORDS
        coded = list(self._coded(text)) if short or _DIGIT.search(text) else []
        coded = [key for key in coded if short or not key[1:].isdigit()]
        return list(dict.fromkeys(coded + self._spelled_out(texts)))

    def _less_sure(self, text: str, words: Sequence[Word], texts: Sequence[str]) -> NamedPoints:
        """What the text names if it is little more than a name: an everyday word, a misspelling or an unknown code."""
        asked = "".join([text for text in texts if text not in _ASKING])
        whole = "".join(texts)
        for key in (whole, asked):
            if key in self._ambiguous:
                return NamedPoints(choice=self._ambiguous[key])
            if key in self._alone:
                return NamedPoints(codes=(self._alone[key],))
        if len(words) > FEW_WORDS:
            return _NONE
        misspelled = self._misspelled(words)
        if misspelled:
            return NamedPoints(codes=(misspelled,))
        return next((self._unknown(key) for key in self._coded(text) if key[:2].upper() in _PREFIXES), _NONE)

    def _unknown(self, key: str) -> NamedPoints:
        code = key.upper()
        near = sorted(self._codes, key=lambda each: (OSA.distance(code, each), each))
        return NamedPoints(unknown=code, close=tuple(each for each in near if each[:2] == code[:2])[:MOST_CLOSE])

    @staticmethod
    def _coded(text: str) -> Iterator[str]:
        """The keys of everything that looks like a code ("li-4", "LI 04")."""
        for match in _CODE.finditer(text):
            letters, number, before, after = match.groups()
            if not letters:
                yield f"{int(before)}{after}".casefold()
                continue
            number = number.casefold().replace("l", "1")
            yield f"{letters}{int(number)}".casefold()

    def _spelled_out(self, texts: Sequence[str]) -> list[str]:
        """The keys of the names that consist of whole words, none of which overlap."""
        found: list[str] = []
        end = 0
        for start, text in enumerate(texts):
            if start >= end and text in self._beginnings:
                length = self._name_at(texts, start)
                if length:
                    end = start + length
                    found.append("".join(texts[start:end]))
        return found

    def _name_at(self, texts: Sequence[str], start: int) -> int:
        """The number of words of the longest name that begins at `start`; 0 if none does."""
        key, longest = "", 0
        for length, text in enumerate(texts[start : start + LONGEST_NAME], 1):
            key += text
            if key not in self._beginnings:
                break
            if key in self._sure or key in self._ambiguous or key in self._outside:
                longest = length
        return longest

    def _misspelled(self, words: Sequence[Word]) -> str:
        """The code of the only point whose pinyin is one edit away from a word that means nothing else, or empty."""
        for word in words:
            key = _key(word.text)
            if len(key) < SLIP_LETTERS or self._lexicon.known(word.text):
                continue
            near = {
                code
                for name, code in self._pinyin.items()
                if len(name) >= SLIP_LETTERS and OSA.distance(key, name) == 1
            }
            blocked = any(OSA.distance(key, name) <= 1 for name in (*self._outside, *self._ambiguous))
            if len(near) == 1 and not blocked:
                return near.pop()
        return ""


_ASKING = frozenset(
    "where is the a show me how to press find point what about and my of i do please tell".split()  # noqa: SIM905
)


@lru_cache(maxsize=CACHED_WORDS)
def _key(name: str) -> str:
    """The name without case, accents, blanks and punctuation."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum())


def _is_plain(name: str, lexicon: Lexicon) -> bool:
    """Whether a name consists of everyday words, or of a small word and a number ("AT4", as in "awake at 4")."""
    if all(word.isalpha() and lexicon.known(word) for word in name.casefold().split()):
        return True
    letters = [Word(part, part, Break.NONE) for part in _LETTERS.findall(name.casefold())]
    return bool(letters) and all(token.roles & Role.FILLER for token in lexicon.tokens(letters)[0])
