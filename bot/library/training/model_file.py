"""Makes the model of the second reader from its examples, and says whether it is still the right one.

An editor adds a line to a file of examples and runs `python -m bot learn`.
"""

from collections.abc import Iterable, Mapping

from bot.domain.understanding.reader_model import ZERO, ReaderModel, from_bytes, to_bytes
from bot.library.reading.folder import EXAMPLES, MODEL
from bot.library.training.examples import digest, faults, read_examples
from bot.library.training.train import NONE, Example, Weights, train

TRAINER = 2  # to be raised whenever the same examples give another model
WIDEST = 127  # steps a weight can lie above or below nothing


def model_file(language: str) -> str:
    """The name of the file with the model of a language, relative to the knowledge folder."""
    return f"{EXAMPLES}{language}/{MODEL}"


def learn(examples: Iterable[Example]) -> ReaderModel:
    """The model that the examples make; the same on every machine and in any order of the examples."""
    known = tuple(examples)
    return quantised(train(known), digest(known))


def quantised(weights: Weights, examples: str) -> ReaderModel:
    """Weights of one byte, each row against none."""
    none = weights.classes.index(NONE)
    rows = [at for at in range(len(weights.classes)) if at != none]
    against = [[lanes[row] - lanes[none] for row in rows] for lanes in weights.rows]
    largest = max(abs(weight) for each in against for weight in each)
    step = max(-(-largest // WIDEST), 1)
    ids = tuple(weights.classes[row] for row in rows)
    return ReaderModel(
        rows=ids,
        start=tuple(weights.start[row] - weights.start[none] for row in rows),
        step=step,
        buckets=len(weights.rows),
        examples=examples,
        trainer=TRAINER,
        weights=bytes(ZERO + (2 * weight + step) // (2 * step) for each in against for weight in each),
    )


def learned(files: Mapping[str, bytes], language: str) -> bytes:
    """The model that the examples of a language make, as a file.

    Raises ValueError, naming file and line, for the first fault in the examples.
    """
    for fault in faults(files, language):
        raise ValueError(str(fault))
    return to_bytes(learn(read_examples(files, language)))


def current_model(files: Mapping[str, bytes], language: str) -> ReaderModel:
    """The model beside the examples of a language.

    Raises ValueError where it is missing or damaged, or was made by another trainer or from other examples.
    """
    name = model_file(language)
    if name not in files:
        raise ValueError("the second reader has not learned anything yet")
    model = from_bytes(files[name])
    if model.trainer != TRAINER:
        raise ValueError(f"the model was made by trainer {model.trainer}; this is trainer {TRAINER}")
    if model.examples != digest(read_examples(files, language)):
        raise ValueError("the model was made from other examples than those beside it")
    return model
