"""Every name of the vocabulary that the program uses as a literal stands in the one list, and nothing else does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain import language, understanding
from bot.domain.knowledge import Knowledge
from bot.domain.language import numbers
from bot.domain.language.roles import ROLES
from bot.domain.language.vocabulary_names import NAMES, REQUIRED

PACKAGES = (language, understanding)  # the only ones that look at the words of a text
FILES = {path.stem: path for each in PACKAGES for path in Path(str(each.__file__)).parent.glob("*.py")}
ASKING = {"has", "near", "names"}  # functions that are given names
HOLDING = {"said", "denied", "concepts"}  # what names are looked for in


def constants(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def asked(tree: ast.AST) -> Iterator[str]:
    """The literals that are asked for: given to a function that asks, or looked for in what is said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            of = getattr(getattr(node.func, "value", None), "attr", "")
            if name in ASKING or (name == "get" and of in HOLDING | {"groups"}):
                yield from (
                    each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )
        elif isinstance(node, ast.Compare) and getattr(node.comparators[0], "attr", "") in HOLDING:
            yield from constants(node.left)


@pytest.mark.parametrize("module", sorted(FILES))
def test_what_the_program_asks_a_text_for_is_listed(module: str) -> None:
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    assert {*asked(tree)} <= NAMES.get(module, frozenset()) | numbers.CONCEPTS


@pytest.mark.parametrize("module", sorted(NAMES.keys() - {"roles"}))
def test_the_list_of_a_module_is_exactly_what_it_uses(shipped_knowledge: Knowledge, module: str) -> None:
    vocabulary = shipped_knowledge.texts["en"].vocabulary
    used = constants(ast.parse(FILES[module].read_text(encoding="utf-8")))
    known = {*vocabulary.concepts, *vocabulary.groups} - numbers.CONCEPTS
    assert used & known == NAMES[module]


def test_every_role_is_listed_and_every_name_is_in_the_shipped_vocabulary(shipped_knowledge: Knowledge) -> None:
    vocabulary = shipped_knowledge.texts["en"].vocabulary
    assert ROLES.keys() == NAMES["roles"]
    assert {*vocabulary.concepts, *vocabulary.groups} >= REQUIRED
