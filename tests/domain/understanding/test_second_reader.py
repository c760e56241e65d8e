"""What the second reader half hears, with a small model; what the shipped model hears is measured elsewhere."""

import json
import math
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.language.words import MOST_WORDS, clean, words
from bot.domain.understanding.reader_model import LARGEST, ONE, ReaderModel, from_bytes, to_bytes
from bot.domain.understanding.second_reader import MOST, MOST_QUOTED, SecondReader
from bot.domain.understanding.traits import (
    BUCKETS,
    LONGEST,
    MOST_LETTERS,
    STEP,
    WINDOW,
    traits,
    traits_of_word,
    windows,
)
from bot.library.training.model_file import learn
from bot.library.training.train import Example
from tests.domain.understanding.readers import certain

WARNINGS = {
    "heart_attack": ("a weight on my breastbone", "my chest is tight and my jaw aches", "crushing chest since noon"),
    "stroke": ("his mouth droops and he slurs", "she can't lift her arm, it's limp", "half my face has dropped"),
    "suicidal_crisis": ("the rope is ready", "I don't want to wake up again", "nobody needs me any more, goodbye"),
    "dvt": ("one calf is hot and swollen", "my calf has been swollen since the flight", "a hot red calf"),
}
ORDINARY = (
    "my lower back is stiff in the mornings",
    "a headache from the screen",
    "my knees ache after gardening",
    "what is the weather like tomorrow",
    "book a table for two",
    "my feet are tired",
    "I sleep badly before exams",
    "thanks, that was nice",
)
EXAMPLES = [Example(id_, text) for id_, texts in WARNINGS.items() for text in texts]
EXAMPLES += [Example("none", text) for text in ORDINARY]
BLAND = "and then we went to the market and bought apples, pears, bread, cheese and a newspaper for the train. "


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    """Learned from a handful of messages."""
    return learn(EXAMPLES)


@pytest.fixture(scope="module")
def reader(model: ReaderModel) -> SecondReader:
    """A reader with the small model."""
    return SecondReader(model, crises=["suicidal_crisis"])


@pytest.mark.safety("S-80", "S-81")
@pytest.mark.parametrize(("id_", "text"), [(id_, text) for id_, texts in WARNINGS.items() for text in texts])
def test_a_warning_it_learned_is_named_first(reader: SecondReader, id_: str, text: str) -> None:
    assert [heard.id for heard in reader.read(text)][:1] == [id_]


@pytest.mark.parametrize("text", ORDINARY)
def test_a_harmless_message_it_learned_raises_no_doubt(reader: SecondReader, text: str) -> None:
    assert reader.read(text) == ()


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "👍"])
def test_a_text_without_words_raises_no_doubt(reader: SecondReader, text: str) -> None:
    assert reader.read(text) == ()
    assert reader.weighed(text, "stroke") == ()


@pytest.mark.safety("S-80")
@given(
    text=st.text(max_size=300)
    | st.lists(st.sampled_from(" ".join(t for e in EXAMPLES for t in e).split())).map(" ".join)
)
@settings(deadline=None)
def test_any_text_gives_at_most_three_rows_the_likeliest_first_quoting_its_words(
    reader: SecondReader, text: str
) -> None:
    heard = reader.read(text)
    said = [word.written for word in words(clean(text))]
    assert len(heard) <= MOST
    assert len({each.id for each in heard}) == len(heard)
    assert all(first.doubt >= second.doubt for first, second in pairwise(heard))
    for each in heard:
        quoted = each.quote.split(" ")
        assert len(quoted) <= MOST_QUOTED + said.count("") + sum(" " in word for word in said)
        assert f" {each.quote} " in f" {' '.join(said)} "
        assert each.doubt == reader.doubts(text)[each.id]


@pytest.mark.safety("S-10")
@given(
    message=st.sampled_from([example.text for example in EXAMPLES]),
    apostrophe=st.sampled_from("'\u2019\u2018\u02bc\uff07\u201b"),
    hidden=st.sampled_from(["", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]),
    case=st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
    markup=st.sampled_from(["{}", "<b>{}</b>", "  {}\n", "{} 😢"]),
)
@settings(deadline=None)
def test_case_apostrophes_invisible_characters_and_markup_change_no_doubt(
    reader: SecondReader, message: str, apostrophe: str, hidden: str, case: object, markup: str
) -> None:
    assert callable(case)
    changed = hidden.join(case(message).replace("'", apostrophe))
    assert reader.doubts(markup.format(changed)) == reader.doubts(message)


