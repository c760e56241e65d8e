"""Formatting a knowledge file loses nothing, and formatting it again changes nothing."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.library.formatting import formatted
from bot.library.loader import read_knowledge
from bot.library.reading.folder import read_folder
from bot.library.reading.yaml_file import parse
from bot.library.shipped import shipped
from tests.library.conftest import Folder

LONGEST = 200
SHIPPED = sorted(name for name in read_folder(shipped())[0] if name.endswith(".yaml"))
SORTED = ("concepts", "groups", "forms", "accounts_for")

_TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.text("ab {}|+:#-,'\"\\\n[]&*!%@`?<>=~0", max_size=40),
    st.text("ab \n:#", min_size=100, max_size=400),
)
_TREES = st.recursive(
    _TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def _data(content: bytes) -> object:
    tree, faults = parse("a.yaml", content)
    assert tree is not None, content
    assert faults == ()
    return tree.data


def _unordered(data: object) -> object:
    """Return the data of a vocabulary file without the order of lists, and the leading items of each concept."""
    assert isinstance(data, dict)
    bags = {section: {id_: Counter(each) for id_, each in data.get(section, {}).items()} for section in SORTED}
    ordered = {section: [*entries] if section in SORTED else entries for section, entries in data.items()}
    names = [(ways[:1], [way for way in ways if " " not in way][:1]) for ways in data.get("concepts", {}).values()]
    return bags, ordered, names


def _comments(content: bytes) -> Counter[str]:
    """Count the words in the comments of a file. No text in it may have a "#"."""
    found = [line.partition("#")[2] for line in content.decode().splitlines() if line.lstrip().startswith("#")]
    return Counter(word for line in found for word in line.split())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_says_the_same_afterwards(name: str) -> None:
    content = (shipped() / name).read_bytes()
    new, faults = formatted(name, content)
    assert faults == ()
    assert formatted(name, new) == (new, ())
    comparable = _unordered if "/vocabulary/" in name else lambda data: data
    assert comparable(_data(new)) == comparable(_data(content))
    assert _comments(new) == _comments(content)


def test_no_line_of_a_formatted_file_is_too_long() -> None:
    formatted_files = {name: formatted(name, (shipped() / name).read_bytes())[0].decode() for name in SHIPPED}
    long = [(name, line) for name, text in formatted_files.items() for line in text.splitlines() if len(line) > LONGEST]
    assert [each for each in long if "link: https://" not in each[1]] == []  # an address has no place to break


def test_the_shipped_files_are_formatted() -> None:
    differing = [name for name in SHIPPED if formatted(name, content := (shipped() / name).read_bytes())[0] != content]
    assert differing == [], "run: python -m bot format"


@given(_TREES, st.booleans(), st.sampled_from([20, 80, 4000]))
def test_whatever_a_file_says_it_says_afterwards(data: object, flow: bool, width: int) -> None:
    content = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, width=width).encode()
    tree, problems = parse("a.yaml", content)
    if tree is None or problems:  # a tag for what is no plain text, or nothing at all
        assert formatted("a.yaml", content)[0] == content
        return
    new, faults = formatted("a.yaml", content)
    assert faults == ()
    assert _data(new) == tree.data
    assert formatted("a.yaml", new) == (new, ())


def test_every_comment_stays_with_what_it_is_about() -> None:
    content = b"""
# above all


# above a
a: 1 # behind a
b: # behind b
    # above x
    -   x # behind x

    - y
c: [p,   # behind p
    q]   # behind the list
d: > # behind the sign
  some text
# above e
e: {f: "g", h: [i]} # behind e
l:
  # above the first key
  - m: n  # behind n
    o: p
# the end
"""
    expected = b"""# above all

# above a
a: 1  # behind a
b:  # behind b
  # above x
  - x  # behind x

  - y
c: [p, q]  # behind p # behind the list
d: |  # behind the sign
  some text
# above e
e: {f: g, h: [i]}  # behind e
l:
  # above the first key
  - m: n  # behind n
    o: p
# the end
"""
    assert formatted("a.yaml", content) == (expected, ())


def test_lists_and_texts_are_written_in_one_way() -> None:
    content = (
        b"""a: [ 'one', "two" ]
b:
  - one
  - two
c: ["{one} two", 'three']
d: ["""
        + b", ".join([b"a long enough item"] * 7)
        + b"""]
e: "a text: with a colon"
f: """
        + b"word " * 30
        + b"""
g: "line\\nline"
h: []
k: ["{"""
        + b"|".join([b"alternative"] * 20)
        + b"""} {b}"]
i: ["{a} {b} + """
        + b"unless: {c} + " * 10
        + b"""{d}"]
"""
    )
    expected = (
        b"""a: [one, two]
b: [one, two]
c:
  - "{one} two"
  - three
d:
"""
        + b"  - a long enough item\n" * 7
        + b"""e: "a text: with a colon"
f: >-
  """
        + b" ".join([b"word"] * 23)
        + b"\n  "
        + b" ".join([b"word"] * 7)
        + b"""
g: |-
  line
  line
h: []
k:
  - "{"""
        + b"alternative|" * 9
        + b"""\\
    """
        + b"alternative|" * 9
        + b"""\\
    alternative|alternative} {b}"
i:
  - >-
    {a} {b} + unless: {c} + unless: {c} + unless: {c} + unless: {c} + unless: {c} + unless: {c} + unless: {c}
    + unless: {c} + unless: {c} + unless: {c} + {d}
"""
    )
    assert formatted("a.yaml", content) == (expected, ())


def test_lists_whose_order_means_nothing_are_sorted_and_the_names_of_a_concept_stay_first() -> None:
    content = b"""concepts:
  pain: [tender spots, pain, hurt, ache]
  knee: [knee, patella, a knee]
  arm:
    # by its parts
    - zone
    - arm
groups:
  body_part: [knee, arm]
complaints:
  knee_pain: [zebra, aardvark]
"""
    expected = b"""concepts:
  pain: [tender spots, pain, ache, hurt]
  knee: [knee, a knee, patella]
  arm:
    # by its parts
    - zone
    - arm
groups:
  body_part: [arm, knee]
complaints:
  knee_pain: [zebra, aardvark]
"""
    assert formatted("texts/en/vocabulary/a.yaml", content) == (expected, ())


def test_a_broken_file_is_reported_and_left_alone(small: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    small.write("techniques.yaml", "a: [1, 2\n")
    assert main(["format", str(small.path)]) == 1
    assert "knowledge/techniques.yaml:1: broken YAML" in capsys.readouterr().out
    assert (small.path / "techniques.yaml").read_text() == "a: [1, 2\n"


def test_the_command_checks_writes_and_is_content(small: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    small.write("techniques.yaml", "{}   # none\n")
    assert main(["format", "--check", str(small.path)]) == 1
    assert "knowledge/techniques.yaml\n" in capsys.readouterr().out
    assert (small.path / "techniques.yaml").read_text() == "{}   # none\n"
    before = read_knowledge(*read_folder(small.path)).draft.sections.keys()
    assert main(["format", str(small.path)]) == 0
    assert main(["format", "--check", str(small.path)]) == 0
    assert read_knowledge(*read_folder(small.path)).draft.sections.keys() == before
    assert list(Path(small.path).rglob("*.new")) == []
