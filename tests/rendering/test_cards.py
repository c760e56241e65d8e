"""Recommendations and cards: what they must hold, and what the general card must not."""

import re
from dataclasses import replace
from html import escape

import pytest

from bot.domain.knowledge import Reach
from bot.domain.screening.steps import Clearance
from bot.domain.screening.triage import LeftOut, Plan
from bot.domain.texts import PointText
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Card, CardView, GeneralCard, Overview, Precautions, RegionMap, WhyPoint
from bot.rendering import Wording, render
from bot.rendering.cards import general_text, how_to_press
from tests.rendering.every_message import Shown, cards, maps, overview, overviews, recommended, shown
from tests.shipped_knowledge import knowledge, plain_wording

NASTY = '<script>alert("x")</script> & <b>'
CODES = sorted(knowledge().points)


@pytest.mark.safety("S-34")
def test_every_card_and_every_recommendation_says_where_not_to_press_and_ends_with_the_doctor_notice() -> None:
    where, notice = (plain_wording().phrase(f"card.{key}") for key in ("where_not_to_press", "doctor_notice"))
    for each in (*shown(cards()), *shown(maps()), *shown(overviews())):
        assert each.message.html.endswith(f"{where}\n{notice}")


@pytest.mark.safety("S-21")
@pytest.mark.parametrize("code", CODES)
def test_a_general_card_holds_no_location_technique_or_picture(code: str) -> None:
    general = Shown(GeneralCard(code), render(GeneralCard(code), plain_wording()))
    text = plain_wording().texts.points[code]
    for secret in (
        text.find,
        text.find_again,
        text.feel,
        text.how,
        text.posture,
        how_to_press(knowledge().points[code], plain_wording()),
    ):
        assert secret.rstrip(".") not in general.text
    assert not re.search(r"\b(seconds?|minutes?)\b", general.text)
    assert general.message.picture == ""
    assert [button.press.action for row in general.message.buttons for button in row] == [
        Action.SHOW,
        Action.ALL_POINTS,
    ]
    assert general_text(code, plain_wording()) == general.message.html


@pytest.mark.parametrize("code", CODES)
def test_a_card_has_all_that_is_needed_to_find_and_press_the_point(code: str) -> None:
    point, text = knowledge().points[code], plain_wording().texts.points[code]
    views = (CardView.FIRST, CardView.AGAIN)
    once, again = shown(Card(Clearance((code,)), code, Plan((code,), (), ()), view) for view in views)
    for part in (code, point.pinyin, text.name, text.how, text.feel, text.posture, text.caution):
        assert part in once.text
        assert part in again.text
    assert text.find in once.text
    assert text.find_again in again.text
    assert ("ask a helper" in once.text) == (point.reach is Reach.NEEDS_HELPER_OR_BALL)
    how = re.search(r"(?:minutes?|seconds|times) (on each side|on both sides at once)\.", once.text)
    sides = "on both sides at once" if point.both_at_once else "on each side"
    assert (how[1] if how else "") == (sides if point.bilateral else "")


def test_each_view_of_a_card_has_its_own_picture_and_words_for_who_cannot_see_it() -> None:
    seen = replace(knowledge().points["LI4"], pictures=("LI4.jpg", "LI4-wide.jpg"), film="LI4-press.mp4")
    wording = replace(plain_wording(), knowledge=replace(knowledge(), points={**knowledge().points, "LI4": seen}))
    made = [
        render(Card(Clearance(("LI4",)), "LI4", Plan(("LI4",), (), ()), view, mapped=True), wording)
        for view in CardView
    ]
    text = wording.texts.points["LI4"]
    assert [each.picture for each in made] == ["LI4.jpg", "LI4-wide.jpg", "LI4-press.mp4"]
    assert [each.alt for each in made] == [
        f"Picture of LI4. {find}" for find in (text.find, text.find_again, text.find)
    ]
    actions = [{button.press.action for row in each.buttons for button in row} for each in made]
    assert [Action.WATCH in each for each in actions] == [True, True, False]
    assert all(Action.MAP in each for each in actions)


