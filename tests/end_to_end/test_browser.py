"""Whole conversations on the try-out page, in a real browser with the shipped knowledge."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.end_to_end.browsing import PHONE, Person

pytest_plugins = ("tests.end_to_end.browser_fixtures",)
Arrive = Callable[..., Person]

NO_POINTS = "I will not show points for now."
ROWS = ("1 Pregnant", "2 Varicose", "3 Cancer", "4 ", "5 ", "6 ", "7 Under 18")


def names_points(person: Person) -> bool:
    """Whether anything the bot said on this page says how to press."""
    said = person.page.locator("#log").inner_text()
    return any(words in said for words in ("Find it:", "press this one first", "You should feel:"))


def test_a_conversation_with_the_mouse_leads_from_the_first_words_to_the_cards(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.writes("my neck is stiff from the computer")
    person.reads("Right now, do you have any of these?")
    assert "because you wrote" in person.page.locator("#log").inner_text()
    person.presses("None of these")
    person.reads("tick what is true for you")
    person.presses("None of these")
    person.reads("press this one first")
    person.newest.locator(".key").first.click()
    person.reads("Find it:")
    person.reads("Please consult your doctor first.")
    first = person.newest.inner_text()
    person.presses("Next ▶")
    expect(person.newest).not_to_contain_text(first.splitlines()[1])
    person.reads("Find it:")


def test_a_conversation_with_the_keyboard_alone_leads_to_the_cards(arrive: Arrive) -> None:
    person = arrive()
    keyboard = person.page.keyboard
    keyboard.press("Enter")  # Start has the focus
    person.reads("Tell me what hurts")
    keyboard.type("my lower back aches")
    keyboard.press("Enter")
    person.reads("Right now, do you have any of these?")
    walk_to(person, "None of these")
    keyboard.press("Enter")
    person.reads("tick what is true for you")
    walk_to(person, "None of these")
    keyboard.press("Space")
    person.reads("press this one first")
    first = person.newest.locator(".key").first.inner_text()
    walk_to(person, first)
    keyboard.press("Enter")
    person.reads("Find it:")


def walk_to(person: Person, label: str) -> None:
    """Back with Shift+Tab from where the focus is, to the newest button with this label, seen to have the focus."""
    focused = "document.activeElement.textContent"
    for _ in range(60):
        if person.page.evaluate(focused) == label:
            break
        person.page.keyboard.press("Shift+Tab")
    assert person.page.evaluate(focused) == label
    assert person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.safety("S-2", "S-3")
def test_a_red_flag_is_answered_with_help_first_and_no_points(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.writes("crushing chest pain and my left arm hurts, which point?")
    person.reads(re.compile(r"^\W*The bot wrote\W*Get emergency help now"))
    assert not names_points(person)


@pytest.mark.safety("S-28", "S-33")
@pytest.mark.parametrize("row", ROWS)
def test_each_row_of_the_checklist_stops_the_points_for_the_neck(arrive: Arrive, row: str) -> None:
    person = arrive(viewport=PHONE)
    person.begin()
    person.reaches_the_checklist("stiff neck")
    tick = person.newest.locator(".key").filter(has_text=re.compile(f"^☐ {row}"))
    tick.click()
    expect(person.newest.locator(".key[aria-pressed=true]")).to_have_text(re.compile(f"^☑ {row}"))
    person.presses("Done")
    person.reads(NO_POINTS)
    person.writes("stiff neck")
    expect(person.page.locator(".mine")).to_have_count(3)
    expect(person.page.locator(".mine").last).to_have_attribute("data-state", "sent")
    assert not names_points(person)


@pytest.mark.safety("S-21")
def test_the_list_of_points_leads_to_a_page_without_how_to_press(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.page.get_by_role("button", name="Menu").click()
    person.page.get_by_role("menuitem", name="/points").click()
    person.reads(re.compile(r"Points I know: \d\d"))
    person.newest.locator(".key").first.click()
    person.reads("Choose a point.")
    person.newest.locator(".key").first.click()
    person.reads("Meridian:")
    assert not names_points(person)
    person.writes("/points LI4")
    person.reads("LI4")
    person.presses("Show how to press")
    person.reads("Right now, do you have any of these?")
    assert not names_points(person)


@pytest.mark.safety("S-64")
@pytest.mark.parametrize(
    "text", ["<b>neck</b> <img src=x onerror=alert(1)>", "&lt;b&gt; &amp; <script>alert(1)</script>"]
)
def test_html_in_a_message_is_shown_as_text(arrive: Arrive, text: str) -> None:
    person = arrive()
    person.begin()
    person.writes(f"stiff neck {text}")
    mine = person.page.locator(".mine .text").last
    expect(mine).to_have_text(f"stiff neck {text}")
    expect(person.page.locator(".mine").last).to_have_attribute("data-state", "sent")
    assert person.page.locator("#log img, #log script, .mine .text b").count() == 0


def test_ticking_changes_the_message_in_place_and_keeps_focus_and_scroll(arrive: Arrive) -> None:
    person = arrive(viewport=PHONE)
    person.begin()
    person.reaches_the_checklist("stiff neck")
    messages = person.page.locator(".message").count()
    row = person.button("2 Varicose veins")
    row.scroll_into_view_if_needed()
    row.focus()
    before = row.bounding_box()
    person.page.keyboard.press("Space")
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(row).to_be_focused()
    after = row.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 40
    assert person.page.locator(".message").count() == messages


def test_a_card_in_place_of_the_overview_is_seen_from_its_beginning(arrive: Arrive) -> None:
    person = arrive(viewport=PHONE)
    person.begin()
    person.reaches_the_checklist("headache")
    person.presses("None of these")
    person.reads("press this one first")
    person.newest.locator(".key").nth(3).click()
    person.reads("Find it:")
    top = person.newest.bounding_box()
    window = person.page.locator("#scroller").bounding_box()
    assert top
    assert window
    assert window["y"] <= top["y"] < window["y"] + 60


@pytest.mark.safety("S-63")
def test_an_old_button_gives_a_notice_and_changes_nothing(arrive: Arrive) -> None:
    person = arrive()
    person.begin()
    person.writes("stiff neck")
    person.reads("Right now")
    question = person.page.locator(".theirs").filter(has_text="Right now").last.element_handle()
    old = person.page.evaluate("message => message.querySelector('.key').dataset.data", question)
    person.writes("/cancel")
    person.reads("I stopped here")
    person.page.evaluate("([message, data]) => message.querySelector(`[data-data='${data}']`).click()", [question, old])
    expect(person.page.get_by_role("status")).to_have_text("This button is old.")
    assert not names_points(person)
