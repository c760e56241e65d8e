"""Merges an operator's file with today's, entry by entry and line by line; the earlier release is the common base."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain.understanding.pattern_syntax import WEAK
from bot.library.formatting.nodes import Document, Items, Node, Pairs, Scalar, data_of
from bot.library.upgrade.notes import Notes

Path = tuple[str, ...]
_IDS = ("id", "case", "match")  # keys that identify a mapping in a list
_SHOWN = 80  # characters of a text quoted in a note


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges the nodes of one file. `guarded` says whether what is at a path may not be removed."""

    file: str
    guarded: Callable[[Path], bool]
    notes: Notes

    def document(self, base: Document | None, theirs: Document, ours: Document) -> Document:
        """Return today's document with the operator's changes, including comments. `base` is None for a new file."""
        root = self.node(base.root if base else None, theirs.root, ours.root, ())
        merged = Document(root or theirs.root, list(ours.end))
        _keep_comments(base, theirs, merged)
        return merged

    def node(self, base: Node | None, theirs: Node | None, ours: Node | None, path: Path) -> Node | None:
        """Return the merged node. None means that there is no node, in the arguments and the result."""
        if _same(theirs, base) or _same(theirs, ours):
            return ours
        if isinstance(theirs, Pairs) and isinstance(ours, Pairs):
            return self._pairs(base if isinstance(base, Pairs) else Pairs(), theirs, ours, path)
        if isinstance(theirs, Items) and isinstance(ours, Items):
            return self._items(base if isinstance(base, Items) else Items(), theirs, ours, path)
        if theirs is None:
            return self._without(ours, path)
        note = self.notes.edits if (base is None and ours is None) or _same(ours, base) else self.notes.undecided
        note.append(self._described(path, theirs))
        return theirs

    def _without(self, ours: Node | None, path: Path) -> Node | None:
        """Return the node for what the operator has removed: today's if it is guarded, else None."""
        if ours is None:
            return None
        if self.guarded(path):
            self.notes.restored.append(self._described(path, None))
            return ours
        self.notes.removed.append(self._described(path, None))
        return None

    def _pairs(self, base: Pairs, theirs: Pairs, ours: Pairs, path: Path) -> Pairs:
        before, edited, today = (_by_key(each) for each in (base, theirs, ours))
        keys = {**{key.text: key for key, _ in theirs.pairs}, **{key.text: key for key, _ in ours.pairs}}
        pairs: list[tuple[Scalar, Node]] = []
        for name in (*today, *(name for name in edited if name not in today)):
            value = self.node(before.get(name), edited.get(name), today.get(name), (*path, name))
            if value is not None:
                pairs.append((keys[name], value))
        return Pairs(ours.above, ours.behind, pairs, ours.braces)

    def _items(self, base: Items, theirs: Items, ours: Items, path: Path) -> Items:
        before, edited, today = (_by_id(each) for each in (base, theirs, ours))
        if [*edited] != [*before] and edited.keys() == before.keys():
            return self._in_their_order(theirs, edited, before, today, path)
        nodes: list[Node] = []
        for name in today:
            node = self.node(before.get(name), edited.get(name), today[name], (*path, name))
            if node is not None:
                nodes.append(node)
        for name in (name for name in edited if name not in today):
            node = self.node(before.get(name), edited[name], None, (*path, name))
            if node is not None:
                nodes.append(node)
        self._note_reworded(before, edited, today, path)
        if _same(base, ours) and not self.guarded(path):
            return theirs
        return Items(ours.above, ours.behind, nodes)

    def _in_their_order(
        self, theirs: Items, edited: dict[str, Node], before: dict[str, Node], today: dict[str, Node], path: Path
    ) -> Items:
        """Merge a list that the operator has only put into another order. What is new today is added at the end."""
        new = [node for name, node in today.items() if name not in before]
        gone = [name for name in edited if name not in today]
        (self.notes.undecided if new or gone else self.notes.edits).append(self._described(path, None) + " (the order)")
        nodes = [
            merged
            for name, node in edited.items()
            if (merged := self.node(before[name], node, today.get(name), (*path, name))) is not None
        ]
        return Items(theirs.above, theirs.behind, [*nodes, *new])

    def _note_reworded(
        self, before: dict[str, Node], edited: dict[str, Node], today: dict[str, Node], path: Path
    ) -> None:
        """Note lines that both the operator and today's release have replaced: the list has both new ones."""
        both = [name for name in before if name not in edited and name not in today]
        if both and edited.keys() - before.keys() and today.keys() - before.keys():
            place = self._described(path, None)
            self.notes.undecided += [f'{place}: "{name[:_SHOWN]}" was replaced by you and by us' for name in both]

    def _described(self, path: Path, node: Node | None) -> str:
        text = node.text if isinstance(node, Scalar) and (not path or node.text != path[-1]) else ""
        steps = " > ".join(step[:_SHOWN] for step in path)
        return f"{self.file}: {steps}" + (f": {text[:_SHOWN]}" if text else "")


def _same(one: Node | None, other: Node | None) -> bool:
    if one is None or other is None:
        return one is other
    return data_of(one) == data_of(other)


def _by_key(node: Pairs) -> dict[str, Node]:
    return {key.text: value for key, value in node.pairs}


def _by_id(node: Items) -> dict[str, Node]:
    """Return the items by id; of two with the same id the first."""
    found: dict[str, Node] = {}
    for each in node.nodes:
        found.setdefault(_id(each), each)
    return found


def _id(node: Node) -> str:
    """Return what identifies an item of a list: its text, or the value of its key in _IDS, or else its data.

    A sign that has become weak, or is weak no longer, is the same sign.
    """
    if isinstance(node, Scalar):
        return node.text.removeprefix(f"{WEAK}: ")
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            if key.text in _IDS and isinstance(value, Scalar):
                return value.text
    return repr(data_of(node))


def _keep_comments(base: Document | None, theirs: Document, merged: Document) -> None:
    """Put the operator's own comments above the same nodes as before, or at the end if such a node is gone."""
    shipped = {line for _, holder in _holders(base.root) for line in holder.above} if base else set()
    shipped.update(base.end if base else ())
    merged_holders = dict(_holders(merged.root))
    for path, holder in _holders(theirs.root):
        own = [line for line in holder.above if line and line not in shipped]
        target = merged_holders.get(path)
        new = [line for line in own if target is None or line not in target.above]
        if target is None:
            merged.end += [line for line in new if line not in merged.end]
        else:
            target.above = [*new, *target.above]
            target.behind = target.behind or holder.behind
    merged.end += [line for line in theirs.end if line and line not in shipped and line not in merged.end]


def _holders(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every node that may have comments above it, with its path."""
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            yield (*path, key.text), key
            yield from _holders(value, (*path, key.text))
    elif isinstance(node, Items):
        for each in node.nodes:
            if isinstance(each, Scalar) or (isinstance(each, Pairs) and each.braces):
                yield (*path, _id(each)), each
            yield from _holders(each, (*path, _id(each)))
