"""The knowledge with many times the phrases."""

from itertools import islice
from random import Random

from benchmarks.growing import fresh_words, grown
from bot.domain.texts import Texts
from tests.shipped_knowledge import knowledge

TIMES = 3


def phrases(texts: Texts) -> list[str]:
    """All set phrases."""
    return [phrase for text in texts.conditions.values() for phrase in text.phrases]


def test_phrases_and_patterns_grow_and_what_was_there_stays() -> None:
    before, after = knowledge().texts["en"], grown(knowledge(), TIMES, "en").texts["en"]
    old, new = phrases(before), phrases(after)
    assert len(new) == TIMES * len(old)
    assert set(old) <= set(new)
    assert before.conditions.keys() < after.conditions.keys()
    for id_, lines in before.vocabulary.complaints.items():
        assert len(after.vocabulary.complaints[id_]) == TIMES * len(lines)
    assert len(before.vocabulary.concepts) < len(after.vocabulary.concepts) < TIMES * len(before.vocabulary.concepts)


def test_no_new_phrase_has_the_words_of_another() -> None:
    old = phrases(knowledge().texts["en"])
    new = phrases(grown(knowledge(), TIMES, "en").texts["en"])
    added = {frozenset(phrase.split()) for phrase in new} - {frozenset(phrase.split()) for phrase in old}
    assert len(added) == len(new) - len(old)


def test_every_new_red_flag_pattern_asks_for_something_new() -> None:
    before, after = knowledge().texts["en"], grown(knowledge(), TIMES, "en").texts["en"]
    for id_, flag in before.red_flags.items():
        more = after.red_flags[id_].signs[len(flag.signs) :]
        assert all("{new_" in line for line in more)


def test_it_grows_the_same_way_every_time() -> None:
    assert grown(knowledge(), TIMES, "en") == grown(knowledge(), TIMES, "en")
    assert grown(knowledge(), 1, "en") is knowledge()


def test_fresh_words_are_new_and_each_stands_once() -> None:
    words = list(islice(fresh_words({"blaknal"}, Random(1)), 5_000))
    assert len({*words, "blaknal"}) == 5_001
    assert all(word.isalpha() for word in words)
