"""Writes nodes as text, in the one style of the knowledge files.

* A list is on one line if it fits and has no pattern and no comment; else each item has its own line.
* A text that does not fit on its line is folded; one of several lines is a literal block.
* A mapping that had braces keeps them if it fits. There is at most one blank line between two things.
"""

import re
from collections.abc import Iterator, Sequence

from bot.library.formatting.nodes import Document, Items, Node, Pairs, Scalar
from bot.library.formatting.scalars import WIDTH, inline, several_lines

_STEP = 2  # blanks that each level is indented
_MARK = re.compile(r"#+ *")  # how a line of comment begins


def text_of(document: Document) -> str:
    """Return the content of the file."""
    lines = [*_block(document.root, 0), *_comments(document.end, 0)]
    return "\n".join(lines).strip("\n") + "\n"


def _block(node: Node, indent: int) -> Iterator[str]:
    """Yield the node on lines of its own."""
    if isinstance(node, Pairs) and node.pairs:
        for key, value in node.pairs:
            yield from _comments([*key.above, *value.above], indent)
            yield from _after(" " * indent + f"{inline(key.text)}:", key.behind, value, indent + _STEP)
    elif isinstance(node, Items) and node.nodes:
        for item in node.nodes:
            yield from _item(item, indent)
    else:
        yield " " * indent + _flat(node)


def _item(item: Node, indent: int) -> Iterator[str]:
    if isinstance(item, Pairs) and item.pairs and _on_one_line(item, indent + _STEP) is None:
        first, *more = item.pairs
        yield from _comments([*item.above, *first[0].above], indent)
        head, *rest = _block(Pairs(pairs=[(Scalar([], first[0].behind, first[0].text), first[1])]), indent + _STEP)
        yield " " * indent + "- " + head[indent + _STEP :]
        yield from rest
        if more:
            yield from _block(Pairs(pairs=more), indent + _STEP)
        return
    yield from _comments(item.above, indent)
    yield from _after(" " * indent + "-", "", item, indent + _STEP)


def _after(start: str, comment: str, node: Node, indent: int) -> Iterator[str]:
    """Yield the lines of a key or dash (`start`) with its value. `comment` is the one behind the key, or empty."""
    comment = " ".join(filter(None, (comment, node.behind)))
    behind = f"  {comment}" if comment else ""
    if isinstance(node, Scalar):
        opened = several_lines(node.text, len(start) + 1, indent)
        if opened is None:
            yield f"{start} {inline(node.text)}{behind}"
        else:
            yield f"{start} {opened[0]}{behind}"
            yield from opened[1:]
        return
    flat = _on_one_line(node, len(start) + 1)
    if flat is not None:
        yield f"{start} {flat}{behind}"
    else:
        yield start + behind
        yield from _block(node, indent)


def _on_one_line(node: Node, column: int) -> str | None:
    """Return a list or mapping on one line that begins at `column`, or None if it needs several lines."""
    if not _empty(node) and (_has_comment(node) or not _may_be_flat(node)):
        return None
    flat = _flat(node)
    return flat if _empty(node) or column + len(flat) <= WIDTH else None


def _empty(node: Node) -> bool:
    return not (node.nodes if isinstance(node, Items) else node.pairs if isinstance(node, Pairs) else [node])


def _may_be_flat(node: Node) -> bool:
    if isinstance(node, Items):
        return all(isinstance(each, Scalar) and "{" not in each.text and "\n" not in each.text for each in node.nodes)
    if isinstance(node, Pairs):
        return node.braces and all(_may_be_flat(value) for _, value in node.pairs)
    return isinstance(node, Scalar) and "\n" not in node.text


def _has_comment(node: Node) -> bool:
    """Whether there is a comment within the node, which needs several lines. Blank lines do not count."""
    inner: list[Node] = [*node.nodes] if isinstance(node, Items) else []
    inner += [each for pair in node.pairs for each in pair] if isinstance(node, Pairs) else []
    return any(each.behind or any(each.above) or _has_comment(each) for each in inner)


def _flat(node: Node) -> str:
    if isinstance(node, Items):
        return f"[{', '.join(map(_flat, node.nodes))}]"
    if isinstance(node, Pairs):
        return "{" + ", ".join(f"{inline(key.text, flow=True)}: {_flat(value)}" for key, value in node.pairs) + "}"
    return inline(node.text, flow=True) if isinstance(node, Scalar) else ""


def _comments(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Yield lines of comment at this indent. A line that is too long is broken between words."""
    for line in lines:
        room = WIDTH - indent
        rest = line
        mark = _MARK.match(line)
        while len(rest) > room and mark:
            cut = rest.rfind(" ", len(mark[0]), room + 1)
            if cut < 0:
                break
            yield " " * indent + rest[:cut].rstrip()
            rest = mark[0] + rest[cut:].lstrip()
        yield " " * indent + rest if rest else ""
