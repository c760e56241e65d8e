"""The question with half-heard signs fits a screen, drops no sign and says the words of the person (S-39, S-80)."""

from itertools import combinations

import pytest

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns.doubts import red_flag_question
from bot.domain.turns.replies import AskHalfHeard, QuestionAdvice
from bot.domain.understanding.understood import HalfHeard
from bot.rendering import Wording, render
from tests.safety.facts import plain
from tests.shipped_knowledge import knowledge as shipped

SCREEN = 480
ADVICE = 800
LONG = "a very long wording of what it is that somebody feels in there"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return shipped()


@pytest.fixture(scope="module")
def wording(knowledge: Knowledge) -> Wording:
    return Wording(knowledge, knowledge.texts["en"], "the emergency number", "the crisis line")


def rows_with_the_longest(knowledge: Knowledge, number: int) -> tuple[HalfHeard, ...]:
    """The bodily signs whose questions are the longest."""
    texts = knowledge.texts["en"].red_flags
    bodily = [id_ for id_, flag in knowledge.red_flags.items() if not flag.crisis and flag.urgency != Urgency.SEE_GP]
    longest = sorted(bodily, key=lambda id_: -len(texts[id_].asked))[:number]
    return tuple(HalfHeard(id_, 0.5, LONG) for id_ in longest)


@pytest.mark.safety("S-39", "S-80")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_question_fits_a_screen_with_any_signs_and_drops_none(
    knowledge: Knowledge, wording: Wording, number: int
) -> None:
    rows = rows_with_the_longest(knowledge, number)
    for id_, question in wording.texts.questions.items():
        dialogue = Dialogue(0, 0.0, stage=Stage.QUESTION, doubts=tuple(row.id for row in rows))
        messages = [render(reply, wording) for reply in red_flag_question(dialogue, id_, knowledge, (), rows)]
        texts = [plain(message.html) for message in messages]
        assert max(map(len, texts)) <= SCREEN
        assert all(wording.texts.red_flags[row.id].asked in texts[0] for row in rows)
        assert texts[0].count("You wrote “") == number
        assert all(f"• {sign}" in texts[-1] for sign in (*question.emergency, *question.same_day))
        assert [bool(message.buttons) for message in messages] == [False, True][-len(messages) :]
        assert [text[:6] for text in texts] == ["1 of 2", "2 of 2"] or len(texts) == 1


@pytest.mark.safety("S-39", "S-80")
def test_a_short_doubt_needs_no_second_message(knowledge: Knowledge) -> None:
    row = HalfHeard("heart_attack", 0.5, "weight on my breastbone")
    dialogue = Dialogue(0, 0.0, stage=Stage.QUESTION, doubts=(row.id,))
    alone = [len(red_flag_question(dialogue, id_, knowledge, (), (row,))) for id_ in knowledge.texts["en"].questions]
    assert sum(number == 1 for number in alone) > len(alone) / 2


@pytest.mark.safety("S-14", "S-39", "S-80")
@pytest.mark.parametrize("repeated", [False, True])  # when it is, the words are no longer at hand
@pytest.mark.parametrize("crisis", [False, True])
def test_a_question_of_their_own_has_the_contacts_above_it(
    knowledge: Knowledge, wording: Wording, *, crisis: bool, repeated: bool
) -> None:
    every = [id_ for id_, flag in knowledge.red_flags.items() if flag.crisis is crisis]
    for ids in combinations(sorted(every, key=lambda id_: -len(wording.texts.red_flags[id_].asked))[:5], 3):
        rows = tuple(HalfHeard(id_, 0.5, "" if repeated else LONG) for id_ in ids)
        message = render(AskHalfHeard(rows, crisis=crisis, repeated=repeated), wording)
        text = plain(message.html)
        assert len(text) <= SCREEN
        assert "the emergency number" in text.splitlines()[0]
        assert ("the crisis line" in text.splitlines()[0]) is crisis
        assert [[button.label for button in row] for row in message.buttons] == [["No", "Yes, or not sure"]]


@pytest.mark.safety("S-64", "S-80")
def test_the_words_are_shortened_and_escaped(wording: Wording) -> None:
    html = render(AskHalfHeard((HalfHeard("stroke", 0.5, "a <b> & " + LONG),), crisis=False), wording).html
    assert "“a &lt;b&gt; &amp; a very long wording of what it …”" in html


@pytest.mark.safety("S-3", "S-24", "S-80")
def test_the_advice_after_a_yes_names_the_half_heard_signs_by_their_urgency(
    knowledge: Knowledge, wording: Wording
) -> None:
    rows = ("heart_attack", "dvt", "bone_pain_cancer")
    for id_ in wording.texts.questions:
        text = plain(render(QuestionAdvice(id_, rows), wording).html)
        emergency, _, same_day = text.partition("Get medical advice today")
        for row in rows:
            urgent = knowledge.red_flags[row].urgency is Urgency.EMERGENCY
            assert wording.texts.red_flags[row].name in (emergency if urgent else same_day)
        assert len(text) <= ADVICE
