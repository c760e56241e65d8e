"""Turns trees into entries. Each entry has its place in the file, its raw content and, if valid, its value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.faults import fault_of
from bot.library.reading.layout import Section
from bot.library.reading.yaml_file import Steps, Tree


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file, at `steps` in `tree`. `raw` is its content as it is; `value` is None if that is invalid.

    `joined` are the entries of the same id in other files, whose lists `value` includes.
    """

    id: str
    section: str
    tree: Tree
    steps: Steps
    raw: Any
    value: Any
    joined: tuple["Entry", ...] = ()

    def problem(self, within: Steps, text: str, hint: str) -> Problem:
        """Return an error at the steps `within` this entry."""
        return Problem(self.tree.file, self.tree.line(self.steps + within), self.id, "error", text, hint)

    def warning(self, within: Steps, text: str, hint: str) -> Problem:
        """Return a warning at the steps `within` this entry."""
        return Problem(self.tree.file, self.tree.line(self.steps + within), self.id, "warning", text, hint)


def entries_of(tree: Tree, parts: Sequence[Section]) -> Iterator[Entry | Problem]:
    """Yield all entries of a file, and all faults in them."""
    if parts[0].under:
        yield from _parts_by_key(tree, parts)
    else:
        yield from _entries(tree, (), tree.data, parts[0])


def _parts_by_key(tree: Tree, parts: Sequence[Section]) -> Iterator[Entry | Problem]:
    if not isinstance(tree.data, dict):
        yield _shape(tree, (), "a mapping with keys")
        return
    names = [part.under for part in parts]
    for key in tree.data.keys() - set(names):
        hint = did_you_mean(key, names, "Remove it.")
        yield Problem(tree.file, tree.line((key,)), "", "error", f'unknown key "{key}"', hint)
    for part in parts:
        if part.under in tree.data:
            yield from _entries(tree, (part.under,), tree.data[part.under], part)
        elif not part.optional:
            yield Problem(tree.file, 1, "", "error", f'"{part.under}" is missing', f'Add a key "{part.under}:".')


def _entries(tree: Tree, steps: Steps, data: object, part: Section) -> Iterator[Entry | Problem]:
    if part.whole:
        yield from _entry(part.under, tree, steps, data, part)
    elif part.nested:
        yield from _leaves(tree, steps, data, part)
    elif part.listed:
        yield from _listed(tree, steps, data, part)
    elif isinstance(data, dict):
        for id_, raw in data.items():
            yield from _entry(id_, tree, (*steps, id_), raw, part)
    else:
        yield _shape(tree, steps, "a mapping from ids to entries")


def _listed(tree: Tree, steps: Steps, data: object, part: Section) -> Iterator[Entry | Problem]:
    if not isinstance(data, list):
        yield _shape(tree, steps, f'a list of entries with "{part.id_key}"')
        return
    for index, raw in enumerate(data):
        id_ = raw.get(part.id_key) if isinstance(raw, dict) else None
        yield from _entry(id_ if isinstance(id_, str) else f"entry {index + 1}", tree, (*steps, index), raw, part)


def _leaves(tree: Tree, steps: Steps, data: object, part: Section) -> Iterator[Entry | Problem]:
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from _leaves(tree, (*steps, key), inner, part)
    else:
        yield from _entry(".".join(map(str, steps)), tree, steps, data, part)


def _entry(id_: str, tree: Tree, steps: Steps, raw: object, part: Section) -> Iterator[Entry | Problem]:
    try:
        value = part.adapter.validate_python(raw)
    except ValidationError as error:
        yield Entry(id_, part.section, tree, steps, raw, None)
        for detail in error.errors(include_url=False):
            text, hint = fault_of(detail, part.adapter)
            yield Problem(tree.file, tree.line((*steps, *detail["loc"])), id_, "error", text, hint)
    else:
        yield Entry(id_, part.section, tree, steps, raw, value)


def _shape(tree: Tree, steps: Steps, wanted: str) -> Problem:
    hint = "Look at the same file of the shipped knowledge (copy-knowledge)."
    return Problem(tree.file, tree.line(steps), "", "error", f"expected {wanted} here", hint)
