"""What documents say about the repository is true: the files, functions, make targets and links they name exist.

The change log is left out: it may name what has gone since.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (".", "docs", "knowledge", ".github")
DOCUMENTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.md") if path.name != "CHANGELOG.md")
CITED = re.compile(r"`((?:bot|knowledge|docs|tests|tools|illustrations|benchmarks)/[\w./-]*)(?::([\w.]+))?`")
TARGET = re.compile(r"`make ([\w-]+)")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")


def names(source: str) -> Iterator[str]:
    """What a module defines: functions, classes as `Class`, their methods as `Class.method`, and constants."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{part.name}"
                for part in node.body
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            )
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def faults(document: Path, text: str) -> list[str]:
    """The make targets, files, names in files, and relative links in `text` that do not exist."""
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    found = [f"no target {target}" for target in TARGET.findall(text) if target not in targets]
    for file, name in CITED.findall(text):
        path = ROOT / file
        if not path.exists():
            found.append(f"no file {file}")
        elif name and name not in names(path.read_text(encoding="utf-8")):
            found.append(f"no {name} in {file}")
    links = [link for link in LINK.findall(text) if "://" not in link]
    return found + [f"no {link} to link to" for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_names_exists(document: Path) -> None:
    assert faults(document, document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("`tests/test_documents.py:faults`", []),
        ("`make nothing`", ["no target nothing"]),
        ("`bot/nowhere.py`", ["no file bot/nowhere.py"]),
        ("`tests/test_documents.py:nobody`", ["no nobody in tests/test_documents.py"]),
        ("[here](nowhere.md)", ["no nowhere.md to link to"]),
        ("[here](README.md#try-it)", []),
    ],
)
def test_what_does_not_exist_is_found(text: str, fault: list[str]) -> None:
    assert faults(ROOT / "README.md", text) == fault


def test_the_walk_to_the_line_that_decides_ends_there() -> None:
    """The line is quoted; it must still be the one in the function that is named beside it."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    walk = text.partition("## A stranger's walk")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d\. ", walk, re.MULTILINE)
    cited = re.search(r"`(bot/[\w/]+\.py):(\w+)`: \*\*`(.+)`\*\*", walk)
    assert cited
    assert len(steps) == 5
    source = (ROOT / cited[1]).read_text(encoding="utf-8")
    function = next(node for node in ast.parse(source).body if getattr(node, "name", "") == cited[2])
    assert cited[3] in (ast.get_source_segment(source, function) or "")
