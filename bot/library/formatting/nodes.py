"""Reads a YAML file as nodes that keep their comments, for writing it again.

The text must have been accepted by `yaml_file.parse`: it has no anchors, tags or second documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_BLOCK_TEXT = ("|", ">")


@dataclass(slots=True)
class Node:
    """The comments of a node: whole lines above it ("" for a blank line), and the one behind it, or empty."""

    above: list[str] = field(default_factory=list)
    behind: str = ""


@dataclass(slots=True)
class Scalar(Node):
    """A text, as it is without quotes."""

    text: str = ""


@dataclass(slots=True)
class Items(Node):
    """A list."""

    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Pairs(Node):
    """A mapping in the order of the file. `braces` says whether it is written as `{a: b}`.

    Comments above a pair belong to its key.
    """

    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    braces: bool = False


@dataclass(slots=True)
class Document:
    """A whole file. `end` has the lines of comment below the last node."""

    root: Node
    end: list[str]


def read_nodes(text: str) -> Document:
    """Return the content of a file as nodes."""
    events = list(yaml.parse(text, Loader=_LOADER))
    comments = list(_comments(text, events))
    reader = _Reader(events, comments)
    root = reader.node()
    return Document(root, [comment.text for comment in reader.rest()])


def data_of(node: Node) -> object:
    """Return the data of the node: a text, a list or a mapping."""
    if isinstance(node, Items):
        return [data_of(each) for each in node.nodes]
    if isinstance(node, Pairs):
        return {key.text: data_of(value) for key, value in node.pairs}
    return node.text if isinstance(node, Scalar) else None


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str  # from its "#", or "" for a blank line
    line: int  # counted from 0
    own: bool  # nothing else is on its line


class _Reader:
    """Builds nodes from events. Each comment goes to the node behind it on the same line, or below it."""

    def __init__(self, events: list[Event], comments: list[_Comment]) -> None:
        self._events = iter([event for event in events if isinstance(event, NodeEvent | CollectionEndEvent)])
        self._own = [comment for comment in comments if comment.own]
        self._behind = {comment.line: comment.text for comment in comments if not comment.own}
        self._ends = _flow_ends(events)
        self._next = 0  # index of the first of `_own` that no node has yet
        self._flow_ends: list[int] = []  # the last line of each open bracket or brace, the outermost first

    def node(self) -> Node:
        """Return the root node, and all within it."""
        event = next(self._events)
        return self._node(event)

    def rest(self) -> list[_Comment]:
        """Return the comments below the last node. Call it after `node`."""
        found, self._next = self._own[self._next :], len(self._own)
        while found and not found[-1].text:
            found.pop()
        return found

    def _node(self, event: Event) -> Node:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        assert isinstance(event, CollectionStartEvent)  # the file has been parsed before
        above = self._above(event) if event.flow_style else []
        behind = ""
        if event.flow_style:
            self._flow_ends.append(self._ends[_at(event.start_mark).index])
            behind = self._behind.pop(self._flow_ends[0], "")
        if isinstance(event, MappingStartEvent):
            node: Node = Pairs(above, behind, list(self._pairs()), bool(event.flow_style))
        else:
            node = Items(above, behind, list(self._items()))
        if event.flow_style:
            self._flow_ends.pop()
        return node

    def _items(self) -> Iterator[Node]:
        for event in self._inner():
            above = self._above(event)
            node = self._node(event)
            _put_above(node, above)
            yield node

    def _pairs(self) -> Iterator[tuple[Scalar, Node]]:
        for event in self._inner():
            assert isinstance(event, ScalarEvent)  # no list or mapping is a key
            key = self._scalar(event)
            value = self._node(next(self._events))
            yield key, value

    def _inner(self) -> Iterator[Event]:
        for event in self._events:
            if isinstance(event, CollectionEndEvent):
                return
            yield event

    def _scalar(self, event: ScalarEvent) -> Scalar:
        above = self._above(event)
        line = _last_line(event)
        behind = "" if line in self._flow_ends else self._behind.pop(line, "")
        return Scalar(above, behind, str(event.value))

    def _above(self, event: Event) -> list[str]:
        found: list[str] = []
        while self._next < len(self._own) and self._own[self._next].line < _at(event.start_mark).line:
            text = self._own[self._next].text
            if text or not found or found[-1]:
                found.append(text)
            self._next += 1
        return found


def _put_above(node: Node, lines: list[str]) -> None:
    """Put the lines above a list item: in a mapping without braces, above its first key."""
    if isinstance(node, Pairs) and node.pairs and not node.braces:
        key = node.pairs[0][0]
        key.above = lines + key.above
    else:
        node.above = lines + node.above


def _comments(text: str, events: list[Event]) -> Iterator[_Comment]:
    """Yield every comment and every blank line outside scalars, in the order of the file."""
    texts = [event for event in events if isinstance(event, ScalarEvent)]
    masked = list(text)
    for start, end in (_span(text, event) for event in texts):
        masked[start:end] = ["\n" if char == "\n" else "\0" for char in text[start:end]]
    taken = {_last_line(event) for event in texts} | {*_flow_ends(events).values()}
    inside = {line for event in texts for line in _inside(text, event)}
    lines = "".join(masked).split("\n")
    for number, (seen, written) in enumerate(zip(lines, text.split("\n"), strict=True)):
        at = seen.find("#")
        if at >= 0:
            yield _Comment(written[at:].rstrip(), number, own=number not in taken)
        elif not seen.strip() and number not in inside:
            yield _Comment("", number, own=True)


class _Mark(Protocol):
    index: int  # characters before it
    line: int  # lines before it


def _at(mark: _Mark | None) -> _Mark:
    """Return the mark, which is always there in events parsed from text."""
    assert mark is not None
    return mark


def _last_line(event: ScalarEvent) -> int:
    """Return the line, counted from 0, on which a comment on this scalar would be."""
    return _at(event.start_mark if event.style in _BLOCK_TEXT else event.end_mark).line


def _flow_ends(events: list[Event]) -> dict[int, int]:
    """Return the last line of each flow collection (in brackets or braces) by the index of its first character."""
    ends: dict[int, int] = {}
    opened: list[CollectionStartEvent] = []
    for event in events:
        if isinstance(event, CollectionStartEvent):
            opened.append(event)
        elif isinstance(event, CollectionEndEvent):
            start = opened.pop()
            if start.flow_style:
                ends[_at(start.start_mark).index] = _at(event.end_mark).line
    return ends


def _span(text: str, event: ScalarEvent) -> tuple[int, int]:
    """Return where a scalar begins and ends in the text.

    One in block style begins below its `|` or `>`, for a comment may be behind that sign.
    """
    start, end = _at(event.start_mark).index, _at(event.end_mark).index
    if event.style in _BLOCK_TEXT:
        start = text.find("\n", start) if "\n" in text[start:end] else end
    return start, end


def _inside(text: str, event: ScalarEvent) -> range:
    """Return the lines, counted from 0, that begin within a scalar. Blank lines below it do not count."""
    first = _at(event.start_mark).line
    written = text[_at(event.start_mark).index : _at(event.end_mark).index].rstrip()
    return range(first + 1, first + 1 + written.count("\n"))
