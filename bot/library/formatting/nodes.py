"""A YAML file as nodes that keep their comments, for writing the file again.

Only for text that `yaml_file.parse` has accepted: no anchors, tags or second documents.
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
    """What every node carries: whole lines of comment above it ("" for a blank line), and one behind it."""

    above: list[str] = field(default_factory=list)
    behind: str = ""


@dataclass(slots=True)
class Scalar(Node):
    text: str = ""


@dataclass(slots=True)
class Items(Node):
    """A list."""

    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Pairs(Node):
    """A mapping in the order of the file. `braces`: written as `{a: b}`. Comments above a pair are the key's."""

    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    braces: bool = False


@dataclass(slots=True)
class Document:
    root: Node
    end: list[str]  # comment lines below everything


def read_nodes(text: str) -> Document:
    """The nodes of a file that holds one document."""
    events = list(yaml.parse(text, Loader=_LOADER))
    comments = list(_comments(text, events))
    reader = _Reader(events, comments)
    root = reader.node()
    return Document(root, [comment.text for comment in reader.rest()])


def data_of(node: Node) -> object:
    """The node as plain text, lists and mappings."""
    if isinstance(node, Items):
        return [data_of(each) for each in node.nodes]
    if isinstance(node, Pairs):
        return {key.text: data_of(value) for key, value in node.pairs}
    return node.text if isinstance(node, Scalar) else None


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str  # from its "#", or "" for a blank line
    line: int  # counted from 0
    own: bool  # nothing else stands on its line


class _Reader:
    """Builds nodes from events, and gives every comment to the node that follows it or shares its line."""

    def __init__(self, events: list[Event], comments: list[_Comment]) -> None:
        self._events = iter([event for event in events if isinstance(event, NodeEvent | CollectionEndEvent)])
        self._own = [comment for comment in comments if comment.own]
        self._behind = {comment.line: comment.text for comment in comments if not comment.own}
        self._ends = _flow_ends(events)
        self._next = 0  # the first of `_own` that has not been given away
        self._flow_ends: list[int] = []  # the last lines of the brackets and braces that are open

    def node(self) -> Node:
        event = next(self._events)
        return self._node(event)

    def rest(self) -> list[_Comment]:
        """The comments that stand below the last node."""
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
    """Lines above a list item stand above the first thing that is written of it."""
    if isinstance(node, Pairs) and node.pairs and not node.braces:
        key = node.pairs[0][0]
        key.above = lines + key.above
    else:
        node.above = lines + node.above


def _comments(text: str, events: list[Event]) -> Iterator[_Comment]:
    """Every comment and every blank line outside texts, in order."""
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
    """Where something begins or ends, which the reader of a text always says."""
    assert mark is not None
    return mark


def _last_line(event: ScalarEvent) -> int:
    """The line behind which a comment on a text stands."""
    return _at(event.start_mark if event.style in _BLOCK_TEXT else event.end_mark).line


def _flow_ends(events: list[Event]) -> dict[int, int]:
    """The last line of each list in brackets and mapping in braces, by where it begins."""
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
    """Where a text stands; of one in `|` or `>` only what lies below that sign, where a comment may stand."""
    start, end = _at(event.start_mark).index, _at(event.end_mark).index
    if event.style in _BLOCK_TEXT:
        start = text.find("\n", start) if "\n" in text[start:end] else end
    return start, end


def _inside(text: str, event: ScalarEvent) -> range:
    """The lines, counted from 0, that begin within a text. Blank lines below it are not part of it."""
    first = _at(event.start_mark).line
    written = text[_at(event.start_mark).index : _at(event.end_mark).index].rstrip()
    return range(first + 1, first + 1 + written.count("\n"))