def test_a_curly_and_a_missing_apostrophe_are_one(reader: SecondReader) -> None:
    assert reader.doubts("she cant lift her arm") == reader.doubts("she can\u2019t lift her arm")
    assert reader.doubts("she can not lift her arm") == reader.doubts("she cannot lift her arm")


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_same_text_gives_the_same_answer_whatever_was_read_before(model: ReaderModel, example: Example) -> None:
    used = SecondReader(model)
    for other in EXAMPLES:
        used.read(other.text)
    assert used.read(example.text) == SecondReader(model).read(example.text)


@pytest.mark.parametrize("before", range(0, 12, 3))
def test_a_sign_is_heard_wherever_it_stands_in_a_long_text(reader: SecondReader, before: int) -> None:
    text = BLAND * before + "She can't lift her arm, it's limp. His mouth droops and he slurs. " + BLAND * (12 - before)
    heard = {each.id: each.quote for each in reader.read(text)}
    assert "stroke" in heard
    assert "newspaper" not in heard["stroke"]


def test_a_quote_stays_within_a_sentence(reader: SecondReader) -> None:
    heard = reader.read("Half my face has dropped. His mouth droops and he slurs")
    assert "dropped His" not in heard[0].quote


def test_the_weights_told_are_those_of_traits_of_the_text_and_add_up_to_its_logit(
    reader: SecondReader, model: ReaderModel
) -> None:
    text = "she can't lift one calf, it's limp and hot"
    seen = {trait.text for trait in traits([word.text for word in words(clean(text))])}
    logits: dict[str, float] = {}
    for row, id_ in enumerate(model.rows):
        weighed = reader.weighed(text, id_)
        logits[id_] = sum(each.weight for each in weighed) + model.start[row] / ONE
        assert {each.text for each in weighed} == seen
        assert [abs(each.weight) for each in weighed] == sorted((abs(each.weight) for each in weighed), reverse=True)
    rest = 1 + sum(math.exp(logit) for logit in logits.values())
    for id_, logit in logits.items():
        assert reader.doubts(text)[id_] == pytest.approx(math.exp(logit) / rest, abs=0.02)


@pytest.mark.safety("S-80")
def test_a_crisis_far_less_likely_than_a_sign_of_the_body_is_not_asked_about_before_it(model: ReaderModel) -> None:
    """It would be asked about first and alone: nobody with a burn should be asked whether they want to die."""
    both = certain(model, stroke=3, suicidal_crisis=1, dvt=1)
    assert [row.id for row in SecondReader(both, crises=["suicidal_crisis"]).read("a text of mine")] == [
        "stroke",
        "dvt",
    ]
    assert [row.id for row in SecondReader(both).read("a text of mine")] == ["stroke", "dvt", "suicidal_crisis"]


@pytest.mark.safety("S-80")
def test_a_crisis_nearly_as_likely_as_a_sign_of_the_body_is_asked_about(model: ReaderModel) -> None:
    near = SecondReader(certain(model, stroke=3, suicidal_crisis=2), crises=["suicidal_crisis"])
    assert {row.id for row in near.read("a text of mine")} == {"stroke", "suicidal_crisis"}


@pytest.mark.safety("S-80")
def test_signs_that_are_unlikely_one_by_one_and_likely_together_are_asked_about(model: ReaderModel) -> None:
    alone = certain(model, stroke=-2)
    together = certain(model, stroke=-2, dvt=-2, heart_attack=-2)
    assert SecondReader(alone).read("a text of mine") == ()
    assert len(SecondReader(together).read("a text of mine")) == MOST


def test_a_mild_sign_is_named_only_where_no_other_is(model: ReaderModel) -> None:
    lump = certain(model, dvt=2)
    assert [row.id for row in SecondReader(lump, mild=["dvt"]).read("a text of mine")] == ["dvt"]
    both = certain(model, dvt=1, stroke=3)
    assert [row.id for row in SecondReader(both, mild=["dvt"]).read("a text of mine")] == ["stroke"]


@pytest.mark.safety("S-80")
def test_a_row_that_is_not_known_is_neither_named_nor_counted(model: ReaderModel) -> None:
    reader = SecondReader(certain(model, stroke=5), known=["dvt"])
    assert reader.read("a text of mine") == ()


