"""Reads one YAML file as texts, lists and mappings, with the line of each.

No types are guessed: every scalar stays a text (`no` and `6:30`, too). Anchors, aliases, tags and several documents are
refused, and so are files that are too big or nested too deep.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.library.problems import Problem

MAX_BYTES = 1_000_000  # of a file
MAX_DEPTH = 12  # levels of lists and mappings
MAX_NODES = 50_000  # scalars, lists and mappings of a file

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

Steps = tuple[str | int, ...]  # the keys and indexes that lead to a node


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of a file. `lines` has the line of every key and list item, counted from 1, by its steps."""

    file: str
    data: Any
    lines: Mapping[Steps, int]

    def line(self, steps: Steps) -> int:
        """Return the line at these steps, or else the line of the nearest node around them."""
        while steps not in self.lines:
            if not steps:
                return 1
            steps = steps[:-1]
        return self.lines[steps]


def parse(file: str, content: bytes) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Return the content of the file named `file`, or None if it cannot be read, and every problem of its form."""
    if len(content) > MAX_BYTES:
        text = f"the file is too big, over {MAX_BYTES:,} bytes"
        return None, (Problem(file, 1, "", "error", text, "Split it into smaller files."),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "Save it with the encoding UTF-8."
        return None, (Problem(file, line, "", "error", "the file is not UTF-8 text", hint),)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        builder.problems.append(_broken(file, text, error))
        return None, tuple(builder.problems)
    except _TooMuchError as error:
        builder.problems.append(error.problem)
        return None, tuple(builder.problems)
    if builder.data is None:
        builder.problem(1, "the file is empty", "Fill it or delete it.")
        return None, tuple(builder.problems)
    return Tree(file, builder.data, builder.lines), tuple(builder.problems)


class _TooMuchError(Exception):
    """The file is too deep, too large or has something that ends the reading of it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """An open list or mapping and, for a mapping, the key whose value comes next."""

    steps: Steps
    content: list[Any] | dict[str, Any]
    key: str | None = None
    repeated: bool = False  # the key is a repeated one, whose value is dropped


@dataclass(slots=True)
class _Builder:
    """Builds the data from one event after another, without recursion, so that deep files cannot overflow the stack."""

    file: str
    data: Any = None
    lines: dict[Steps, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def take(self, event: Event) -> None:
        """Add one event. Raises _TooMuchError if the file is to be refused as a whole."""
        if isinstance(event, ScalarEvent):
            self._node(event)
            self._scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._node(event)
            self._open(event, {} if isinstance(event, MappingStartEvent) else [])
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, AliasEvent):
            hint = "Write the content out in full."
            self.problem(_line(event), f'the alias "*{event.anchor}" is not allowed here', hint)
            self._scalar(ScalarEvent(None, None, (True, False), "", event.start_mark, event.end_mark))
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(event, "a second document starts here", 'Remove the "---" or use a second file.')

    def problem(self, line: int, text: str, hint: str) -> None:
        """Add an error of the entry that is open."""
        steps = self.stack[-1].steps if self.stack else ()
        entry = steps[0] if steps else self.stack[0].key if self.stack else ""
        entry = entry if isinstance(entry, str) else ""  # an index of a list is no name
        self.problems.append(Problem(self.file, line, entry, "error", text, hint))

    def _refuse(self, event: Event, text: str, hint: str) -> None:
        raise _TooMuchError(Problem(self.file, _line(event), "", "error", text, hint))

    def _node(self, event: NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, f"the file has over {MAX_NODES:,} values", "Split it into smaller files.")
        if event.anchor is not None:
            self.problem(_line(event), f'the anchor "&{event.anchor}" is not allowed here', "Remove it.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.problem(_line(event), f'the tag "{tag}" is not allowed here', "Remove it, everything is read as text.")

    def _scalar(self, event: ScalarEvent) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.content, dict) and top.key is None:
            self._key(top, event)
        else:
            self._put(event, event.value)

    def _key(self, top: _Open, event: ScalarEvent) -> None:
        key = str(event.value)
        top.repeated = key in top.content
        if top.repeated:
            first = self.lines[(*top.steps, key)]
            hint = f"Line {first} has it already. Keep one."
            self.problem(_line(event), f'the key "{key}" stands here twice', hint)
        else:
            self.lines[(*top.steps, key)] = _line(event)
        top.key = key

    def _open(self, event: NodeEvent, content: list[Any] | dict[str, Any]) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.content, dict) and top.key is None:
            self._refuse(event, "a list or mapping cannot be a key", "Put what stands before the colon into quotes.")
        if len(self.stack) >= MAX_DEPTH:
            hint = "Check the indentation and brackets."
            self._refuse(event, f"the file is nested over {MAX_DEPTH} levels deep", hint)
        self.stack.append(_Open(self._put(event, content), content))

    def _put(self, event: Event, value: object) -> Steps:
        """Put a value into the open list or mapping, and return its steps."""
        if not self.stack:
            self.data = value
            return ()
        top = self.stack[-1]
        if isinstance(top.content, list):
            steps = (*top.steps, len(top.content))
            top.content.append(value)
            self.lines[steps] = _line(event)
            return steps
        key, top.key = str(top.key), None
        if not top.repeated:
            top.content[key] = value
        return (*top.steps, key)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _broken(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """Return the error of the YAML parser as a problem, with the usual cause as the hint."""
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if position else 1
    line = min(line, text.count("\n", 0, len(text.rstrip())) + 1)
    fault = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    written = text.splitlines()[line - 1 : line]
    if written and "\t" in written[0]:
        hint = "There is a tab in this line. Use spaces instead."
    else:
        hint = "Check the indentation, quotes and colons here and in the line before."
    return Problem(file, line, "", "error", f"broken YAML: {fault}", hint)
