"""S-80, S-81: two readers weigh a text together. Neither the second reader nor half a pattern stops anybody alone."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.evidence import DeductionReason, Verdict
from bot.domain.understanding.explanation import derive
from bot.domain.understanding.pattern_syntax import WEAK
from bot.domain.understanding.second_reader import CONFIRMING, TELLING
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import BY_PATTERN
from tests.domain.shipped import flags, lines, stops
from tests.domain.understanding.readers import hearing

ITCHY = "since monday evening my belly is so itchy"
TWISTED = "my elbow itches since we came home from the seaside last week"


def with_signs(knowledge: Knowledge, **signs: tuple[str, ...]) -> Knowledge:
    """The knowledge with other signs of these red flags."""
    texts = knowledge.texts["en"]
    changed = {id_: replace(texts.red_flags[id_], signs=lines) for id_, lines in signs.items()}
    return replace(knowledge, texts={"en": replace(texts, red_flags={**texts.red_flags, **changed})})


@pytest.fixture(scope="module")
def signs(shipped_knowledge: Knowledge) -> Knowledge:
    return with_signs(
        shipped_knowledge,
        dvt=("weak: {belly} {itch}", "{belly} {itch} + {fever}"),
        jaundice=("weak: {elbow} {itch}", "unless: {winter}"),
        sepsis=("weak: {elbow} {itch}",),
        cellulitis=("{elbow} {itch} + {fever}",),
        suicidal_crisis=("{elbow} {itch} + {fever}",),
    )


@pytest.fixture(scope="module")
def deaf(signs: Knowledge) -> Understanding:
    """With a second reader to which everything sounds harmless."""
    return Understanding(hearing(signs), "en")


@pytest.mark.safety("S-80")
def test_a_weak_line_asks_about_its_sign_where_the_text_sounds_harmless(deaf: Understanding) -> None:
    understood = deaf.understand(ITCHY)
    assert not stops(understood)
    assert understood.half_heard == (("dvt", BY_PATTERN, "belly is so itchy"),)
    (evidence,) = [each for each in derive(deaf, ITCHY).evidence if each.owner == "dvt"]
    assert evidence.verdict is Verdict.HALF_HEARD
    assert evidence.fits[0].pattern == "weak: {belly} {itch}"


@pytest.mark.safety("S-80")
def test_a_weak_line_stops_where_the_second_reader_is_in_doubt_or_there_is_none(signs: Knowledge) -> None:
    in_doubt = Understanding(hearing(signs, stroke=-2), "en")
    alone = Understanding(replace(signs, second_readers={}), "en")
    assert flags(in_doubt.understand(ITCHY)) == flags(alone.understand(ITCHY)) == ["dvt"]


@pytest.mark.safety("S-80")
def test_a_weak_line_stops_a_text_too_short_to_sound_harmless(deaf: Understanding) -> None:
    said = "my belly is so itchy tonight"
    assert len(said.split()) <= TELLING
    assert flags(deaf.understand(said)) == ["dvt"]


@pytest.mark.safety("S-80")
def test_a_line_that_is_not_weak_stops_whatever_the_text_sounds_like(deaf: Understanding) -> None:
    assert "dvt" in flags(deaf.understand("since monday my belly is itchy and i have a fever"))


@pytest.mark.safety("S-80")
def test_several_signs_are_asked_about_the_most_urgent_first(deaf: Understanding) -> None:
    assert [row.id for row in deaf.understand(TWISTED).half_heard] == ["sepsis", "jaundice"]
    assert [row.id for row in deaf.understand(f"{TWISTED}, in winter").half_heard] == ["sepsis"]


@pytest.mark.safety("S-5", "S-80")
def test_what_several_messages_say_together_is_not_asked_about_because_the_last_sounds_harmless(
    signs: Knowledge,
) -> None:
    several = with_signs(signs, dvt=("weak: {belly} {itch} + {fever}",))
    deaf = Understanding(hearing(several), "en")
    first = deaf.understand(ITCHY)
    assert not stops(first)
    assert "dvt" in flags(deaf.understand("and then this morning there was a fever, too", [first.signs]))


@pytest.mark.safety("S-81")
def test_what_is_met_but_for_one_part_stops_where_the_second_reader_hears_much_of_the_same(signs: Knowledge) -> None:
    hears, doubts, other = (
        Understanding(hearing(signs, **odds), "en") for odds in ({"cellulitis": 3}, {"cellulitis": 1}, {"stroke": 3})
    )
    assert len(TWISTED.split()) >= CONFIRMING
    assert flags(hears.understand(TWISTED.replace("itches", "is itchy"))) != []
    assert "cellulitis" not in flags(doubts.understand(TWISTED))
    assert "cellulitis" not in flags(other.understand(TWISTED))


@pytest.mark.safety("S-81")
def test_a_second_reader_that_is_sure_stops_nobody_without_a_pattern(signs: Knowledge) -> None:
    sure = Understanding(hearing(signs, cellulitis=9), "en")
    understood = sure.understand("my knee creaks since we came home from the seaside last week")
    assert not stops(understood)
    assert [row.id for row in understood.half_heard] == ["cellulitis"]


@pytest.mark.safety("S-81")
def test_the_explanation_says_that_a_part_is_lacking(shipped_knowledge: Knowledge) -> None:
    alone = with_signs(shipped_knowledge, cellulitis=("{elbow} {itch} + {fever}",))
    sure = Understanding(hearing(alone, cellulitis=3), "en")
    (evidence,) = [each for each in derive(sure, TWISTED).evidence if each.owner == "cellulitis"]
    assert evidence.verdict is Verdict.RAISED
    assert evidence.fits[0].deductions == ((DeductionReason.HALF_MET, ()),)


@pytest.mark.safety("S-81")
def test_half_a_pattern_is_nothing_where_the_text_denies_what_another_half_asks_for(
    shipped_knowledge: Knowledge,
) -> None:
    alone = with_signs(shipped_knowledge, cellulitis=("{elbow} {itch} + {fever}",))
    sure = Understanding(hearing(alone, cellulitis=3), "en")
    assert "cellulitis" in flags(sure.understand(TWISTED))
    assert "cellulitis" not in flags(sure.understand(f"{TWISTED}, no fever"))


@pytest.mark.safety("S-80")
def test_no_shipped_sign_of_a_crisis_is_weak(shipped_knowledge: Knowledge) -> None:
    for id_, text in shipped_knowledge.texts["en"].red_flags.items():
        marked = [line for line in text.signs if line.startswith(f"{WEAK}: ")]
        assert not (marked and shipped_knowledge.red_flags[id_].crisis)


@pytest.mark.safety("S-80")
@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("our first aid trainer showed us how to help a colleague who has a seizure, great fun", "seizure_collapse"),
        ("the vet says our old dog had a seizure, poor thing, I am just tense", "seizure_collapse"),
        ("i am writing a crime novel and my hero has a heart attack on page nine", "heart_attack"),
    ],
)
def test_what_is_told_of_a_course_a_pet_or_a_novel_is_asked_about(english: Understanding, said: str, flag: str) -> None:
    understood = english.understand(said)
    assert not stops(understood)
    assert flag in [row.id for row in understood.half_heard]


@pytest.mark.safety("S-80")
def test_nothing_is_lost_to_the_second_reader(english: Understanding, shipped_knowledge: Knowledge) -> None:
    """A flag that patterns raise alone is raised with it, too, or asked about; one of a crisis is raised."""
    alone = Understanding(replace(shipped_knowledge, second_readers={}), "en")
    for line in (*lines("strangers/emergencies.txt"), *lines("strangers/look_alikes.txt")):
        said = line.split("|")[-1].strip()
        raised, understood = flags(alone.understand(said)), english.understand(said)
        asked = {row.id for row in understood.half_heard}
        if not stops(understood):
            assert set(raised[:1]) <= {*flags(understood), *asked}, said
        assert {id_ for id_ in raised if shipped_knowledge.red_flags[id_].crisis} <= set(flags(understood)), said