@pytest.mark.parametrize(
    "text",
    [
        "a " * 2048,
        "x" * 4096,
        "".join(f"{number:x} " for number in range(1200))[:4096],
        " ".join("".join(chr(97 + (7 * word + at) % 26) for at in range(6)) for word in range(585)),
        " ".join("".join(chr(97 + (5 * word + 3 * at) % 26) for at in range(24)) for word in range(163)),
    ],
)
def test_the_work_for_the_longest_text_is_bounded(text: str) -> None:
    """Counted, not timed: windows of a text, sums in a window, and traits of a word never seen before."""
    said = [word.text for word in words(clean(text))]
    parts = [part for _, part in windows(said)]
    assert len(said) <= MOST_WORDS
    assert len(parts) <= MOST_WORDS // STEP + 2
    assert all(len(part) <= WINDOW for part in parts)
    assert sum(len(traits_of_word(word)) for word in set(said)) <= 3 * (4096 + 2 * len(said)) + len(said)
    assert max(len(traits_of_word(word)) for word in said) <= 1 + 3 * MOST_LETTERS


@given(said=st.lists(st.text(min_size=1, max_size=40), max_size=300))
def test_every_word_and_every_pair_of_a_text_stands_in_a_window(said: list[str]) -> None:
    parts = list(windows(said))
    assert all(list(part) == said[start : start + WINDOW] for start, part in parts)
    assert {pair for _, part in parts for pair in pairwise(part)} == set(pairwise(said))
    assert {word for _, part in parts for word in part} == set(said)


@given(word=st.text(min_size=1, max_size=60))
def test_a_word_is_seen_whole_and_in_runs_of_three_to_five_letters(word: str) -> None:
    whole, *runs = traits_of_word(word)
    marked = f"<{word[:MOST_LETTERS]}>"
    assert whole.text == word
    assert all(run.text in marked and 3 <= len(run.text) <= LONGEST for run in runs)
    assert len({run.text for run in runs}) == len(runs)
    assert all(0 <= trait.bucket < BUCKETS for trait in (whole, *runs))


def sealed(model: bytes, old: bytes, new: bytes) -> bytes:
    """The bytes of a model with something in it replaced, and the hash made to fit."""
    assert old in model
    body = model[:-32].replace(old, new, 1)
    return body + sha256(body).digest()


def test_a_model_survives_its_bytes(model: ReaderModel) -> None:
    assert from_bytes(to_bytes(model)) == model
    assert to_bytes(from_bytes(to_bytes(model))) == to_bytes(model)


@pytest.mark.safety("S-16")
@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda _: b"", "first line"),
        (lambda data: b"PK\x03\x04" + data, "first line"),
        (lambda data: data.replace(b"reader 1", b"reader 2", 1), "version"),
        (lambda data: data[:-1], "damaged"),
        (lambda data: data[:-40], "damaged"),
        (lambda data: data + b"\x00", "damaged"),
        (lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:], "damaged"),
        (lambda data: sealed(data, b"{", b"["), "JSON"),
        (lambda data: sealed(data, b'{"buckets"', b'{"buckets":1,"bucket"'), "fields"),
        (lambda data: sealed(data, b'"rows":[', b'"rows":7,"examples":['), "list"),
        (lambda data: sealed(data, b'"buckets":16384', b'"buckets":16385'), "buckets"),
        (lambda data: sealed(data, b'"rows":["dvt",', b'"rows":['), "one start"),
        (lambda data: sealed(data, b'"rows":["dvt"', b'"rows":["zzz"'), "sorted"),
        (lambda data: sealed(data, b'"rows":["dvt"', b'"rows":[7'), "sorted"),
        (lambda data: sealed(data, b'"start":[', b'"start":[0,'), "one start"),
        (lambda data: sealed(data, b'"start":[', b'"start":["a",'), "whole"),
        (lambda data: sealed(data, b'"step":', b'"step":-'), "step"),
        (lambda data: sealed(data, b'"trainer":', b'"trainer":0.'), "whole"),
        (lambda data: sealed(data, b"\n{", b"\n{\n"), "JSON"),
        (lambda data: sealed(data, b"\x80", b""), "weights"),
        (lambda data: data + b"\x00" * LARGEST, "allowed"),
    ],
)
def test_bytes_that_are_no_sound_model_are_refused_with_the_reason(
    model: ReaderModel, damage: object, says: str
) -> None:
    assert callable(damage)
    with pytest.raises(ValueError, match=says):
        from_bytes(damage(to_bytes(model)))


def test_the_header_of_a_model_can_be_read_by_a_person(model: ReaderModel) -> None:
    header = json.loads(to_bytes(model).split(b"\n")[1])
    assert header["rows"] == sorted(WARNINGS)
    assert header["examples"] == model.examples
