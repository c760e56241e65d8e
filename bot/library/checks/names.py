"""Checks that no phrase belongs to two complaints or to a red flag, and that no name means two points."""

import re
import unicodedata
from collections.abc import Iterator

from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

_APART = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return the text without case, accents, spaces and punctuation, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def phrases_mean_one_complaint(draft: Draft) -> Iterator[Problem]:
    """No phrase may belong to two complaints, or to a complaint and be a sign of a red flag."""
    for language in draft.languages:
        owner: dict[str, Entry] = {}
        signs = {folded(sign): id_ for id_, all_ in draft.sound(f"{language}/signs").items() for sign in all_}
        for entry in draft.entries(f"{language}/conditions").values():
            for index, phrase in enumerate(entry.value.phrases if entry.value else ()):
                key, within = folded(phrase), ("phrases", index)
                if owner.setdefault(key, entry) is not entry:
                    hint = f"{owner[key].id} has it already. Keep one."
                    yield entry.problem(within, f'the phrase "{phrase}" belongs to two complaints', hint)
                if key in signs:
                    hint = f"It is a sign of {signs[key]}. Remove it here."
                    yield entry.problem(within, f'the phrase "{phrase}" is a warning sign', hint)


def stated_phrases_are_phrases(draft: Draft) -> Iterator[Problem]:
    """Each phrase under `states` of a complaint must be one of its own phrases."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/conditions").values():
            if entry.value is None:
                continue
            phrases = {folded(phrase) for phrase in entry.value.phrases}
            for phrase in entry.value.states:
                if folded(phrase) not in phrases:
                    text = f'"{phrase}" is none of its phrases'
                    yield entry.problem(("states", phrase), text, "Add it to the phrases, or correct it.")


def point_names_are_unique(draft: Draft) -> Iterator[Problem]:
    """A name must mean one point only, unless it is listed under `ambiguous` in point_names.yaml."""
    for language in draft.languages:
        ambiguous = {folded(name) for name in draft.entries(f"{language}/ambiguous_points")}
        outside = {folded(name): name for name in draft.entries(f"{language}/unknown_points")}
        owner: dict[str, str] = {}
        for code, within, entry, name in _point_names(draft, language):
            key = folded(name)
            if key in ambiguous or owner.setdefault(key, code) == code:
                if key in outside:
                    hint = "Remove it here or there."
                    yield entry.problem(
                        within, f'"{name}" is named in point_names.yaml as a point we do not have', hint
                    )
                continue
            hint = "Keep one, or list it under ambiguous in point_names.yaml."
            yield entry.problem(within, f'the name "{name}" means {owner[key]} too', hint)


def _point_names(draft: Draft, language: str) -> Iterator[tuple[str, Steps, Entry, str]]:
    """Yield the point, the steps within the entry, the entry and the name, for all names of all points.

    Codes come first, so that an alias which repeats one is reported, and not the code.
    """
    points, texts = draft.entries("points"), draft.entries(f"{language}/points")
    for code, entry in points.items():
        yield code, (), entry, code
    for code, entry in points.items():
        for key in ("hanzi", "pinyin", "pinyin_plain"):
            if entry.value:
                yield code, (key,), entry, getattr(entry.value, key)
    for code, entry in texts.items():
        if entry.value:
            yield code, ("name",), entry, entry.value.name
            for index, alias in enumerate(entry.value.aliases):
                yield code, ("aliases", index), entry, alias
