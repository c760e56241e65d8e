"""Checks the wording of texts: no promises, easy to read, no look-alike or invisible letters."""

import re
import unicodedata
from collections.abc import Iterator

from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

MOST_WORDS = 20  # in a sentence (S-44)
HIGHEST_GRADE = 8  # of reading, by Flesch and Kincaid (S-44)
_ENOUGH_WORDS = 30  # the grade of a shorter text means nothing

_SEEN = {  # the fields of each section that people read; titles of sources are quotations
    "points": ("name", "find", "find_again", "feel", "how", "posture", "caution"),
    "conditions": ("name", "evidence", "instead"),
    "questions": ("emergency", "same_day"),
    "checklist": ("line", "label", "why", "stop"),
    "contraindications": ("name", "why", "says"),
    "red_flags": ("name", "first_act", "advice"),
}
# sections whose entries are texts that people read
_SEEN_WHOLE = ("techniques", "areas", "regions", "meridians", "phrases")
_MARKUP = re.compile(r"</?[bi]>")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\s\"'\u201d\u2019)]+|\n+")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019-])*")
_VOWELS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def no_forbidden_words(draft: Draft) -> Iterator[Problem]:
    """S-40: no text that people read may use a word that promises a cure or sounds like medical treatment."""
    for language, minimum in draft.guarded():
        for entry, within, text in _seen(draft, language):
            for found in dict.fromkeys(match.group() for match in minimum.forbidden_words.finditer(text)):
                yield entry.problem(within, f'the word "{found}" must not be said', "Say it in other words.")


def easy_to_read(draft: Draft) -> Iterator[Problem]:
    """S-44: warn of long sentences and long words. No error, since numbers only estimate what is hard to read."""
    for language, minimum in draft.guarded():
        yield from _short_sentences(draft, language)
        if minimum.reading_grade == "flesch_kincaid":
            yield from _plain_words(draft, language)


def _short_sentences(draft: Draft, language: str) -> Iterator[Problem]:
    for entry, within, text in _seen(draft, language):
        for sentence in sentences(text):
            length = len(_WORD.findall(sentence))
            if length > MOST_WORDS:
                start = " ".join(sentence.split()[:5])
                yield entry.warning(within, f'a sentence has {length} words: "{start} ..."', "Make two of it.")


def _plain_words(draft: Draft, language: str) -> Iterator[Problem]:
    whole: dict[tuple[str, str], list[str]] = {}
    for entry, _, text in _seen(draft, language):
        whole.setdefault((entry.section, entry.id), []).append(text)
    for (section, id_), texts in whole.items():
        grade = reading_grade("\n".join(texts))
        if grade > HIGHEST_GRADE:
            entry = draft.entries(section)[id_]
            yield entry.warning((), f"the reading grade is {grade}; {HIGHEST_GRADE} is meant", "Use shorter words.")


def no_look_alike_letters(draft: Draft) -> Iterator[Problem]:
    """No word may mix Latin letters with look-alikes of other scripts, and no line may have invisible characters."""
    for name, content in draft.files.items():
        if not name.endswith(".yaml") or content.isascii():
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if line.isascii():
                continue
            for word in _LETTERS.findall(line):
                mixed = _mixed_in(word)
                if mixed:
                    hint = "Type the word again."
                    yield Problem(name, number, "", "error", f'"{word}" has a look-alike letter: {mixed}', hint)
            if _INVISIBLE.search(line.removeprefix("\ufeff")):
                yield Problem(name, number, "", "error", "an invisible character hides here", "Type the line again.")


def sentences(text: str) -> list[str]:
    """Return the sentences and list items of a text, without markup."""
    return [part for part in _SENTENCE_END.split(_MARKUP.sub("", text)) if _WORD.search(part)]


def reading_grade(text: str) -> int:
    """Return the Flesch-Kincaid school grade of an English text, or 0 if it has too few words to tell."""
    said = sentences(text)
    words = [word for sentence in said for word in _WORD.findall(sentence)]
    if len(words) < _ENOUGH_WORDS:
        return 0
    syllables = sum(map(_syllables, words))
    return round(0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59)


def _syllables(word: str) -> int:
    bare = word.lower().replace("'", "").replace("\u2019", "")
    number = len(_VOWELS.findall(bare))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouyszxc]es$", bare)
    return max(1, number - bool(silent))


def _seen(draft: Draft, language: str) -> Iterator[tuple[Entry, Steps, str]]:
    """Yield the entry, the steps within it and the text, for every text that people may read."""
    for section, keys in _SEEN.items():
        for entry in draft.entries(f"{language}/{section}").values():
            for key in keys if entry.value is not None else ():
                value = getattr(entry.value, key)
                if isinstance(value, str):
                    yield entry, (key,), value
                else:
                    yield from ((entry, (key, index), item) for index, item in enumerate(value))
    for section in _SEEN_WHOLE:
        for entry in draft.entries(f"{language}/{section}").values():
            if entry.value is not None:
                yield entry, (), entry.value


def _mixed_in(word: str) -> str:
    """Return the name of a Cyrillic, Greek, Cherokee or full-width letter among Latin ones, or empty."""
    if word.isascii():
        return ""
    scripts = {char: unicodedata.name(char, "?").split()[0] for char in word}
    odd = [char for char, script in scripts.items() if script in {"CYRILLIC", "GREEK", "FULLWIDTH", "CHEROKEE"}]
    return unicodedata.name(odd[0]).lower() if odd and "LATIN" in scripts.values() else ""
