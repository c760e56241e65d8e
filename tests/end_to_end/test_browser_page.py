"""How the try-out page behaves: colours, sizes, keys, waiting, and trouble on the way."""

import re
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from bot.library.shipped import shipped
from tests.end_to_end.browsing import DESKTOP, PHONE, Person
from tests.end_to_end.web_site import serving

pytest_plugins = ("tests.end_to_end.browser_fixtures",)
Arrive = Callable[..., Person]

INK_ON_GROUND = (
    ("text", "surface"),
    ("text", "mine"),
    ("text", "raised"),
    ("quiet", "surface"),
    ("quiet", "wall-a"),
    ("quiet", "wall-b"),
    ("quiet", "wall-c"),
    ("mine-quiet", "mine"),
    ("accent", "surface"),
    ("accent", "raised"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("warn", "warn-soft"),
)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of "rgb(r, g, b)"."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colours(person: Person) -> dict[str, str]:
    names = sorted({name for pair in INK_ON_GROUND for name in pair} | {"edge"})
    script = """names => Object.fromEntries(names.map(name => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = `var(--${name})`;
        const colour = getComputedStyle(probe).color;
        probe.remove();
        return [name, colour];
    }))"""
    found: dict[str, str] = person.page.evaluate(script, names)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read_in_light_and_dark(arrive: Arrive, scheme: str) -> None:
    found = colours(arrive(color_scheme=scheme))
    weak = [(ink, ground) for ink, ground in INK_ON_GROUND if contrast(found[ink], found[ground]) < 4.5]
    assert weak == []
    assert contrast(found["edge"], found["surface"]) >= 3


def test_the_system_chooses_the_colours_until_the_person_does(arrive: Arrive) -> None:
    dark, light = arrive(color_scheme="dark"), arrive(color_scheme="light")
    ground = "getComputedStyle(document.querySelector('.app')).backgroundColor"
    night, day = dark.page.evaluate(ground), light.page.evaluate(ground)
    assert luminance(night) < 0.1
    assert luminance(day) > 0.9
    light.page.get_by_role("button", name="Switch to dark colours").click()
    assert light.page.evaluate(ground) == night
    light.page.reload()
    assert light.page.evaluate(ground) == night
    light.page.get_by_role("button", name="Switch to light colours").click()
    assert light.page.evaluate(ground) == day


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 640}, PHONE, DESKTOP])
def test_nothing_scrolls_sideways_at_any_width(arrive: Arrive, viewport: dict[str, int]) -> None:
    person = arrive(viewport=viewport)
    wide = (
        "Math.max(...['html', '#scroller'].map(s => document.querySelector(s)).map(e => e.scrollWidth - e.clientWidth))"
    )
    assert person.page.evaluate(wide) == 0
    person.begin()
    person.writes("neck " + "x" * 300)
    person.reaches_the_checklist("stiff neck")
    assert person.page.evaluate(wide) == 0
    person.presses("None of these")
    person.reads("press this one first")
    assert person.page.evaluate(wide) == 0
    for box in (person.page.locator("#field"), person.page.locator("#send"), person.page.locator("#theme")):
        found = box.bounding_box()
        assert found
        assert found["x"] >= 0
        assert found["x"] + found["width"] <= viewport["width"]


def test_controls_are_named_and_large_enough_for_a_finger(arrive: Arrive) -> None:
    person = arrive(viewport=PHONE)
    person.begin()
    person.writes("stiff neck")
    person.reads("Right now")
    for control in person.page.locator("button:visible, textarea:visible").all():
        box = control.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 43.5
        assert control.evaluate("e => e.ariaLabel || e.textContent.trim()")
    boxes = [key.bounding_box() for key in person.newest.locator(".key").all()]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))


