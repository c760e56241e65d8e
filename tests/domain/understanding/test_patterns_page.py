"""docs/patterns.md teaches what is so: every example in its table meets the texts that stand beside it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.language.lexicon import Lexicon
from bot.domain.understanding.matching import Index
from bot.domain.understanding.pattern_syntax import MARKS, parse
from bot.domain.understanding.patterns import PatternKind, TextReader
from tests.shipped_knowledge import knowledge

PAGE = Path(__file__).parents[3] / "docs" / "patterns.md"
_ROW = re.compile(r"\| `(.+?)` \| (.*?) \| (.*?) \|")
_QUOTED = re.compile(r'"([^"]+)"')


def examples() -> Iterator[tuple[str, str, bool]]:
    """Each line of the table with a text, and whether it meets it."""
    for line, meets, other in _ROW.findall(PAGE.read_text("utf-8")):
        yield from ((line.replace("\\|", "|"), text, True) for text in _QUOTED.findall(meets))
        yield from ((line.replace("\\|", "|"), text, False) for text in _QUOTED.findall(other))


EXAMPLES = list(examples())


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader(Lexicon(knowledge().texts["en"].vocabulary, ()))


@pytest.mark.parametrize(("line", "text", "meets"), EXAMPLES)
def test_an_example_meets_what_the_page_says(reader: TextReader, line: str, text: str, *, meets: bool) -> None:
    index = Index([reader.pattern(PatternKind.FLAG, "flag", line)])
    assert bool(index.match(reader.analyse(text)).complete[PatternKind.FLAG]) == meets


def test_the_page_has_twelve_examples_and_every_mark() -> None:
    lines = dict.fromkeys(line.replace("\\|", "|") for line, *_ in _ROW.findall(PAGE.read_text("utf-8")))
    assert len(lines) == 12
    assert {chunk.mark for line in lines for chunk in parse(line).chunks} == {"", *MARKS}
