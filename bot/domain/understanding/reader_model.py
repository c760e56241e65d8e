"""What the second reader has learned, as bytes: a line of magic, a line of JSON, the weights, and a hash of it all.

The weights lie bucket by bucket, one byte for each row (warning sign), 128 meaning nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from bot.domain.understanding.traits import BUCKETS

ONE = 1 << 20  # a logit of 1, the unit of `step` and `start`
ZERO = 128  # the byte of a weight of nothing
LARGEST = 2_000_000  # bytes of a file
MOST_ROWS = 255
_MAGIC = b"acupressure second reader 1\n"
_DIGEST = sha256().digest_size
_TEXTS, _NUMBERS, _LISTS = ("examples",), ("buckets", "step", "trainer"), ("rows", "start")


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """A row's logit against "no warning" is start + step * sum of its weights / root of the number of traits."""

    rows: tuple[str, ...]  # ids of warning signs, sorted
    start: tuple[int, ...]  # what each row begins with, the same for every text
    step: int  # what a weight of 1 is worth
    buckets: int
    examples: str  # sha256 of the examples it was learned from
    trainer: int  # the version of the program that learned it
    weights: bytes

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise ValueError(f"this is no model of the second reader: {fault}")


def to_bytes(model: ReaderModel) -> bytes:
    """The file of a model; the same model always gives the same bytes."""
    header = {name: value for name, value in asdict(model).items() if name != "weights"}
    body = _MAGIC + json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n" + model.weights
    return body + sha256(body).digest()


def from_bytes(data: bytes) -> ReaderModel:
    """The model in a file.

    Raises ValueError, saying what is wrong, where the bytes are damaged or made for another version of this program.
    """
    if len(data) > LARGEST:
        raise ValueError(f"the model has {len(data):,} bytes; {LARGEST:,} are allowed")
    if not data.startswith(_MAGIC):
        raise ValueError("this is no model of the second reader, or one of another version: its first line is wrong")
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if sha256(body).digest() != digest:
        raise ValueError("the model is damaged: its hash does not fit its content")
    line, _, weights = body[len(_MAGIC) :].partition(b"\n")
    return ReaderModel(weights=weights, **_read_header(line))


def _read_header(line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError as error:  # of JSON, or of its encoding
        raise ValueError("the header of the model is no JSON") from error
    if not isinstance(header, Mapping) or set(header) != {*_TEXTS, *_NUMBERS, *_LISTS}:
        raise ValueError("the header of the model has other fields than it should")
    if not all(isinstance(header[name], list) for name in _LISTS):
        raise ValueError("the header of the model has something else where a list should be")
    return {name: tuple(value) if name in _LISTS else value for name, value in header.items()}


def _fault(model: ReaderModel) -> str:
    """What is wrong with it, or nothing."""
    count = len(model.rows)
    if model.buckets != BUCKETS:
        return f"it has {model.buckets} buckets, and this program {BUCKETS}"
    if not 0 < count <= MOST_ROWS:
        return f"it has {count} rows; 1 to {MOST_ROWS} are possible"
    if not all(isinstance(row, str) for row in model.rows) or list(model.rows) != sorted(set(model.rows)):
        return "its rows are not sorted, or one stands twice"
    if not all(type(number) is int for number in (*model.start, model.step, model.trainer)):
        return "a number is missing or is not whole"
    if len(model.start) != count:
        return "it has not one start for each row"
    if model.step < 1:
        return "its step is not above nothing"
    if not isinstance(model.examples, str):
        return "the hash of its examples is missing"
    if len(model.weights) != count * BUCKETS:
        return f"it has {len(model.weights):,} weights instead of {count * BUCKETS:,}"
    return ""
