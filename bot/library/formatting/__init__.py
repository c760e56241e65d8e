"""`bot format`: writes every knowledge file in one style, so that diffs are short and merges can be resolved."""

from bot.library.formatting.nodes import data_of, read_nodes
from bot.library.formatting.order import sort_lists
from bot.library.formatting.writer import text_of
from bot.library.problems import Problem
from bot.library.reading.yaml_file import parse

_SORTED = "vocabulary/"  # the folder whose files have lists that are sorted


def formatted(name: str, content: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the content of the file `name` in the one style, and no problems; or it unchanged, and its problems.

    Data and comments stay the same, except that lists whose order has no meaning are sorted.
    """
    tree, faults = parse(name, content)
    if tree is None or faults:
        return content, faults
    document = read_nodes(content.decode("utf-8-sig"))
    same = data_of(document.root) == tree.data
    if f"/{_SORTED}" in name:
        sort_lists(document.root)
    meant = data_of(document.root)
    new = text_of(document).encode()
    again, faults = parse(name, new)
    if not same or again is None or faults or again.data != meant:
        text = "the file cannot be written in the one way without changing what it says"
        return content, (Problem(name, 1, "", "error", text, "Please report this with the file."),)
    return new, ()
