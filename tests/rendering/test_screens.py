"""Messages without point text: red flags, questions, stops."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.turns.events import Action
from bot.domain.turns.replies import (
    Advice,
    AskChecklist,
    AskQuestion,
    DoctorFirst,
    QuestionAdvice,
    Referred,
    Say,
    Stopped,
    Term,
)
from bot.domain.understanding.understood import HeardCondition
from bot.rendering import RenderedMessage, render
from tests.rendering.every_message import visible
from tests.shipped_knowledge import CRISIS, EMERGENCY, knowledge, plain_wording, wording

FLAGS = [id_ for id_, flag in knowledge().red_flags.items() if flag.urgency is not Urgency.SEE_GP]
CRISES = [id_ for id_, flag in knowledge().red_flags.items() if flag.crisis]
QUESTIONS = sorted(knowledge().texts["en"].questions)
START = {Urgency.EMERGENCY: "Get emergency help now. Call your local", Urgency.SAME_DAY: "Get medical advice today."}
FIRST_ACTS = {id_: text.first_act for id_, text in knowledge().texts["en"].red_flags.items() if text.first_act}


def actions(message: RenderedMessage) -> list[Action]:
    """What the buttons do."""
    return [button.press.action for row in message.buttons for button in row]


@pytest.mark.safety("S-3")
@pytest.mark.parametrize("flag", [id_ for id_ in FLAGS if id_ not in CRISES])
def test_advice_starts_with_the_action_and_then_says_what_the_row_says(flag: str) -> None:
    message = render(Advice((flag,), withdrawable=True), plain_wording())
    text = visible(message.html)
    own = FIRST_ACTS.get(flag, "").split("{")[0]
    assert text.startswith(own or START[knowledge().red_flags[flag].urgency])
    assert plain_wording().texts.red_flags[flag].advice[:40] in text
    assert actions(message) == [Action.NO_FLAG]


@pytest.mark.safety("S-12", "S-15")
@pytest.mark.parametrize("flag", CRISES)
def test_crisis_advice_has_no_headline_no_buttons_and_lets_the_person_go_on(flag: str) -> None:
    message = render(Advice((flag,), withdrawable=False), plain_wording())
    assert actions(message) == []
    begins = FIRST_ACTS.get(flag) or plain_wording().texts.red_flags[flag].advice  # an overdose begins with the call
    assert visible(message.html).startswith(visible(begins)[:20].split("{")[0])
    assert "go on writing" in message.html


@pytest.mark.safety("S-4")
def test_two_advices_at_most_and_the_most_urgent_headline() -> None:
    urgent = next(id_ for id_ in FLAGS if id_ not in CRISES and knowledge().red_flags[id_].urgency is Urgency.EMERGENCY)
    today = [id_ for id_ in FLAGS if knowledge().red_flags[id_].urgency is Urgency.SAME_DAY]
    text = visible(render(Advice((urgent, *today[:3]), withdrawable=True), plain_wording()).html)
    assert text.startswith(FIRST_ACTS.get(urgent, "Get emergency help now.").split("{")[0])
    said = [id_ for id_ in (urgent, *today[:3]) if plain_wording().texts.red_flags[id_].advice[:40] in text]
    assert said[0] == urgent
    assert len(said) <= 2


@pytest.mark.safety("S-3")
@pytest.mark.parametrize("flag", sorted(FIRST_ACTS))
def test_a_first_act_is_the_headline_with_the_call_in_the_same_sentence(flag: str) -> None:
    text = visible(render(Advice((flag,), withdrawable=True), plain_wording()).html)
    headline = text.split("\n")[0]
    assert headline == FIRST_ACTS[flag].format(emergency=visible(plain_wording().emergency))
    assert visible(plain_wording().emergency) in headline


@pytest.mark.safety("S-4", "S-84")
@pytest.mark.parametrize("body", ["heart_attack", "cardiac_arrest", "seizure_collapse"])
def test_a_crisis_and_an_emergency_of_the_body_have_both_contacts_in_the_headline(body: str) -> None:
    words = plain_wording()
    headline = visible(render(Advice(("suicidal_crisis", body), withdrawable=False), words).html).split("\n")[0]
    assert headline.startswith(FIRST_ACTS.get(body, "Get emergency help now.").split("{")[0])
    assert headline.index(words.emergency) < headline.index(words.crisis)


def test_two_advices_that_begin_alike_say_it_once() -> None:
    text = visible(render(Advice(("cauda_equina", "urinary_retention"), withdrawable=True), plain_wording()).html)
    assert text.count("Do not drive yourself: let someone take you to an emergency department") == 1
    assert "full, painful bladder" in text


@pytest.mark.safety("S-3")
def test_a_second_advice_that_does_not_fit_is_left_out() -> None:
    texts = plain_wording().texts
    long = {flag: replace(texts.red_flags[flag], advice=f"{flag}. " + "x" * 400) for flag in FLAGS[:2]}
    wordy = replace(plain_wording(), texts=replace(texts, red_flags={**texts.red_flags, **long}))
    text = visible(render(Advice(tuple(FLAGS[:2]), withdrawable=True), wordy).html)
    assert len(text) <= 800
    assert FLAGS[0] in text
    assert FLAGS[1] not in text
    assert text.endswith("You can go on writing to me.")


@pytest.mark.safety("S-14", "S-64")
@pytest.mark.parametrize("flag", FLAGS)
def test_the_contacts_come_from_the_settings_and_are_escaped(flag: str) -> None:
    html = render(Advice((flag,), withdrawable=True), wording()).html
    assert "{" not in html
    assert EMERGENCY not in html
    assert CRISIS not in html
    assert EMERGENCY in visible(html) or CRISIS in visible(html) or knowledge().red_flags[flag].urgency != "emergency"


@pytest.mark.safety("S-24")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_yes_says_the_emergency_part_first_and_gives_no_points(question: str) -> None:
    text = plain_wording().texts.questions[question]
    message = render(QuestionAdvice(question), plain_wording())
    places = [visible(message.html).index(sign) for sign in (*text.emergency, *text.same_day)]
    assert places == sorted(places)
    assert actions(message) == [Action.NO_FLAG]
    assert "I will not show points" in message.html


@pytest.mark.safety("S-38")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_shows_all_its_signs_and_two_answers(question: str) -> None:
    text = plain_wording().texts.questions[question]
    message = render(AskQuestion(question, (), ""), plain_wording())
    assert all(f"• {sign}" in visible(message.html) for sign in (*text.emergency, *text.same_day))
    assert actions(message) == [Action.ANSWER_NONE, Action.ANSWER_YES]


@pytest.mark.safety("S-64")
def test_the_persons_own_words_are_quoted_escaped_and_cut() -> None:
    heard = HeardCondition("low_back_pain", 1.0, ("<b>lowr", "bak & " + "x" * 200))
    html = render(AskQuestion("spine", ("low_back_pain",), "", (heard,)), plain_wording()).html
    assert "&lt;b&gt;lowr, bak &amp; xx" in html
    assert len(html) < 600
    unknown = render(Say("browse.no_point", {"name": (Term("text", "<i>LI44</i>"),)}), plain_wording()).html
    assert "&lt;i&gt;LI44" in unknown


@pytest.mark.safety("S-27")
def test_the_questions_name_the_person_they_are_about() -> None:
    for reply in (AskQuestion("neck", ("neck_pain",), "mum"), AskChecklist((), "mum")):
        assert "your mum" in render(reply, plain_wording()).html
    assert "that person" in render(AskChecklist((), "someone unheard of"), plain_wording()).html


@pytest.mark.safety("S-46")
def test_the_checklist_numbers_its_rows_and_says_in_words_what_is_ticked() -> None:
    rows = knowledge().checklist.rows
    message = render(AskChecklist((rows[1].id,), ""), plain_wording())
    lines = visible(message.html).splitlines()
    assert [line for line in lines if "(ticked)" in line] == [
        f"☑ 2. {wording().texts.checklist[rows[1].id].line} (ticked)"
    ]
    assert all(
        any(f"{n}. {wording().texts.checklist[row.id].line}" in line for line in lines) for n, row in enumerate(rows, 1)
    )
    assert actions(message)[: len(rows)].count(Action.UNTICK) == 1


def test_the_checklist_ends_with_none_of_these_or_done() -> None:
    labels = [
        {
            button.press.action: button.label
            for row in render(AskChecklist(ticks, ""), plain_wording()).buttons
            for button in row
        }
        for ticks in ((), ("pregnancy",))
    ]
    assert [each[Action.DONE] for each in labels] == ["None of these", "Done"]


@pytest.mark.safety("S-28")
@pytest.mark.parametrize("row", [row.id for row in knowledge().checklist.rows])
def test_a_stop_says_why_and_what_to_do_instead_with_the_emergency_line(row: str) -> None:
    message = render(Stopped((row,), ()), plain_wording())
    assert plain_wording().texts.checklist[row].stop in visible(message.html)
    assert plain_wording().phrase("emergency_line") in message.html
    assert actions(message) == [Action.CHANGE]


@pytest.mark.safety("S-33")
def test_a_referral_and_a_doctor_first_say_what_to_do_and_give_no_way_to_points() -> None:
    for reply in (Referred(("asthma",)), DoctorFirst(("high_blood_pressure",), asking=False)):
        message = render(reply, plain_wording())
        assert plain_wording().texts.conditions[reply.conditions[0]].instead in visible(message.html)
        assert actions(message) == [Action.NOT_MINE]
