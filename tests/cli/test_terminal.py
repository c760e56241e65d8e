"""What `python -m bot ask` prints."""

import pytest

from bot.cli.terminal import answer_text, because_text, understood_text
from bot.domain.texts import Texts
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import TypedAnswer, Understood
from bot.library.loader import load
from bot.library.shipped import shipped
from bot.rendering.because import Section
from bot.services.messages import Answer, Key, Outgoing


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    knowledge, _ = load(shipped())
    assert knowledge
    return Understanding(knowledge, "en")


@pytest.fixture(scope="module")
def texts() -> Texts:
    knowledge, _ = load(shipped())
    assert knowledge
    return knowledge.texts["en"]


def lines(understood: Understood, texts: Texts) -> list[str]:
    return understood_text(understood, texts).splitlines()[1:]


def test_a_complaint_is_shown_with_its_score_and_the_words_that_led_to_it(
    understanding: Understanding, texts: Texts
) -> None:
    understood = understanding.understand("my lower back aches")
    (line,) = [line for line in lines(understood, texts) if line.startswith("  complaint")]
    assert "Low back pain (low_back_pain)" in line
    assert f"{understood.accepted[0].score:.2f}" in line
    assert "because of" in " ".join(lines(understood, texts))


def test_a_red_flag_is_shown_first_with_its_urgency(understanding: Understanding, texts: Texts) -> None:
    first = lines(understanding.understand("crushing chest pain and my left arm hurts"), texts)[0]
    assert first.startswith("  red flag       emergency: ")


def test_points_ticks_and_answers_are_shown(texts: Texts) -> None:
    understood = Understood(
        points=("LI4",),
        point_choice=("HT7",),
        point_unknown="LI44",
        points_close=("LI4", "LI10"),
        ticked=frozenset({"pregnancy"}),
        answer=TypedAnswer.NO,
        refusal="labour",
        about="mum",
        vague=True,
        readable=False,
    )
    assert lines(understood, texts) == [
        "  vague          pain without a place",
        "  point          LI4 (Joining Valley)",
        f"  which point    HT7 ({texts.points['HT7'].name})",
        "  no such point  LI44 (close: LI4, LI10)",
        f"  ticked         {texts.checklist['pregnancy'].line} (pregnancy)",
        "  answer         no",
        "  a kind no      labour",
        "  for            mum",
        "  unreadable     no English words",
    ]


def test_a_text_that_says_nothing_is_said_to_say_nothing(texts: Texts) -> None:
    assert lines(Understood(), texts) == ["  nothing        no complaint, point or warning sign"]


def test_an_answer_is_shown_with_its_buttons_in_rows() -> None:
    answer = Answer(
        (
            Outgoing(
                "<b>Is it</b> a &lt;knee&gt;?", ((Key("Yes", "y"), Key("No", "n")), (Key("Site", url="https://a.b"),))
            ),
        ),
        notice="This button is old.",
    )
    assert answer_text(answer).splitlines() == [
        "Answer",
        "",
        "  │ Is it a <knee>?",
        "  [ Yes ] [ No ]",
        "  [ Site ] https://a.b",
        "",
        "  (This button is old.)",
    ]


def test_bold_words_stay_bold_where_a_line_is_wrapped() -> None:
    shown = answer_text(Answer((Outgoing("word " * 30 + "<b>bold</b> &lt;b&gt; <i>slanted</i>"),)), styled=True)
    assert "\033[1mbold\033[22m <b> \033[3mslanted\033[23m" in shown
    assert "<b>bold" not in shown


def test_a_text_from_outside_cannot_steer_the_terminal(texts: Texts) -> None:
    shown = answer_text(Answer((Outgoing("a\x1b[2Jb\x07c\u202ed", ((Key("k\x1b]0;x\x07", "d"),),)),)))
    assert shown.isprintable() or set(shown) - set("\n") == {sign for sign in shown if sign.isprintable()}
    assert "\x1b" not in understood_text(Understood(point_unknown="\x1b[2J"), texts)


def test_why_is_shown_in_sections_with_every_line_wrapped() -> None:
    told = because_text((Section("<b>Words</b>", ("• “a&lt;b”: <i>c</i>", "   " + "word " * 30)),))
    assert told.splitlines()[:3] == ["Because", "  Words", "  • “a<b”: c"]
    assert all(len(line) <= 92 for line in told.splitlines())
    assert told.splitlines()[4].startswith("       word")


def test_no_answer_is_said_to_be_none() -> None:
    assert answer_text(Answer()) == "Answer\n\n  (nothing)"
