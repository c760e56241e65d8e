"""Making the model, and noticing when it no longer belongs to the examples beside it."""

from dataclasses import replace

import pytest

from bot.domain.understanding.reader_model import LARGEST, from_bytes, to_bytes
from bot.library.reading.folder import Files, read_folder
from bot.library.reading.layout import languages
from bot.library.shipped import shipped
from bot.library.training.model_file import TRAINER, current_model, learned, model_file

EXAMPLES = {
    "examples/en/none.txt": b"stiff neck\nmy feet are tired\n",
    "examples/en/stroke.txt": b"she slurs\nhis mouth droops\n",
}
MODEL = "examples/en/second_reader.bin"


@pytest.fixture(scope="module")
def files() -> Files:
    """A few examples and the model they make."""
    return {**EXAMPLES, MODEL: learned(EXAMPLES, "en")}


def test_the_model_made_is_the_model_read(files: Files) -> None:
    assert model_file("en") == MODEL
    assert current_model(files, "en") == from_bytes(files[MODEL])
    assert current_model(files, "en").rows == ("stroke",)


@pytest.mark.safety("S-81")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("examples/en/stroke.txt", b"she slurs\n"),
        ("examples/en/none.txt", b"stiff neck\nmy feet are tired\nthanks\n"),
        ("examples/en/burn.txt", b"I scalded my hand\n"),
    ],
)
def test_a_model_of_other_examples_is_refused(files: Files, name: str, text: bytes) -> None:
    with pytest.raises(ValueError, match="other examples"):
        current_model({**files, name: text}, "en")


@pytest.mark.safety("S-81")
def test_a_model_of_another_trainer_is_refused(files: Files) -> None:
    older = to_bytes(replace(from_bytes(files[MODEL]), trainer=TRAINER - 1))
    with pytest.raises(ValueError, match="made by trainer"):
        current_model({**files, MODEL: older}, "en")


@pytest.mark.safety("S-16")
def test_a_damaged_model_is_refused(files: Files) -> None:
    with pytest.raises(ValueError, match="damaged"):
        current_model({**files, MODEL: files[MODEL][:-100]}, "en")


@pytest.mark.safety("S-16")
def test_a_missing_model_is_refused() -> None:
    with pytest.raises(ValueError, match="not learned"):
        current_model(EXAMPLES, "en")


def test_faulty_examples_make_no_model() -> None:
    with pytest.raises(ValueError, match=r"examples/en/stroke\.txt:2: the message has no words"):
        learned({**EXAMPLES, "examples/en/stroke.txt": b"she slurs\n!\n"}, "en")


SHIPPED = read_folder(shipped())[0]


@pytest.mark.safety("S-16", "S-81")
@pytest.mark.parametrize("language", languages(list(SHIPPED)))
def test_the_shipped_model_belongs_to_the_shipped_examples(language: str) -> None:
    model = current_model(SHIPPED, language)
    assert {"suicidal_crisis", "overdose_poisoning", "danger_from_others"} <= set(model.rows)
    assert len(SHIPPED[model_file(language)]) <= LARGEST


@pytest.mark.slow
@pytest.mark.safety("S-81")
@pytest.mark.parametrize("language", languages(list(SHIPPED)))
def test_learning_anew_gives_the_shipped_bytes(language: str) -> None:
    assert learned(SHIPPED, language) == SHIPPED[model_file(language)]
