"""How red flags are read out of what matched, in one message and over several, on a small language."""

import pytest

from bot.domain.understanding.matching import Index
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.warning_signs import MOST_SIGNS, WarningSigns
from tests.domain.understanding.small_language import READER, analyse

LINES = (
    ("mild", "{knee} {pain} + {fever}"),
    ("mild", "unless: {sleep}"),
    ("urgent", "{neck} {pain}"),
    ("urgent", "{neck} {sore} + {rash} + {fever}"),
    ("urgent", "{neck} no {eat}"),
    ("last", "{stroke} + {fever} + unless: {rash}"),
    ("last", "ever: {rash} + {knee} {sore}"),
)
PATTERNS = [READER.pattern(PatternKind.FLAG, owner, line) for owner, line in LINES]
OTHER = READER.pattern(PatternKind.COMPLAINT, "sore_knee", "{body_part} {trouble}")


def read(*messages: str) -> list[tuple[str, str]]:
    """The flags that the last message raises after those before it, each with its words."""
    index = Index([OTHER, *PATTERNS])
    warnings = WarningSigns(index, ["urgent", "mild", "last"], READER.lexicon)
    recent: list[frozenset[str]] = []
    for message in messages:
        utterance = analyse(message)
        raised, signs = warnings.read(index.match(utterance), recent)
        recent = [*recent, signs][-2:]
    return [(flag.id, " ".join(utterance.tokens[at].concept for at in flag.tokens)) for flag in raised]


@pytest.mark.safety("S-4")
def test_flags_come_in_their_order_each_with_the_words_of_its_longest_pattern() -> None:
    said = "knee pain, fever. neck pain. neck sore, rash"
    assert read(said) == [("urgent", "sore neck rash fever"), ("mild", "knee pain fever")]
    assert read("neck sore, rash. fever. neck pain") == [("urgent", "sore neck rash fever")]
    assert read("neck pain") == [("urgent", "neck pain")]
    assert read("knee sore. eat") == []


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ("knee pain. fever", ["mild"]),
        ("knee pain sleep. fever", []),
        ("knee pain. fever sleep", []),
        ("knee pain. fever. sleep", ["mild"]),
        ("sleep new knee pain. fever", ["mild"]),
        ("sleep knee pain. new fever", ["mild"]),
        ("new sleep knee pain. fever", []),
        ("stroke fever", ["last"]),
        ("stroke fever. rash", []),
        ("neck no eat", ["urgent"]),
        ("neck eat", []),
    ],
)
def test_what_takes_a_flag_back_stands_in_a_sentence_of_it_or_with_its_pattern(said: str, raised: list[str]) -> None:
    assert [flag for flag, _ in read(said)] == raised


@pytest.mark.safety("S-5")
@pytest.mark.parametrize(
    ("messages", "raised"),
    [
        (("neck", "pain"), [("urgent", "pain")]),
        (("pain", "my neck"), [("urgent", "neck")]),
        (("neck", "very", "pain"), [("urgent", "pain")]),
        (("neck", "very", "very", "pain"), []),
        (("knee", "pain"), []),
        (("knee pain", "fever"), [("mild", "fever")]),
        (("knee", "pain", "fever"), [("mild", "fever")]),
        (("fever", "knee pain"), [("mild", "knee pain")]),
        (("fever", "knee pain sleep"), []),
        (("rash. fever", "neck", "sore"), [("urgent", "sore")]),
        (("neck sore", "rash", "fever"), [("urgent", "fever")]),
        (("neck sore", "fever"), []),
        (("stroke", "fever"), [("last", "fever")]),
        (("stroke", "fever rash"), []),
        (("stroke. fever", "eat"), []),
        (("neck", "no eat"), []),
        (("neck", "eat"), []),
        (("eat", "neck"), []),
        (("no neck", "pain"), []),
        (("neck years ago", "pain"), []),
        (("neck", "no pain"), []),
        (("neck", "pain years ago"), []),
        (("fever years ago", "knee pain"), []),
        (("fever years ago. fever", "knee pain"), [("mild", "knee pain")]),
        (("rash years ago", "knee sore"), [("last", "knee sore")]),
        (("rash", "knee sore"), [("last", "knee sore")]),
        (("neck knee sore", "pain"), []),
        (("neck", "knee sore pain"), []),
    ],
)
def test_a_flag_is_read_over_three_messages_its_last_word_in_the_last(
    messages: tuple[str, ...], raised: list[tuple[str, str]]
) -> None:
    assert read(*messages) == raised


@pytest.mark.safety("S-5", "S-52")
def test_signs_are_few_short_ids_of_what_is_said_towards_a_flag() -> None:
    lines = [f"{{w{number}}} + {{fever}}" for number in range(MOST_SIGNS + 9)]
    index = Index([READER.pattern(PatternKind.FLAG, "many", line) for line in lines])
    warnings = WarningSigns(index, ["many"], READER.lexicon)
    utterance = analyse(" ".join(f"w{number}" for number in range(MOST_SIGNS + 9)))
    _, signs = warnings.read(index.match(utterance))
    assert len(signs) == MOST_SIGNS
    assert {len(sign) for sign in signs} == {8}
    utterance = analyse("neck eat")
    assert len(warnings.read(index.match(utterance))[1]) == 1, "the neck waits; eating says nothing of a flag"
    index = Index(PATTERNS)
    utterance = analyse("neck pain")
    _, signs = WarningSigns(index, ["urgent", "mild", "last"], READER.lexicon).read(index.match(utterance))
    assert signs == frozenset(), "a flag that is whole leaves nothing to wait for"
