"""Reading the files of examples: what an editor may write, and what is refused with its place."""

import pytest

from bot.library.training.examples import LONGEST, digest, faults, read_examples
from bot.library.training.train import Example


def files(**texts: str) -> dict[str, bytes]:
    """These files of English examples."""
    return {f"examples/en/{name}.txt": text.encode() for name, text in texts.items()}


def told(examples: dict[str, bytes]) -> list[str]:
    return [str(fault) for fault in faults(examples, "en")]


def test_one_message_a_line_with_the_row_as_the_name_of_the_file() -> None:
    examples = files(none="# harmless\n\nstiff neck\r\n", stroke="his mouth droops\n  she slurs  ")
    others = {"examples/es/stroke.txt": b"babea", "examples/en/deep/stroke.txt": b"deep", "texts/en/a.yaml": b"a: b"}
    assert read_examples({**examples, **others}, "en") == (
        Example("none", "stiff neck"),
        Example("stroke", "his mouth droops"),
        Example("stroke", "she slurs"),
    )
    assert told(examples) == []


def test_a_message_may_stand_for_two_warning_signs() -> None:
    examples = files(none="stiff neck", stroke="she slurs", seizure="she slurs")
    assert len(read_examples(examples, "en")) == 3
    assert told(examples) == []


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"none": "stiff neck", "stroke": "a sign\n...\n"}, "/stroke.txt:2: the message has no words: ..."),
        ({"none": "stiff neck", "stroke": "she slurs\n\nShe SLURS!"}, "/stroke.txt:3: the same message stands above"),
        ({"none": "stiff neck", "stroke": "word " * (LONGEST // 5 + 1)}, "/stroke.txt:1: the message is longer than"),
        ({"none": "he can't talk", "stroke": "He cant talk"}, "/stroke.txt:1: the message is also in none.txt"),
        ({"stroke": "she slurs"}, ":1: there must be messages for a warning sign and, in none.txt, harmless ones"),
        ({"none": "stiff neck"}, ":1: there must be messages for a warning sign"),
        ({}, ":1: there must be messages for a warning sign"),
    ],
)
def test_a_fault_is_told_with_its_place(texts: dict[str, str], says: str) -> None:
    found = told(files(**texts))
    assert len(found) == 1
    assert found[0].startswith(f"examples/en{says}")


def test_a_file_in_another_encoding_is_refused() -> None:
    examples = {**files(none="stiff neck", stroke="she slurs"), "examples/en/burn.txt": "brûlé".encode("latin-1")}
    assert told(examples) == ["examples/en/burn.txt:1: the file is not UTF-8"]


def test_the_digest_knows_the_examples_and_not_their_order() -> None:
    one, two = Example("none", "stiff neck"), Example("stroke", "she slurs")
    assert digest([one, two]) == digest([two, one, one])
    assert digest([one, two]) != digest([one, Example("burn", "she slurs")])