def apart(one: Any, other: Any) -> bool:  # noqa: ANN401  (Playwright's boxes)
    return bool(
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


def test_the_conversation_is_read_out_and_trouble_is_an_alert(arrive: Arrive) -> None:
    page = arrive().page
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#toast")).to_have_attribute("role", "status")
    expect(page.locator("#trouble")).to_have_attribute("role", "alert")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_nothing_moves_for_people_who_asked_for_less_motion(arrive: Arrive) -> None:
    person = arrive(reduced_motion="reduce")
    person.begin()
    assert person.newest.evaluate("e => getComputedStyle(e).animationName") == "none"


def test_shift_enter_makes_a_line_and_the_up_arrow_brings_messages_back(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.field.press_sequentially("stiff")
    person.field.press("Shift+Enter")
    person.field.press_sequentially("neck")
    person.field.press("Enter")
    expect(person.page.locator(".mine .text").last).to_have_text("stiff\nneck", use_inner_text=True)
    person.writes("/cancel")
    person.field.press("ArrowUp")
    expect(person.field).to_have_value("/cancel")
    person.field.press("ArrowUp")
    expect(person.field).to_have_value("stiff\nneck")
    person.field.press("ArrowDown")
    person.field.press("ArrowDown")
    expect(person.field).to_have_value("")


def test_the_menu_works_with_the_keyboard_and_gives_the_focus_back(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    menu = person.page.get_by_role("button", name="Menu")
    menu.press("Enter")
    items = person.page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    person.page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.press("Enter")
    person.page.keyboard.press("ArrowDown")
    person.page.keyboard.press("Enter")
    person.reads("How to use me")
    expect(person.field).to_be_focused()


def test_the_bot_is_seen_typing_while_one_waits(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    person.page.route("**/api/message", hold)
    person.writes("stiff neck")
    expect(person.page.locator("#typing")).to_be_visible()
    expect(person.page.locator("#status")).to_have_text("typing")
    held[0].continue_()
    person.reads("Right now")
    expect(person.page.locator("#typing")).to_be_hidden()
    expect(person.page.locator("#status")).to_have_text("bot")


def test_a_message_is_not_lost_when_the_server_does_not_answer(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.page.route("**/api/message", lambda route: route.abort())
    person.writes("stiff neck")
    expect(person.page.get_by_role("alert")).to_contain_text("The bot does not answer.")
    mine = person.page.locator(".mine").last
    expect(mine).to_have_attribute("data-state", "failed")
    person.page.unroute("**/api/message")
    person.page.get_by_role("button", name="Try again").click()
    person.reads("Right now")
    expect(mine).to_have_attribute("data-state", "sent")
    expect(person.page.get_by_role("alert")).to_be_hidden()
    expect(person.page.locator(".mine")).to_have_count(2)


def test_an_answer_lost_on_the_way_is_not_given_twice(arrive: Arrive) -> None:
    person = arrive()
    person.begin()

    def answer_gets_lost(route: Route) -> None:
        route.fetch()
        route.abort()

    person.page.route("**/api/message", answer_gets_lost, times=1)
    person.writes("stiff neck")
    person.page.get_by_role("button", name="Try again").click()
    expect(person.page.get_by_role("status")).to_contain_text("The bot has this message already.")


def test_nothing_is_asked_from_any_other_place(arrive: Arrive) -> None:
    person = arrive()
    asked: set[str] = set()
    person.page.on("request", lambda request: asked.add(str(urlsplit(request.url).hostname)))
    person.page.reload()
    person.begin()
    person.writes("stiff neck")
    person.reads("Right now")
    assert asked == {"127.0.0.1"}


def change(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_admin_switch_reloads_good_files_and_refuses_bad_ones(arrive: Arrive, tmp_path: Path) -> None:
    folder = shutil.copytree(shipped(), tmp_path / "knowledge")
    words = folder / "texts" / "en" / "phrases" / "web.yaml"
    with serving(tmp_path, folder) as served:
        person = arrive(served)
        person.begin()
        person.writes("/status")
        expect(person.page.locator(".mine").last).to_have_attribute("data-state", "sent")
        assert "ersion" not in person.newest.inner_text()
        person.page.get_by_role("switch", name="Admin commands").click()
        change(words, "Write what hurts", "Say what hurts")
        person.writes("/reload")
        person.reads("No errors")
        person.page.reload()
        person.begin()
        expect(person.field).to_have_attribute("placeholder", "Say what hurts")
        change(folder / "conditions" / "neck_shoulder.yaml", "GB20", "GB200")
        person.page.get_by_role("switch", name="Admin commands").click()
        person.writes("/reload")
        person.reads("Nothing changed")
        person.newest.get_by_text("Show the file").click()
        expect(person.newest.locator("pre")).to_contain_text("GB200")
        person.reaches_the_checklist("stiff neck")
