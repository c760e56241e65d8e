"""Finds the file and line of patterns and phrases: `texts/en/signs/stroke.yaml:12`."""

from collections.abc import Iterator

from bot.domain.understanding.patterns import PatternKind
from bot.library.reading.draft import Draft, read
from bot.library.reading.entries import Entry
from bot.library.reading.folder import Files
from bot.library.reading.yaml_file import Steps

_READ = ("signs/", "refusals.yaml", "topics.yaml", "contraindications.yaml", "vocabulary/complaints", "conditions/")
_LISTS = {
    PatternKind.FLAG: "signs",
    PatternKind.COMPLAINT: "complaints",
    PatternKind.REFUSAL: "refusals",
    PatternKind.TOPIC: "topics",
}

Key = tuple[PatternKind, str, str]  # the kind of a pattern, the id of its entry, and its text


class Places:
    """The file and line of every pattern and phrase of one language."""

    def __init__(self, draft: Draft, language: str) -> None:
        self._lines: dict[Key, str] = {}
        for key, entry, within in _patterns(draft, language):
            self._lines.setdefault(key, f"{entry.tree.file}:{entry.tree.line(entry.steps + within)}")

    def of(self, kind: PatternKind, owner: str, text: str) -> str:
        """Return `<file>:<line>` of a pattern, relative to the knowledge folder, or empty if it is not there."""
        return self._lines.get((kind, owner, text), "")


def places_in(files: Files, language: str) -> Places:
    """Return the places in these files. Only files with patterns of the language are read."""
    folder = f"texts/{language}/"
    needed = {name: files[name] for name in files if name.removeprefix(folder).startswith(_READ) and folder in name}
    return Places(read(needed)[0], language)


def _patterns(draft: Draft, language: str) -> Iterator[tuple[Key, Entry, Steps]]:
    for kind, section in _LISTS.items():
        for merged in draft.entries(f"{language}/{section}").values():
            for entry in (merged, *merged.joined):
                for index, pattern in enumerate(entry.raw):
                    text = pattern["match"] if isinstance(pattern, dict) else pattern
                    yield (kind, entry.id, text.strip()), entry, (index,)
    for entry in draft.entries(f"{language}/conditions").values():
        yield (PatternKind.COMPLAINT, entry.id, entry.value.name), entry, ("name",)
        for index, text in enumerate(entry.value.phrases):
            yield (PatternKind.COMPLAINT, entry.id, text), entry, ("phrases", index)
        for text, id_ in entry.value.states.items():
            yield (PatternKind.FACT, id_, text), entry, ("states", text)
    for entry in draft.entries(f"{language}/contraindications").values():
        for index, text in enumerate(entry.value.phrases):
            yield (PatternKind.FACT, entry.id, text), entry, ("phrases", index)
