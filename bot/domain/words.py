"""From a text to its words: spelling tidied, small words joined, breaks and numbers kept."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from html import unescape
from typing import NamedTuple


class Break(IntEnum):
    """What stands between a word and the one before it."""

    NONE = 0
    SOFT = 1  # a comma, a bracket, a slash
    STRONG = 2  # the end of a sentence, a new line


NONE, SOFT, STRONG = Break  # read for every word: looking them up in their class takes ten times as long


class Word(NamedTuple):
    """One word: `text` is tidied, `written` is how the person wrote it."""

    text: str
    written: str
    gap: Break


_MARKUP = re.compile(
    r"</?(?:b|i|u|s|em|strong|code|pre|span|a|p|br|div|font|tg-spoiler|blockquote)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BREAKING_MARKUP = re.compile(r"<(?:/?(?:p|div|pre|blockquote)|br)\b", re.IGNORECASE)
_WORD = re.compile(
    r"(\d+(?:[.,/:]\d+)*(?:[a-z°%]+)?"  # 39.5c, 200/110, 20wks
    r"|(?:[a-z]\.){2,}[a-z]?"  # r.a.
    r"|[^\W\d_]+(?:'[^\W\d_]+)*(?:\d+(?![^\W_]))?)",  # can't, gb20, two
    re.IGNORECASE,
)
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_PLAIN_MARKS = str.maketrans(
    dict.fromkeys("\u2019\u2018`\u00b4\u02bc\uff07\u201b", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | {"\u2013": "-", "\u2014": "-", "\u2026": "."}
)
_STRONG_MARK = re.compile(r"[.!?;:\n\r\u2028|]|\s-\s|->|=>")
_SOFT_MARK = re.compile(r"[,()\[\]/&+\"]")
_NEGATED = frozenset(
    "do does did can could will would is are was were has have had should must".split()  # noqa: SIM905
)
_RESPELLED = {"cannot": "cant", "od'd": "overdosed"}
_CONTRACTED = {"can": "cant", "will": "wont"}
REMEMBERED = 20_000  # words kept tidied; each costs a few hundred bytes
_NO_BREAK = {" ", ""}
MOST_WORDS = 2_100  # a text of 4,096 characters has no more


def clean(text: str) -> str:
    """The text with markup, invisible and control characters gone and compatibility forms made plain."""
    text = unescape(text) if "&" in text else text
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if "<" in text:
        text = _MARKUP.sub(lambda found: "\n" if _BREAKING_MARKUP.match(found[0]) else "", text)
    if not text.isascii():
        text = "".join(_visible(char) for char in unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS)
    return text


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    return " " if category in {"Cc", "So", "Sk", "Co", "Cs", "Cn"} and char not in "\n\r°" else char


def words(text: str) -> list[Word]:
    """The words of a text that `clean` made, in order, at most MOST_WORDS."""
    found: list[Word] = []
    gap = STRONG
    split = _WORD.split(text, MOST_WORDS)
    for between, written in zip(split[:-1:2], split[1::2], strict=True):
        if between not in _NO_BREAK:
            gap = max(gap, _break(between))
        word = _word(written)
        if word.text == "not" and not gap and found and found[-1].text in _NEGATED:
            before = found.pop()
            joined = _CONTRACTED.get(before.text, before.text + "nt")
            word = Word(joined, f"{before.written} {written}", before.gap)
        elif gap:
            word = word._replace(gap=gap)
        found.append(word)
        gap = NONE
    return found


def _break(between: str) -> Break:
    if _STRONG_MARK.search(between):
        return STRONG
    return SOFT if _SOFT_MARK.search(between) else NONE


@lru_cache(maxsize=REMEMBERED)
def _word(written: str) -> Word:
    return Word(_tidy(written), written, NONE)


def _tidy(written: str) -> str:
    word = written.casefold()
    if word in _RESPELLED:
        return _RESPELLED[word]
    if not word.isalpha():
        word = word.replace("'", "")
        if not word[:1].isdigit():
            word = word.replace(".", "")
    if len(word) > 3:  # noqa: PLR2004
        word = _RUN.sub(r"\1\1", word)
    return word


def normalised(text: str) -> str:
    """The text as its tidied words alone, for counting the same message twice (S-52)."""
    return " ".join(word.text for word in words(clean(text)))
