"""Callback data: signed, bound to one chat, short enough, and never trusted (S-63)."""

import hashlib
import string
import struct
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.turns.events import Action, Press, Pressed
from bot.domain.turns.flags import QUESTION
from bot.services.button_data import MOST_BYTES, Signed, read, sign
from tests.shipped_knowledge import knowledge

KEY = b"k" * 32
CHAT = "telegram:42"
ids = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=29)
presses = st.builds(Press, st.sampled_from(Action), st.just("") | ids)
revisions = st.integers(0, 2**32 - 1)
seconds = st.integers(0, 2**32 - 1)


def a_token(code: str) -> str:
    """A button as it was sent."""
    return sign(Press(Action.CARD, code), 17, 1_700_000_000.9, CHAT, KEY)


@given(presses, revisions, seconds)
@pytest.mark.safety("S-63")
def test_what_was_signed_is_read_back(press: Press, revision: int, made_at: int) -> None:
    data = sign(press, revision, float(made_at), CHAT, KEY)
    assert read(data, CHAT, KEY) == Signed(Pressed(press, revision), float(made_at))
    assert data.isascii()
    assert len(data) <= MOST_BYTES


@given(presses, st.integers(0), st.integers(0, 7))
@pytest.mark.safety("S-63")
def test_with_any_bit_changed_it_is_none_of_ours(press: Press, place: int, bit: int) -> None:
    data = bytearray(sign(press, 17, 5.0, CHAT, KEY), "ascii")
    data[place % len(data)] ^= 1 << bit
    assert read(data.decode("latin-1"), CHAT, KEY) is None


@given(presses, st.text(min_size=1))
@pytest.mark.safety("S-63")
def test_with_anything_appended_it_is_none_of_ours(press: Press, more: str) -> None:
    assert read(sign(press, 17, 5.0, CHAT, KEY) + more, CHAT, KEY) is None


@given(presses, st.data())
@pytest.mark.safety("S-63")
def test_truncated_it_is_none_of_ours(press: Press, data: st.DataObject) -> None:
    token = sign(press, 17, 5.0, CHAT, KEY)
    assert read(token[: data.draw(st.integers(0, len(token) - 1))], CHAT, KEY) is None


@given(presses, st.text())
@pytest.mark.safety("S-63")
def test_in_another_chat_or_under_another_key_it_is_none_of_ours(press: Press, chat: str) -> None:
    token = sign(press, 17, 5.0, CHAT, KEY)
    assert chat == CHAT or read(token, chat, KEY) is None
    assert read(token, CHAT, b"x" * 32) is None


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
@pytest.mark.safety("S-63")
def test_any_other_data_is_refused_without_an_error(data: str) -> None:
    assert read(data, CHAT, KEY) is None


@pytest.mark.safety("S-63")
def test_another_spelling_of_the_same_bytes_is_none_of_ours() -> None:
    tokens = [sign(Press(Action.DONE), revision, 5.0, CHAT, KEY) for revision in range(50)]
    respelt = [token.translate(str.maketrans("-_", "+/")) for token in tokens]
    changed = [(token, other) for token, other in zip(tokens, respelt, strict=True) if token != other]
    assert changed
    assert all(read(token, CHAT, KEY) and read(other, CHAT, KEY) is None for token, other in changed)


@pytest.mark.safety("S-63")
def test_a_part_of_one_button_does_not_fit_another() -> None:
    one, other = a_token("LI4"), a_token("LI5")
    assert read(one[:24] + other[24:], CHAT, KEY) is None


@pytest.mark.safety("S-63")
@pytest.mark.parametrize("data", ["", "A" * 24, "A" * 24 + "done", "=" * 24 + "done", "é" * 24 + "done", "!" * 64])
def test_what_is_not_base64_or_not_signed_is_refused(data: str) -> None:
    assert read(data, CHAT, KEY) is None


def signed_by_hand(meaning: str) -> str:
    """A button with our key and any meaning, made as the layout says."""
    head = struct.pack(">II", 17, 5)
    message = b"\0".join([head, meaning.encode(), CHAT.encode()])
    mac = hashlib.blake2b(message, key=KEY, digest_size=10).digest()
    return urlsafe_b64encode(head + mac).decode() + meaning


@pytest.mark.safety("S-63")
@pytest.mark.parametrize(
    "meaning", ["jump", "card:LI4:LI5", "card:", ":LI4", "CARD:LI4", "card:LI 4", "card:LI4\n", ""]
)
def test_a_meaning_we_do_not_know_is_refused_even_when_it_is_signed(meaning: str) -> None:
    assert read(signed_by_hand("card:LI4"), CHAT, KEY) is not None
    assert read(signed_by_hand(meaning), CHAT, KEY) is None


@pytest.mark.parametrize("argument", ["x" * 40, "a b", "a:b", "ä", "a\n", "<b>"])
def test_an_argument_that_does_not_fit_the_grammar_cannot_be_signed(argument: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        sign(Press(Action.CARD, argument), 1, 1.0, CHAT, KEY)


@pytest.mark.safety("S-63")
@pytest.mark.parametrize("action", Action)
def test_every_id_of_the_shipped_knowledge_fits_into_every_button(action: Action) -> None:
    shipped = knowledge()
    rows = [row.id for row in shipped.checklist.rows]
    areas = [area.id for area in shipped.areas]
    for id_ in (*shipped.points, *shipped.conditions, *rows, *areas):
        assert len(sign(Press(action, id_), 2**32 - 1, 2.0**32 - 1, CHAT, KEY).encode()) <= MOST_BYTES


def test_no_id_can_be_taken_for_a_remembered_question() -> None:
    assert not any(id_.startswith(QUESTION) for id_ in knowledge().red_flags)
