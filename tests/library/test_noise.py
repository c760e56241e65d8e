"""Whatever the files contain, reading them gives problems and never raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.loader import read_knowledge
from bot.library.reading.yaml_file import parse
from tests.library.conftest import small_files

SMALL = small_files()
NAMES = [name for name in SMALL if name.endswith(".yaml")]
NOISE = [
    b"",
    b"x",
    b"[]",
    b"{}",
    b"- a\n- [b]\n- {c: d}\n- {id: {e: f}}\n",
    b"a: b\nLI4: c\n",
    b"LI4: [a]\ntight_neck: {states: [a], phrases: {b: c}}\nstroke: {advice: [a]}\n",
    b"checklist: a\ncontraindications: [b]\nconcepts: c\ngroups: [d]\nambiguous: e\nplain_words: {g: h}\n",
    b"\xff\xfe\x00",
]


@pytest.mark.safety("S-65")
@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("name", NAMES)
def test_noise_in_one_file_is_reported_and_nothing_is_loaded(name: str, noise: bytes) -> None:
    reading = read_knowledge({**SMALL, name: noise})
    assert reading.knowledge is None
    assert all(str(problem).startswith("knowledge/") for problem in reading.problems)


@pytest.mark.safety("S-65")
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="ab:-[]{}&*!#|>%@'\"\n\t ,?\u200b\u00e9\x00", max_size=120)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_data_or_a_problem(noise: bytes | str) -> None:
    tree, problems = parse("a.yaml", noise if isinstance(noise, bytes) else noise.encode())
    assert tree is not None or problems
    assert all(problem.line >= 1 and problem.text and problem.hint for problem in problems)
