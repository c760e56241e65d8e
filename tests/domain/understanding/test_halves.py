"""S-5: a phrase that is cut in two by sending it is heard; two messages that are whole are not mixed up."""

from itertools import pairwise

import pytest

from bot.domain.understanding.understand import Understanding
from bot.library.reading.minimum.built_in import minimums
from tests.domain.shipped import flags, lines, stops

CORE = [message for messages in minimums()["en"].messages.values() for message in messages]
HARMLESS = [line.split("|")[-1].strip() for name in ("complaints", "look_alikes", "off_topic")
            for line in lines(f"{name}.txt")]  # fmt: skip
MOST_NOT_STOPPED = 0.005  # of all cuts
MOST_MIXED_UP = 0.007  # of all pairs


def last(english: Understanding, *messages: str) -> list[str]:
    """The flags that the last of these messages raises."""
    signs: list[frozenset[str]] = []
    for at, message in enumerate(messages):
        understood = english.understand(message, signs[-2:], messages[max(0, at - 2) : at])
        signs.append(understood.signs)
    return flags(understood)


@pytest.mark.safety("S-5")
@pytest.mark.parametrize(
    ("messages", "flag"),
    [
        (("cant", "breathe"), "severe_breathlessness"),
        (("lips have gone", "blue"), "severe_breathlessness"),
        (("i cant get", "enough air in"), "severe_breathlessness"),
        (("cant feel when i", "wipe myself"), "cauda_equina"),
        (("bleach went in", "my eye"), "eye_chemical"),
        (("my face", "feels weird", "droopy"), "stroke"),
        (("i want", "to", "die"), "suicidal_crisis"),
        (("6 week old baby", "temp", "38.2"), "newborn_fever"),
    ],
)
def test_a_phrase_in_halves_is_heard(english: Understanding, messages: tuple[str, ...], flag: str) -> None:
    assert flag in last(english, *messages)


@pytest.mark.safety("S-5")
def test_every_core_message_is_heard_wherever_it_is_cut(english: Understanding) -> None:
    """Before the words were kept, 330 of 3,658 cuts stopped nobody, and 39 were not even asked about."""
    cuts = missed = 0
    lost = []
    for message in CORE:
        words = message.split()
        if not stops(english.understand(message)):
            continue
        for at in range(1, len(words)):
            first, second = " ".join(words[:at]), " ".join(words[at:])
            before = english.understand(first)
            after = english.understand(second, [before.signs], [first])
            cuts += 1
            if not stops(before) and not stops(after):
                missed += 1
                if not before.half_heard and not after.half_heard:
                    lost.append((first, second))
    assert lost == []
    assert missed / cuts < MOST_NOT_STOPPED, f"{missed} of {cuts}"


@pytest.mark.safety("S-5")
@pytest.mark.parametrize(
    "messages",
    [
        ("no chest pain", "my back hurts"),
        ("my chest is fine", "my knee hurts"),
        ("my elbow", "it hurts so bad"),
        ("i can", "breathe fine"),
        ("my neck is stiff", "no fever"),
        ("does a seizure always mean epilepsy", "i have a headache"),
        ("my lips are dry", "blue is my colour"),
    ],
)
def test_messages_that_are_whole_raise_nothing_together(english: Understanding, messages: tuple[str, ...]) -> None:
    assert last(english, *messages) == []


@pytest.mark.safety("S-5")
def test_what_was_told_already_is_not_raised_again(english: Understanding) -> None:
    assert "severe_breathlessness" in last(english, "cant", "breathe")
    assert last(english, "cant breathe", "please help") == []


@pytest.mark.safety("S-5")
@pytest.mark.parametrize("apart", [1, 7, 31])
def test_pairs_of_harmless_messages_are_seldom_mixed_up(english: Understanding, apart: int) -> None:
    """What the words add to the signs. A message is paired with the one so many lines further on."""
    messages = [each for each in HARMLESS if not stops(english.understand(each))]
    pairs = [pair for start in range(apart) for pair in pairwise(messages[start::apart])]
    mixed = [
        (first, second)
        for first, second in pairs
        for signs in [[english.understand(first).signs]]
        if stops(english.understand(second, signs, [first])) and not stops(english.understand(second, signs))
    ]
    assert len(mixed) / len(pairs) < MOST_MIXED_UP, mixed