def test_a_card_without_pictures_offers_none() -> None:
    bare = replace(knowledge().points["LI4"], pictures=(), film="")
    wording = replace(plain_wording(), knowledge=replace(knowledge(), points={**knowledge().points, "LI4": bare}))
    made = render(Card(Clearance(("LI4",)), "LI4", Plan(("LI4",), (), ())), wording)
    actions = {button.press.action for row in made.buttons for button in row}
    assert (made.picture, made.alt, actions & {Action.WATCH, Action.MAP}) == ("", "", set())


def test_a_map_names_its_points_and_leads_back_to_the_card() -> None:
    for each in shown(maps()):
        assert isinstance(each.reply, RegionMap)
        assert all(f"{code} · " in each.text for code in each.reply.points)
        assert each.message.picture == "map.jpg"
        assert each.message.alt
        assert each.message.buttons[0][0].press.arg == each.reply.point


def test_a_card_turns_to_its_neighbours() -> None:
    codes = ("BL23", "LI4", "LR3")
    made = render(Card(Clearance(codes), "LI4", Plan(codes, (), ())), plain_wording())
    turns = [button.press.arg for button in made.buttons[0]]
    assert turns == ["BL23", "LI4", "LR3"]
    assert "2 of 3" in made.html


@pytest.mark.safety("S-31")
def test_the_answers_can_be_changed_from_every_card_and_every_recommendation() -> None:
    for each in (*shown(cards()), *shown(maps()), *shown(overviews())):
        assert Action.CHANGE in {button.press.action for row in each.message.buttons for button in row}


@pytest.mark.parametrize("condition", recommended())
def test_a_recommendation_has_a_button_for_each_of_its_points_in_order(condition: str) -> None:
    made = render(overview((condition,)), plain_wording())
    opened = [b.press.arg for row in made.buttons for b in row if b.press.action is Action.CARD]
    assert opened == list(knowledge().conditions[condition].points[:4])
    assert ("press this one first" in made.html) == (len(opened) > 1)


@pytest.mark.safety("S-28")
def test_what_is_left_out_is_said_with_its_reason_and_one_caution_with_it() -> None:
    left = (LeftOut("BL53", "osteoporosis"), LeftOut("GB30", "skin_or_injury"))
    made = Plan(("LI4",), left, ("heart_disease",))
    (said,) = shown(iter([Overview(Clearance(("LI4",)), ("low_back_pain",), made, ("persistent_pain",))]))
    texts = plain_wording().texts
    for part in ("BL53", texts.contraindications["osteoporosis"].name, "GB30", texts.checklist["skin_or_injury"].line):
        assert part in said.text
    assert all(texts.contraindications[id_].says in said.text for id_ in made.cautions)
    assert said.text.startswith("Please book a visit")
    (before,) = shown(iter([Precautions(("persistent_pain",), ("heart_disease", "frail_elderly"))]))
    assert before.text.startswith("Please book a visit")
    assert texts.contraindications["frail_elderly"].says in before.text


@pytest.mark.safety("S-42", "S-75")
@pytest.mark.parametrize("condition", recommended())
def test_why_names_the_kind_of_evidence_its_line_and_a_source(condition: str) -> None:
    entry = knowledge().conditions[condition]
    (said,) = shown(iter([WhyPoint(entry.points[0], (condition,))]))
    assert plain_wording().texts.conditions[condition].evidence in said.text
    assert "Evidence:" in said.text
    assert knowledge().sources[knowledge().points[entry.points[0]].sources[0]].title in said.text
    assert ("needle" in said.text) or entry.evidence != "needle_trials_only"


@pytest.mark.safety("S-64")
@pytest.mark.parametrize("code", CODES[:3])
def test_whatever_stands_in_a_point_comes_out_escaped(code: str) -> None:
    texts = plain_wording().texts
    point = PointText(NASTY, (), find=NASTY, find_again=NASTY, feel=NASTY, how=NASTY, posture=NASTY, caution=NASTY)
    nasty = replace(texts, points={**texts.points, code: point})
    hostile = Wording(knowledge(), nasty, "x", "y")
    for reply in (Card(Clearance((code,)), code, Plan((code,), (), ())), GeneralCard(code), WhyPoint(code, ())):
        html = render(reply, hostile).html
        assert escape(NASTY, quote=False) in html
        assert "<script" not in html
