"""A file of an operator merged with today's, entry by entry and line by line, with the release both came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.library.formatting.nodes import Document, Items, Node, Pairs, Scalar, data_of
from bot.library.upgrade.notes import Notes

Path = tuple[str, ...]
_IDS = ("id", "case", "match")  # the keys by which mappings in a list are known
_SHOWN = 80  # characters of a text that a note quotes


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges the nodes of one file. `guarded` says which entries may not be removed, nor lines of theirs."""

    file: str
    guarded: Callable[[Path], bool]
    notes: Notes

    def document(self, base: Document | None, theirs: Document, ours: Document) -> Document:
        """Today's document with what the operator has changed, comments included."""
        root = self.node(base.root if base else None, theirs.root, ours.root, ())
        merged = Document(root or theirs.root, list(ours.end))
        _keep_comments(base, theirs, merged)
        return merged

    def node(self, base: Node | None, theirs: Node | None, ours: Node | None, path: Path) -> Node | None:
        """None stands for what is not there."""
        if _same(theirs, base) or _same(theirs, ours):
            return ours
        if isinstance(theirs, Pairs) and isinstance(ours, Pairs):
            return self._pairs(base if isinstance(base, Pairs) else Pairs(), theirs, ours, path)
        if isinstance(theirs, Items) and isinstance(ours, Items):
            return self._items(base if isinstance(base, Items) else Items(), theirs, ours, path)
        if theirs is None:
            return self._without(ours, path)
        note = self.notes.edits if (base is None and ours is None) or _same(ours, base) else self.notes.undecided
        note.append(self._told(path, theirs))
        return theirs

    def _without(self, ours: Node | None, path: Path) -> Node | None:
        """What the operator has removed, and the release had."""
        if ours is None:
            return None
        if self.guarded(path):
            self.notes.restored.append(self._told(path, None))
            return ours
        self.notes.removed.append(self._told(path, None))
        return None

    def _pairs(self, base: Pairs, theirs: Pairs, ours: Pairs, path: Path) -> Pairs:
        before, kept, today = (_by_key(each) for each in (base, theirs, ours))
        keys = {**{key.text: key for key, _ in theirs.pairs}, **{key.text: key for key, _ in ours.pairs}}
        pairs: list[tuple[Scalar, Node]] = []
        for name in (*today, *(name for name in kept if name not in today)):
            value = self.node(before.get(name), kept.get(name), today.get(name), (*path, name))
            if value is not None:
                pairs.append((keys[name], value))
        return Pairs(ours.above, ours.behind, pairs, ours.braces)

    def _items(self, base: Items, theirs: Items, ours: Items, path: Path) -> Items:
        before, kept, today = (_by_id(each) for each in (base, theirs, ours))
        if [*kept] != [*before] and kept.keys() == before.keys():
            return self._in_their_order(theirs, kept, before, today, path)
        nodes: list[Node] = []
        for name in today:
            node = self.node(before.get(name), kept.get(name), today[name], (*path, name))
            if node is not None:
                nodes.append(node)
        for name in (name for name in kept if name not in today):
            node = self.node(before.get(name), kept[name], None, (*path, name))
            if node is not None:
                nodes.append(node)
        self._tell_reworded(before, kept, today, path)
        if _same(base, ours) and not self.guarded(path):
            return theirs
        return Items(ours.above, ours.behind, nodes)

    def _in_their_order(
        self, theirs: Items, kept: dict[str, Node], before: dict[str, Node], today: dict[str, Node], path: Path
    ) -> Items:
        """The operator has put the same things into another order; what is new today comes behind them."""
        new = [node for name, node in today.items() if name not in before]
        gone = [name for name in kept if name not in today]
        (self.notes.undecided if new or gone else self.notes.edits).append(self._told(path, None) + " (the order)")
        nodes = [
            merged
            for name, node in kept.items()
            if (merged := self.node(before[name], node, today.get(name), (*path, name))) is not None
        ]
        return Items(theirs.above, theirs.behind, [*nodes, *new])

    def _tell_reworded(
        self, before: dict[str, Node], kept: dict[str, Node], today: dict[str, Node], path: Path
    ) -> None:
        """A line that the operator and today's release have both replaced now stands there in both wordings."""
        both = [name for name in before if name not in kept and name not in today]
        if both and kept.keys() - before.keys() and today.keys() - before.keys():
            place = self._told(path, None)
            self.notes.undecided += [f'{place}: "{name[:_SHOWN]}" was replaced by you and by us' for name in both]

    def _told(self, path: Path, node: Node | None) -> str:
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
    found: dict[str, Node] = {}
    for each in node.nodes:
        found.setdefault(_id(each), each)
    return found


def _id(node: Node) -> str:
    """The text of a line, or what a mapping in a list is known by."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            if key.text in _IDS and isinstance(value, Scalar):
                return value.text
    return repr(data_of(node))


def _keep_comments(base: Document | None, theirs: Document, merged: Document) -> None:
    """The comments of the operator's own stand above what they stood above, or at the end where that is gone."""
    shipped = {line for _, holder in _holders(base.root) for line in holder.above} if base else set()
    shipped.update(base.end if base else ())
    places = dict(_holders(merged.root))
    for path, holder in _holders(theirs.root):
        own = [line for line in holder.above if line and line not in shipped]
        place = places.get(path)
        new = [line for line in own if place is None or line not in place.above]
        if place is None:
            merged.end += [line for line in new if line not in merged.end]
        else:
            place.above = [*new, *place.above]
            place.behind = place.behind or holder.behind
    merged.end += [line for line in theirs.end if line and line not in shipped and line not in merged.end]


def _holders(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node above which comments may stand, by the steps that lead to it."""
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            yield (*path, key.text), key
            yield from _holders(value, (*path, key.text))
    elif isinstance(node, Items):
        for each in node.nodes:
            if isinstance(each, Scalar) or (isinstance(each, Pairs) and each.braces):
                yield (*path, _id(each)), each
            yield from _holders(each, (*path, _id(each)))
