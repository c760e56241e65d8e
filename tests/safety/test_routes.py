"""Every way into the bot: none leads to point text past the screening (S-21). The oracle judges every step."""

from collections.abc import Callable

import pytest

from tests.safety.reading import read_message
from tests.safety.sayings import COMPLAINTS, EVERY, Saying
from tests.safety.world import World

BACK = COMPLAINTS[0]
NONE = "None of these"


def _points_with_a_name(world: World) -> None:
    world.commands("ann", "points", Saying("LI4"))


def _points_by_area(world: World) -> None:
    world.commands("ann", "points")
    world.press("ann", "Arm and hand")
    world.press("ann", "LI4 Joining Valley")


def _point_in_a_text(world: World) -> None:
    world.says("ann", Saying("hegu", point="LI4"))


def _point_by_link(world: World) -> None:
    world.commands("ann", "start", Saying("p_LI4"))


def _point_between_two(world: World) -> None:
    world.says("ann", Saying("shenmen"))
    world.press("ann", "HT7 Spirit Gate")


POINT_ROUTES: tuple[Callable[[World], None], ...] = (
    _points_with_a_name,
    _points_by_area,
    _point_in_a_text,
    _point_by_link,
    _point_between_two,
)


@pytest.mark.safety("S-20", "S-21")
@pytest.mark.parametrize("route", POINT_ROUTES, ids=lambda route: route.__name__.strip("_"))
def test_a_point_by_name_shows_its_general_page_until_the_whole_screening_is_done(
    world: World, route: Callable[[World], None]
) -> None:
    route(world)
    page = world.last("ann")
    assert not page.points
    assert world.press("ann", "Show how to press").kind == "question"
    assert world.last("ann").ids == ("general",)
    assert world.press("ann", NONE).kind == "checklist"
    assert len(world.press("ann", NONE).points) == 1


def _by_area(world: World) -> None:
    world.commands("ann", "conditions")
    world.press("ann", "Lower back")
    world.press("ann", "Low back pain")


def _by_command(world: World) -> None:
    world.commands("ann", "conditions", BACK)


def _by_points_command(world: World) -> None:
    world.commands("ann", "points", BACK)


def _by_link(world: World) -> None:
    world.commands("ann", "start", Saying("c_low_back_pain", BACK.conditions))


def _by_text(world: World) -> None:
    world.says("ann", BACK)


def _by_number(world: World) -> None:
    world.commands("ann", "conditions")
    world.press("ann", "Lower back")
    world.types("ann", "1")


COMPLAINT_ROUTES: tuple[Callable[[World], None], ...] = (
    _by_area,
    _by_command,
    _by_points_command,
    _by_link,
    _by_text,
    _by_number,
)


@pytest.mark.safety("S-20", "S-21")
@pytest.mark.parametrize("route", COMPLAINT_ROUTES, ids=lambda route: route.__name__.strip("_"))
def test_a_complaint_by_any_route_is_screened_first(world: World, route: Callable[[World], None]) -> None:
    route(world)
    assert world.last("ann").kind == "question"
    assert world.press("ann", NONE).kind == "checklist"
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-27", "S-21")
@pytest.mark.parametrize("refused", [saying for saying in EVERY if saying.refused], ids=lambda saying: saying.text)
def test_a_wish_that_gets_a_kind_no_gets_it_in_a_text_and_in_a_command(world: World, refused: Saying) -> None:
    world.says("ann", refused)
    said = world.last("ann").text
    for command in ("points", "conditions"):
        world.commands("ann", command, refused)
        assert world.last("ann").text == said
    assert world.last("ann").kind == "other"


@pytest.mark.safety("S-21", "S-57")
def test_groups_and_inline_queries_never_show_point_text_and_ask_no_health_questions(world: World) -> None:
    points = [Saying(name) for code, point in world.facts.points.items() for name in (code, point.name)]
    for saying in (*EVERY, *points):
        for command in ("", "points", "start", "conditions"):
            world.in_public(saying, command)


@pytest.mark.safety("S-21")
def test_after_the_hour_no_older_button_gives_anything_away(world: World) -> None:
    world.says("ann", BACK)
    world.press("ann", NONE)
    world.press("ann", NONE)
    older = list(world.buttons)
    world.later(minutes=61)
    for button in older:
        answer = world.presses(button)
        assert not any(read_message(message, world.facts).points for message in answer.messages)


@pytest.mark.safety("S-21")
def test_the_preview_of_the_knowledge_on_disk_shows_no_points(world: World) -> None:
    live, other = world.house.shipped, world.house.changed
    for saying in EVERY:
        shown = live.preview.answer(*other.knowledge, saying.text, "test:preview:ann")
        assert not any(read_message(message, other.facts).points for message in shown)


@pytest.mark.safety("S-27", "S-20")
@pytest.mark.parametrize("between", ["my mum has knee pain", "my mum is in pain"])
def test_answers_given_for_oneself_do_not_count_for_somebody_else(world: World, between: str) -> None:
    world.says("ann", COMPLAINTS[1])
    world.press("ann", NONE)
    assert world.press("ann", NONE).kind == "overview"
    mum = next(saying for saying in EVERY if saying.text == between)
    world.says("ann", mum)
    if mum.vague:
        world.press("ann", "Knee and foot")
        world.press("ann", "Knee pain")
    assert (world.last("ann").kind, world.last("ann").person) == ("question", "mum")
    world.press("ann", NONE)
    assert world.press("ann", NONE).kind == "overview"
    world.press("ann", "Not my problem")
    world.says("ann", COMPLAINTS[1])
    assert (world.last("ann").kind, world.last("ann").person) == ("question", "")
