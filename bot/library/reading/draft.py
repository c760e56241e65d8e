"""A knowledge folder as it was read, including its faults. The checks work on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.entries import Entry, entries_of
from bot.library.reading.folder import EXAMPLES, MODEL, PICTURES, Files
from bot.library.reading.layout import FileKind, kinds, languages, matches
from bot.library.reading.minimum.built_in import Minimum, Minimums, minimums
from bot.library.reading.yaml_file import parse

BASE = "en"  # the language that must be there; the others are compared with it


@dataclass(frozen=True, slots=True)
class Draft:
    """All entries by section and id. Sections of texts have names like `en/points`.

    `incomplete` are sections with a file that is missing or could not be read: no entry of theirs may be called unknown
    or missing. `minimums` is what the program requires of the texts, by language.
    """

    files: Files
    languages: tuple[str, ...]
    sections: Mapping[str, Mapping[str, Entry]]
    incomplete: frozenset[str]
    minimums: Minimums = field(default_factory=minimums)

    def entries(self, section: str) -> Mapping[str, Entry]:
        """Return the entries of a section by id, including invalid ones. Empty if there is no such section."""
        return self.sections.get(section, {})

    def sound(self, section: str) -> dict[str, Any]:
        """Return the values of the valid entries of a section by id."""
        return {id_: entry.value for id_, entry in self.entries(section).items() if entry.value is not None}

    def known(self, section: str, id_: str) -> bool:
        """Whether the section has such an entry, or might have it in a file that could not be read."""
        return section in self.incomplete or id_ in self.entries(section)

    def guarded(self) -> Iterator[tuple[str, Minimum]]:
        """Yield each language that has a minimum, with it. Another check refuses languages without one."""
        return ((language, self.minimums[language]) for language in self.languages if language in self.minimums)


def read(files: Files) -> tuple[Draft, list[Problem]]:
    """Return the files as a draft, and every fault of their form. `files` has contents by name."""
    spoken = tuple(sorted({BASE, *languages(list(files))}))
    reader = _DraftReader({}, set(), [])
    layout = kinds(spoken)
    for kind in layout:
        names = [name for name in files if matches(name, kind)]
        for name in names:
            reader.file(name, files[name], kind)
        if not names:
            reader.missing(kind)
    reader.problems.extend(_unknown_files(files, layout, spoken))
    return Draft(files, spoken, reader.sections, frozenset(reader.incomplete)), reader.problems


@dataclass(frozen=True, slots=True)
class _DraftReader:
    """Collects the entries and problems of one file after another."""

    sections: dict[str, dict[str, Entry]]
    incomplete: set[str]
    problems: list[Problem]

    def file(self, name: str, content: bytes, kind: FileKind) -> None:
        """Add the entries of a file, and its problems."""
        tree, faults = parse(name, content)
        self.problems.extend(faults)
        merged = {part.section for part in kind.parts if part.merged}
        if tree is None:
            self.incomplete.update(part.section for part in kind.parts)
            return
        seen = {fault.line for fault in faults}  # a refused alias leaves an empty value, which is no second fault
        for item in entries_of(tree, kind.parts):
            if isinstance(item, Entry):
                self._add(item, join=item.section in merged)
            elif item.line not in seen:
                self.problems.append(item)

    def missing(self, kind: FileKind) -> None:
        """Report that there is no file of this kind."""
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


def _unknown_files(files: Files, layout: tuple[FileKind, ...], spoken: tuple[str, ...]) -> Iterator[Problem]:
    """Report files that are not read, or a misspelled name would silently lose an editor's work."""
    patterns = [kind.pattern for kind in layout]
    for name in files:
        if name.startswith(PICTURES) or _is_of_examples(name, spoken) or any(matches(name, kind) for kind in layout):
            continue
        hint = did_you_mean(name, patterns, "Move or remove it.")
        if name.endswith("/signs.yaml"):
            hint = "The folder is of 0.1.0: python -m bot upgrade-knowledge FOLDER brings it to today's layout."
        yield Problem(name, 1, "", "error", "no such file is known, so it is not read", hint)


def _is_of_examples(name: str, spoken: tuple[str, ...]) -> bool:
    folder, _, file = name.rpartition("/")
    if folder not in {f"{EXAMPLES}{language}" for language in spoken}:
        return False
    return file.endswith(".txt") or file == MODEL
