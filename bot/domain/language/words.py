"""Splits a text into words: tidied, contractions joined, with the breaks between them."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from html import unescape
from typing import NamedTuple


class Break(IntEnum):
    """What separates a word from the one before it. NONE is the only false value."""

    NONE = 0
    SOFT = 1  # a comma, a bracket, a slash
    PAUSE = 2  # what may end a sentence or only be a pause in it: "...", a dash, a colon, a line that is broken
    STRONG = 3  # the end of a sentence or of a paragraph


NONE, SOFT, PAUSE, STRONG = Break  # used for every word: looking them up in the class takes ten times as long


class Word(NamedTuple):
    """One word: `text` is tidied, `written` is as it was written, `gap` is the break before it."""

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
# What keyboards, phones and scanned texts use as an apostrophe: quotes, accents without a letter, primes, and the
# modifier letters that look like them. As in Unicode's table of look-alikes, without letters of other scripts.
APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02c8\u02ca\u02cb\u02f4\u0374\u0384\u055a\u055d\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1fef"
    "\u1ffd\u1ffe\u2018\u2019\u201a\u201b\u2032\u2035\ua78b\ua78c\uff07\uff40"
)
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PLAIN_MARKS = str.maketrans(dict.fromkeys("\u201c\u201d", '"') | {"\u2013": "-", "\u2014": "-", "\u2026": "..."})
_STRONG_MARK = re.compile(r"[.!?;:\n\r\u2028|]|\s-\s|->|=>")
_PAUSE_MARK = re.compile(r"\.{2,}|[!|]|\s-+(?=\s)|[:;]|\r?\n(?!\s*\n)")
_SOFT_MARK = re.compile(r"[,()\[\]/&+\"]")
_NEGATED = frozenset(
    "do does did can could will would is are was were has have had should must".split()  # noqa: SIM905
)
# Contractions written apart ("can' t", "they re"): each ending, and the words it belongs to.
_ENDINGS = {
    "t": frozenset({"can", "won", "don", "shan", "ain", "needn", "mightn", *(each + "n" for each in _NEGATED)}),
    "s": frozenset({"he", "she", "it", "that", "there", "here", "what", "where", "who", "how", "let"}),
    "m": frozenset({"i"}),
    "re": frozenset({"you", "we", "they"}),
    "ve": frozenset({"i", "you", "we", "they", "could", "would", "should", "might", "must"}),
    "ll": frozenset({"i", "you", "he", "she", "it", "we", "they", "that", "there"}),
    "d": frozenset({"i", "you", "he", "she", "we", "they"}),
}
_BESIDE_THE_APOSTROPHE = frozenset('";,?')  # keys next to it, and what a lost character is shown as
_RESPELLED = {"cannot": "cant", "od'd": "overdosed"}
_CONTRACTED = {"can": "cant", "will": "wont"}
CACHED_WORDS = 20_000  # entries of each cache by word; one takes a few hundred bytes
_NO_BREAK = {" ", ""}
MOST_WORDS = 2_100  # a text of 4,096 characters has no more


def clean(text: str) -> str:
    """The text without HTML tags, entities, accents, invisible and control characters; line breaks stay."""
    text = plain_apostrophes(unescape(text) if "&" in text else text)
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if "<" in text:
        text = _MARKUP.sub(lambda found: "\n" if _BREAKING_MARKUP.match(found[0]) else "", text)
    if not text.isascii():
        text = "".join(_visible(char) for char in unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS)
    return text


def plain_apostrophes(text: str) -> str:
    """The text with every mark used as an apostrophe replaced by the plain one.

    Call it before Unicode normalisation, which turns an acute accent ("can\u00b4t") into a blank and an accent.
    """
    return text.replace("`", "'") if text.isascii() else text.translate(_PLAIN_APOSTROPHE)


def _visible(char: str) -> str:
    """The character; "" if it is invisible or an accent, a blank if it is a control character or a symbol."""
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    return " " if category in {"Cc", "So", "Sk", "Co", "Cs", "Cn"} and char not in "\n\r°" else char


def words(text: str) -> list[Word]:
    """The words of a cleaned text (see `clean`), in order, at most MOST_WORDS. The first has a STRONG gap."""
    found: list[Word] = []
    gap = STRONG
    split = _WORD.split(text, MOST_WORDS)
    for between, written in zip(split[:-1:2], split[1::2], strict=True):
        word = _word(written)
        if found and word.text in _ENDINGS and not gap and _ends_a_contraction(word.text, between, found[-1].text):
            before = found.pop()
            found.append(Word(before.text + word.text, before.written + between + written, before.gap))
            continue
        if between not in _NO_BREAK:
            gap = max(gap, _break(between, found[-1].written if found else "", written))
        if word.text == "not" and not gap and found and found[-1].text in _NEGATED:
            before = found.pop()
            joined = _CONTRACTED.get(before.text, before.text + "nt")
            word = Word(joined, f"{before.written} {written}", before.gap)
        elif gap:
            word = word._replace(gap=gap)
        found.append(word)
        gap = NONE
    return found


def _ends_a_contraction(ending: str, between: str, before: str) -> bool:
    """Whether `ending` and the word before it are a contraction written apart: "can' t", "can t", "can;t"."""
    together = between in _BESIDE_THE_APOSTROPHE or not between.strip(" '")
    return together and before in _ENDINGS[ending]


def _break(between: str, before: str, after: str) -> Break:
    """The break that the characters between two words make."""
    if _STRONG_MARK.search(between):
        return PAUSE if _is_pause(between, before, after) else STRONG
    return SOFT if _SOFT_MARK.search(between) else NONE


def _is_pause(between: str, before: str, after: str) -> bool:
    """Whether the sentence may go on after this mark. After the end of a line it does so in small letters."""
    if _STRONG_MARK.search(_PAUSE_MARK.sub(" ", between)):
        return False
    capital = after[:1].isupper() and after != "I" and "'" not in after[1:2] and not before.isupper()
    return not ("\n" in between and capital)


@lru_cache(maxsize=CACHED_WORDS)
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


def is_drawn_out(written: str) -> bool:
    """Whether a letter is written three times or more in a row ("heeelp")."""
    return bool(_RUN.search(written.casefold()))


def has_pause(text: Iterable[Word]) -> bool:
    """Whether there is a pause in the text (see `Break.PAUSE`)."""
    return PAUSE in [word.gap for word in text]


def normalised(text: str) -> str:
    """The tidied words of a text, joined by blanks: equal for messages that differ in spelling marks only (S-52)."""
    return " ".join(word.text for word in words(clean(text)))
