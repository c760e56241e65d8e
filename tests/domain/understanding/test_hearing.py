"""Whether a text sounds like a warning, or harmless: what the second reader decides together with patterns (S-80)."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import clean, words
from bot.domain.understanding.reader_model import from_bytes
from bot.domain.understanding.second_reader import HARMLESS, SecondReader, second_reader
from tests.domain.understanding.readers import hearing

BLAND = "and then we went to the market and bought apples, pears, bread, cheese and a newspaper for the train. "
LONG = "a text of mine that is long enough for all of this"


def _always(knowledge: Knowledge, odds: int) -> SecondReader:
    """A reader to which every text sounds like a stroke, with such odds."""
    return SecondReader(from_bytes(hearing(knowledge, stroke=odds).second_readers["en"]))


@pytest.mark.safety("S-80")
@pytest.mark.parametrize(
    ("odds", "confirms", "harmless"), [(2, ["stroke"], False), (1, [], False), (-2, [], False), (-4, [], True)]
)
def test_a_text_sounds_like_a_warning_or_harmless_or_neither(
    shipped_knowledge: Knowledge, odds: int, confirms: list[str], *, harmless: bool
) -> None:
    heard = _always(shipped_knowledge, odds).hear(words(LONG))
    assert (list(heard.confirms), heard.harmless) == (confirms, harmless)


@pytest.mark.safety("S-80")
@pytest.mark.parametrize("odds", [9, -9])
def test_a_few_words_confirm_nothing_and_do_not_sound_harmless(shipped_knowledge: Knowledge, odds: int) -> None:
    heard = _always(shipped_knowledge, odds).hear(words("a text of mine"))
    assert (heard.confirms, heard.harmless) == ((), False)


@pytest.mark.safety("S-80")
def test_a_text_is_not_harmless_if_one_of_its_sentences_is_not(shipped_knowledge: Knowledge) -> None:
    shipped = second_reader(shipped_knowledge, "en")
    assert shipped
    bland = shipped.hear(words(clean(BLAND * 3)))
    assert bland.harmless
    told = shipped.hear(words(clean(f"{BLAND} My calf is swollen and hot. {BLAND}")))
    assert told.likeliest.log_odds <= HARMLESS
    assert not told.harmless
