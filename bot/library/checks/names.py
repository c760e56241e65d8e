"""No name means two things: phrases of complaints, phrases and red flags, names of points."""

import re
import unicodedata
from collections.abc import Iterator

from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

_APART = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """The text without case, accents, spaces and punctuation: what two names are compared by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def phrases_mean_one_complaint(draft: Draft) -> Iterator[Problem]:
    """No phrase belongs to two complaints, or to a complaint and a sign of a red flag."""
    for language in draft.languages:
        owner: dict[str, Entry] = {}
        signs = {folded(sign): id_ for id_, all_ in draft.sound(f"{language}/signs").items() for sign in all_}
        for entry in draft.entries(f"{language}/conditions").values():
            for place, phrase in enumerate(entry.value.phrases if entry.value else ()):
                key, within = folded(phrase), ("phrases", place)
                if owner.setdefault(key, entry) is not entry:
                    hint = f"{owner[key].id} has it already. Keep one."
                    yield entry.problem(within, f'the phrase "{phrase}" belongs to two complaints', hint)
                if key in signs:
                    hint = f"It is a sign of {signs[key]}. Remove it here."
                    yield entry.problem(within, f'the phrase "{phrase}" is a warning sign', hint)


def stated_phrases_are_phrases(draft: Draft) -> Iterator[Problem]:
    """What states a precaution is one of the complaint's own phrases."""
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
    """A name of a point means that point alone, unless it is listed as ambiguous; then all its points are real."""
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
    """Codes first, so that a wrong alias is told and not the code it takes."""
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
            for place, alias in enumerate(entry.value.aliases):
                yield code, ("aliases", place), entry, alias
