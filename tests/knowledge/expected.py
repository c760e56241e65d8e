"""What the knowledge must say, as written down in tests/data."""

from pathlib import Path
from typing import Any

from bot.library.reading.yaml_file import parse

ROOT = Path(__file__).parents[2]


def expected(name: str) -> dict[str, Any]:
    """One file of tests/data, every scalar as text."""
    tree, problems = parse(name, (ROOT / "tests" / "data" / name).read_bytes())
    assert tree is not None, problems
    assert problems == ()
    found: dict[str, Any] = tree.data
    return found
