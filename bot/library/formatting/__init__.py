"""`bot format`: one way of writing every knowledge file, so that changes are short diffs and merges can be resolved."""

from bot.library.formatting.nodes import data_of, read_nodes
from bot.library.formatting.order import sort_lists
from bot.library.formatting.writer import written
from bot.library.problems import Problem
from bot.library.reading.yaml_file import parse

FORMATTED = "vocabulary/"  # the folder whose files have lists that are sorted


def formatted(name: str, content: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """A file in the one way of writing it; unchanged where it has faults, which are told.

    What the file says stays the same, down to every comment; only lists whose order means nothing are sorted.
    """
    tree, faults = parse(name, content)
    if tree is None or faults:
        return content, faults
    document = read_nodes(content.decode("utf-8-sig"))
    same = data_of(document.root) == tree.data
    if f"/{FORMATTED}" in name:
        sort_lists(document.root)
    meant = data_of(document.root)
    new = written(document).encode()
    again, faults = parse(name, new)
    if not same or again is None or faults or again.data != meant:
        text = "the file cannot be written in the one way without changing what it says"
        return content, (Problem(name, 1, "", "error", text, "Please report this with the file."),)
    return new, ()
