"""The trainer: the same bytes from the same examples, everywhere and in any order."""

import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.understanding.reader_model import ONE, ReaderModel, to_bytes
from bot.domain.understanding.second_reader import SecondReader
from bot.library.training.model_file import WIDEST, learn, quantised
from bot.library.training.train import NONE, Example, train

EXAMPLES = [
    Example("heart_attack", "a weight on my breastbone"),
    Example("heart_attack", "my chest is tight and my jaw aches"),
    Example("stroke", "his mouth droops and he slurs"),
    Example("stroke", "half my face has dropped \U0001f622"),
    Example(NONE, "my lower back is stiff"),
    Example(NONE, "what's the weather like in Zürich"),
    Example(NONE, " ".join(f"word{number}" for number in range(120))),
]
GOLDEN = "d0d3819c0cc186da8b4fe9ee630e0e42b5f9ed933acf76e9338293180242b00a"


@pytest.fixture(scope="module")
def learned() -> ReaderModel:
    """What the few examples make."""
    return learn(EXAMPLES)


@pytest.mark.safety("S-81")
def test_the_bytes_are_the_same_on_every_machine_and_with_every_version_of_python(learned: ReaderModel) -> None:
    """Changes only together with the trainer; TRAINER in model_file.py must then be raised."""
    assert sha256(to_bytes(learned)).hexdigest() == GOLDEN


@pytest.mark.safety("S-81")
@pytest.mark.parametrize("seed", range(3))
def test_order_and_repetition_of_the_examples_change_nothing(learned: ReaderModel, seed: int) -> None:
    shuffled = [*EXAMPLES, EXAMPLES[seed]]
    random.Random(seed).shuffle(shuffled)
    assert to_bytes(learn(shuffled)) == to_bytes(learned)


def test_another_example_makes_another_model_with_another_digest(learned: ReaderModel) -> None:
    more = learn([*EXAMPLES, Example("stroke", "she talks gibberish")])
    assert more.examples != learned.examples
    assert more.weights != learned.weights


def test_what_it_learned_it_tells_apart(learned: ReaderModel) -> None:
    reader = SecondReader(learned)
    for flag, text in EXAMPLES:
        doubts = reader.doubts(text)
        if flag == NONE:
            assert max(doubts.values()) < 0.5
        else:
            assert doubts[flag] == max(doubts.values()) > 0.5


def test_weights_fit_a_byte_and_keep_their_proportion() -> None:
    weights = train(EXAMPLES)
    model = quantised(weights, "")
    none = weights.classes.index(NONE)
    assert max(abs(weight - 128) for weight in model.weights) == WIDEST
    for bucket in range(0, len(weights.rows), 97):
        for row, id_ in enumerate(model.rows):
            exact = weights.rows[bucket][weights.classes.index(id_)] - weights.rows[bucket][none]
            kept = (model.weights[bucket * len(model.rows) + row] - 128) * model.step
            assert abs(exact - kept) <= model.step // 2 + 1


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", NONE]), st.text(max_size=30)), min_size=1, max_size=6))
def test_any_examples_can_be_learned_from(pairs: list[tuple[str, str]]) -> None:
    examples = [Example(flag, text) for flag, text in pairs]
    weights = train([*examples, Example(NONE, "nothing"), Example("a", "something")], epochs=2)
    assert NONE in weights.classes
    assert all(abs(number) < 100 * ONE for row in weights.rows for number in row)
