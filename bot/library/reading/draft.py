"""A knowledge folder as it was read, faults and all: what the checks look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.entries import Entry, entries_of
from bot.library.reading.folder import PICTURES, Files
from bot.library.reading.layout import FileKind, kinds, languages, matches
from bot.library.reading.minimum.built_in import Minimum, Minimums, minimums
from bot.library.reading.yaml_file import parse

BASE = "en"  # the language that must be there, and that the others are compared with


@dataclass(frozen=True, slots=True)
class Draft:
    """All entries by section and id; sections of texts are named `en/points`.

    `incomplete` are sections with a file that could not be read: nothing may be called unknown or missing there.
    `minimums` is what the program asks of each language that it knows.
    """

    files: Files
    languages: tuple[str, ...]
    sections: Mapping[str, Mapping[str, Entry]]
    incomplete: frozenset[str]
    minimums: Minimums = field(default_factory=minimums)

    def entries(self, section: str) -> Mapping[str, Entry]:
        return self.sections.get(section, {})

    def sound(self, section: str) -> dict[str, Any]:
        """The values of those entries that have no fault in themselves."""
        return {id_: entry.value for id_, entry in self.entries(section).items() if entry.value is not None}

    def known(self, section: str, id_: str) -> bool:
        """Whether there is such an entry, or might be in a file that could not be read."""
        return section in self.incomplete or id_ in self.entries(section)

    def guarded(self) -> Iterator[tuple[str, Minimum]]:
        """Each language of the folder with its minimum; those without one are refused as a whole."""
        return ((language, self.minimums[language]) for language in self.languages if language in self.minimums)


def read(files: Files) -> tuple[Draft, list[Problem]]:
    """The files as a draft, with every fault of their form."""
    spoken = tuple(sorted({BASE, *languages(list(files))}))
    reader = _DraftReader({}, set(), [])
    layout = kinds(spoken)
    for kind in layout:
        names = [name for name in files if matches(name, kind)]
        for name in names:
            reader.file(name, files[name], kind)
        if not names:
            reader.lacks(kind)
    reader.problems.extend(_strangers(files, layout))
    return Draft(files, spoken, reader.sections, frozenset(reader.incomplete)), reader.problems


@dataclass(frozen=True, slots=True)
class _DraftReader:
    sections: dict[str, dict[str, Entry]]
    incomplete: set[str]
    problems: list[Problem]

    def file(self, name: str, content: bytes, kind: FileKind) -> None:
        tree, faults = parse(name, content)
        self.problems.extend(faults)
        merged = {part.section for part in kind.parts if part.merged}
        if tree is None:
            self.incomplete.update(part.section for part in kind.parts)
            return
        seen = {fault.line for fault in faults}  # an alias leaves a gap that is no second fault
        for item in entries_of(tree, kind.parts):
            if isinstance(item, Entry):
                self._add(item, join=item.section in merged)
            elif item.line not in seen:
                self.problems.append(item)

    def lacks(self, kind: FileKind) -> None:
        self.incomplete.update(part.section for part in kind.parts)
        name = kind.pattern.replace("/*.yaml", "")
        hint = "Take it from the shipped knowledge (copy-knowledge)."
        self.problems.append(Problem(name, 1, "", "error", "there is no such file", hint))

    def _add(self, entry: Entry, *, join: bool) -> None:
        section = self.sections.setdefault(entry.section, {})
        first = section.get(entry.id)
        if first is None:
            section[entry.id] = entry
        elif join:
            value = (*(first.value or ()), *(entry.value or ()))
            section[entry.id] = replace(first, value=value, joined=(*first.joined, entry))
        else:
            hint = f"knowledge/{first.tree.file}:{first.tree.line(first.steps)} has it already. Keep one."
            self.problems.append(entry.problem((), "stands here for the second time", hint))


def _strangers(files: Files, layout: tuple[FileKind, ...]) -> Iterator[Problem]:
    """Files that nobody reads: a slip of the pen would make an editor's work disappear without a word."""
    patterns = [kind.pattern for kind in layout]
    for name in files:
        if name.startswith(PICTURES) or any(matches(name, kind) for kind in layout):
            continue
        hint = did_you_mean(name, patterns, "Move or remove it.")
        if name.endswith("/signs.yaml"):
            hint = "The folder is of 0.1.0: python -m bot upgrade-knowledge FOLDER brings it to today's layout."
        yield Problem(name, 1, "", "error", "no such file is known, so it is not read", hint)
