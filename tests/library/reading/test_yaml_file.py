"""A YAML file is read as plain texts with line numbers, or refused with one clear problem."""

from typing import Any

import pytest

from bot.library.reading.yaml_file import MAX_BYTES, MAX_DEPTH, MAX_NODES, Tree, parse


def read(text: str | bytes) -> Tree:
    tree, problems = parse("a.yaml", text.encode() if isinstance(text, str) else text)
    assert not problems
    assert tree is not None
    return tree


def faults(text: str | bytes) -> list[str]:
    _, problems = parse("a.yaml", text.encode() if isinstance(text, str) else text)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("word", ["no", "yes", "120", "6:30", "1.5", "null", "~", "2024-01-01", "0x1F", "true"])
def test_every_scalar_stays_the_text_it_is(word: str) -> None:
    assert read(f"key: {word}").data == {"key": word}


def test_every_key_and_list_item_knows_its_line() -> None:
    tree = read("LI4:\n  points:\n    - one\n    - two\n  flow: [a,\n    b]\n  text: >\n    long\n    text\n")
    lines: dict[tuple[Any, ...], int] = {
        ("LI4",): 1,
        ("LI4", "points"): 2,
        ("LI4", "points", 1): 4,
        ("LI4", "flow", 1): 6,
        ("LI4", "text"): 7,
    }
    assert {steps: tree.line(steps) for steps in lines} == lines


def test_what_is_missing_has_the_line_of_what_is_around_it() -> None:
    assert read("\nLI4:\n  name: x").line(("LI4", "caution")) == 2


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbfa: b").data == {"a": "b"}


@pytest.mark.safety("S-65")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", 'a.yaml:3: the key "a" stands here twice. Line 1 has it already. Keep one.'),
        ("x:\n  a: 1\n  a: 2\n", 'a.yaml:3: x: the key "a" stands here twice. Line 2 has it already. Keep one.'),
        ("a: b\nc: *d\n", 'a.yaml:2: c: the alias "*d" is not allowed here. Write the content out in full.'),
        ("a: &d b\n", 'a.yaml:1: a: the anchor "&d" is not allowed here. Remove it.'),
        ("a: !!python/object/apply:os.system [ls]\n", "a.yaml:1: a: the tag "),
        ("a: !local b\n", 'a.yaml:1: a: the tag "!local" is not allowed here. '),
        ("a: b\n---\nc: d\n", 'a.yaml:2: a second document starts here. Remove the "---" or use a second file.'),
        ("{a: b}: c\n", "a.yaml:1: a list or mapping cannot be a key. Put what stands before the colon into quotes."),
        ("", "a.yaml:1: the file is empty. Fill it or delete it."),
        ("# only a remark\n", "a.yaml:1: the file is empty. Fill it or delete it."),
    ],
)
def test_what_yaml_offers_beyond_plain_data_is_refused_with_its_line(text: str, problem: str) -> None:
    assert any(fault.startswith(f"knowledge/{problem}") for fault in faults(text)), faults(text)


@pytest.mark.safety("S-65")
def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    tree, problems = parse("a.yaml", bomb.encode())
    assert len(problems) == 9 * 8 + 9
    assert tree is not None
    assert tree.data["i"] == [""] * 9


@pytest.mark.safety("S-65")
def test_a_file_that_is_too_deep_is_refused() -> None:
    assert faults("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [
        f"knowledge/a.yaml:1: the file is nested over {MAX_DEPTH} levels deep. Check the indentation and brackets."
    ]
    assert "nested" in faults("[" * 900_000)[0]


@pytest.mark.safety("S-65")
def test_a_file_with_too_many_values_is_refused() -> None:
    assert "values" in faults("- a\n" * (MAX_NODES + 1))[0]


@pytest.mark.safety("S-65")
def test_a_file_that_is_too_big_is_refused() -> None:
    assert "too big" in faults("a" * (MAX_BYTES + 1))[0]


def test_bytes_that_are_not_utf_8_are_reported_with_their_line() -> None:
    assert faults(b"a: b\nc: \xff\xfe\n") == [
        "knowledge/a.yaml:2: the file is not UTF-8 text. Save it with the encoding UTF-8."
    ]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a:\n\t- b\n", 2, "There is a tab in this line. Use spaces instead."),
        ("a: [b\nc: d\n", 2, "Check the indentation, quotes and colons"),
        ("a: 'b\n", 1, "Check the indentation, quotes and colons"),
        ("a: b: c\n", 1, "Check the indentation, quotes and colons"),
        ("a: b\n  c: d\n", 2, "Check the indentation, quotes and colons"),
        ("a: \x00\n", 1, "Check the indentation, quotes and colons"),
    ],
)
def test_broken_yaml_is_reported_with_its_line_and_the_usual_cause(text: str, line: int, hint: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(f"knowledge/a.yaml:{line}: broken YAML: ")
    assert hint in fault


def test_a_file_with_several_faults_tells_all_of_them() -> None:
    assert len(faults("a: &x 1\na: 2\nb: *x\n")) == 3
