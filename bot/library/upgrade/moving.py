"""Brings the files of an earlier release into today's layout, with today's names of concepts."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.library.errors import UpgradeError
from bot.library.formatting.nodes import Document, Node, Pairs, Scalar, read_nodes
from bot.library.reading.folder import Files
from bot.library.reading.layout import FileKind, kinds, languages, matches
from bot.library.reading.yaml_file import parse

if TYPE_CHECKING:
    from bot.library.problems import Problem

Documents = dict[str, Document]
_SIGNS = re.compile(r"(texts/[^/]+/signs)\.yaml")  # one file for all red flags, up to 0.1.0
_NAME = re.compile(r"(?<![A-Za-z0-9_])[a-z0-9]+(?:_[a-z0-9]+)+(?![A-Za-z0-9_])")

_EMPTY = Document(Pairs(), [])

Place = tuple[str, str, str]  # the pattern of a kind of file, the key in it, and the id of an entry


def has_earlier_layout(files: Files) -> bool:
    """Whether the files have the layout of 0.1.0."""
    return any(_SIGNS.fullmatch(name) for name in files)


def documents(files: Files, renamed: Mapping[str, str]) -> Documents:
    """Return the YAML files as nodes by name, with new names of concepts. Raises UpgradeError if one is faulty."""
    found: Documents = {}
    problems: list[Problem] = []
    for name, content in files.items():
        if not name.endswith(".yaml"):
            continue
        tree, faults = parse(name, content)
        problems += faults
        if tree is not None and not faults:
            text = content.decode("utf-8-sig")
            found[name] = read_nodes(_with_new_names(text, renamed) if name.startswith("texts/") else text)
    if problems:
        raise UpgradeError(problems)
    return found


def concepts_in(files: Documents) -> set[str]:
    """Return the concepts of all languages."""
    return {
        key.text
        for document in files.values()
        for section, entries in _top(document)
        if section.text == "concepts" and isinstance(entries, Pairs)
        for key, _ in entries.pairs
    }


def in_todays_layout(files: Documents, today: Documents, earlier: Documents) -> Documents:
    """Return the same entries, each in the file where today's knowledge has it.

    Lists of the vocabulary may be spread over files; what an operator has added in a file where `earlier` does not
    have the entry stays in that file.
    """
    layout = kinds(languages([*files, *today]))
    homes = _homes(today, layout)
    moved: Documents = {}
    for name, document in files.items():
        signs = _SIGNS.fullmatch(name)
        if signs:
            for key, value in _top(document):
                _container(moved, f"{signs[1]}/{key.text}.yaml", "").pairs.append((key, value))
            continue
        target = moved.setdefault(name, Document(Pairs(), []))
        target.end += document.end
        kind = next((kind for kind in layout if matches(name, kind) and "*" in kind.pattern), None)
        if kind is None or not isinstance(document.root, Pairs):
            target.root = document.root
            continue
        joined = {part.under for part in kind.parts if part.merged}
        shipped = {(under, key.text) for under, key, _ in _entries(earlier.get(name, _EMPTY), kind)}
        for under, key, value in _entries(document, kind):
            stays = under in joined and (under, key.text) not in shipped
            home = name if stays else homes.get((kind.pattern, under, key.text), name)
            _container(moved, home or name, under).pairs.append((key, value))
    return {name: document for name, document in moved.items() if _has_content(document)}


def _with_new_names(text: str, renamed: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: renamed.get(found[0], found[0]), text)


def _homes(today: Documents, layout: tuple[FileKind, ...]) -> dict[Place, str]:
    """Return the file of each entry, or empty if several files have it."""
    homes: dict[Place, str] = {}
    for name, document in today.items():
        for kind in layout:
            if "*" in kind.pattern and matches(name, kind):
                for under, key, _ in _entries(document, kind):
                    place = (kind.pattern, under, key.text)
                    homes[place] = "" if place in homes else name
    return homes


def _entries(document: Document, kind: FileKind) -> Iterator[tuple[str, Scalar, Node]]:
    """Yield the section (empty if the file has only one), the key and the value of each entry."""
    keyed = bool(kind.parts[0].under)
    whole = {part.under for part in kind.parts if part.whole}
    for key, value in _top(document):
        if keyed and isinstance(value, Pairs) and key.text not in whole:
            for inner, entry in value.pairs:
                yield key.text, inner, entry
        else:
            yield "", key, value


def _container(files: Documents, name: str, under: str) -> Pairs:
    """Return the mapping of a section, or of the whole file if `under` is empty. It is added if there is none."""
    root = files.setdefault(name, Document(Pairs(), [])).root
    assert isinstance(root, Pairs)
    if not under:
        return root
    for key, value in root.pairs:
        if key.text == under and isinstance(value, Pairs):
            return value
    value = Pairs()
    root.pairs.append((Scalar(text=under), value))
    return value


def _top(document: Document) -> list[tuple[Scalar, Node]]:
    return document.root.pairs if isinstance(document.root, Pairs) else []


def _has_content(document: Document) -> bool:
    return not isinstance(document.root, Pairs) or bool(document.root.pairs)
