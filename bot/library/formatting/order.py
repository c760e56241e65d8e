"""Sorts the lists of vocabulary files whose order has no meaning."""

from bot.library.formatting.nodes import Items, Node, Pairs, Scalar

_UNORDERED = ("groups", "forms", "accounts_for")
_CONCEPTS = "concepts"


def sort_lists(root: Node) -> None:
    """Sort such lists in place. A list with comments between its items keeps its order.

    Two items of a concept come first, unsorted: its first, which editors read as its name, and its first single word,
    because `bot.domain.language.lexicon` takes words that look like it as misspellings of it.
    """
    if not isinstance(root, Pairs):
        return
    for section, entries in root.pairs:
        if isinstance(entries, Pairs) and section.text in (*_UNORDERED, _CONCEPTS):
            for _, value in entries.pairs:
                if isinstance(value, Items) and _may_be_sorted(value):
                    texts = [each for each in value.nodes if isinstance(each, Scalar)]
                    value.nodes = [*_sorted(texts, names=section.text == _CONCEPTS)]


def _may_be_sorted(items: Items) -> bool:
    return all(isinstance(each, Scalar) and not any(each.above) for each in items.nodes)


def _sorted(ways: list[Scalar], *, names: bool) -> list[Scalar]:
    kept: list[Scalar] = []
    if names and ways:
        word = next((way for way in ways if len(way.text.split()) == 1), ways[0])
        kept = [ways[0]] if ways[0] is word else [ways[0], word]
    others = [way for way in ways if not any(way is each for each in kept)]
    return [*kept, *sorted(others, key=lambda way: (way.text.casefold(), way.text))]
