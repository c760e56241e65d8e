"""A person talks to the real bot over real HTTP, from the first word to the cards."""

from collections.abc import Callable

import pytest

from bot.library.shipped import shipped
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.people import Person

Somebody = Callable[[], Person]

NOTICE = "Please consult your doctor"
FIND = "Find it:"
CHEST = "crushing chest pain and my left arm hurts"
PHOTO = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 2}
STICKER = {**PHOTO, "type": "regular", "is_animated": False, "is_video": False}


def test_start_greets_with_the_safety_words_and_the_first_buttons(person: Person) -> None:
    seen = person.says("/start")
    assert "not a doctor" in seen
    assert "In an emergency, call" in seen
    assert person.buttons() == ["Show body areas", "All points", "How it works", "Privacy"]
    assert len(person.says("/start").splitlines()) == 1


@pytest.mark.safety("S-20", "S-26")
def test_a_person_gets_from_their_own_words_to_the_cards_and_back(person: Person) -> None:
    seen = person.says("my lower back aches")
    assert "Low back pain" in seen
    assert "because you wrote" in seen
    assert "tick what is true for you" in person.taps("None of these")
    overview = person.taps("None of these")
    assert "press this one first" in overview
    assert NOTICE in overview
    assert FIND not in overview
    card = person.taps("BL23")
    assert FIND in card
    assert "1 of" in card
    assert NOTICE in card
    assert "2 of" in person.taps("Next")
    assert "Another way to find it" in person.taps("I can't find it")
    assert "Sources:" in person.taps("Why this?")
    assert "press this one first" in person.taps("Back") + person.taps("Back")


def test_a_card_is_a_photo_uploaded_once_and_sent_by_its_id_from_then_on(api: BotApi, somebody: Somebody) -> None:
    for person in (somebody(), somebody()):
        person.says("/points LI4")
        for label in ("Show how to press", "None of these", "None of these"):
            person.taps(label)
        (photo,) = api.calls_of("sendPhoto", person.id)
        assert FIND in photo.params["caption"]
    assert not photo.files
    assert api.file_ids[photo.params["photo"]] == picture("LI4.jpg")
    person.taps("I can't find it")
    (edit,) = api.calls_of("editMessageMedia", person.id)
    shown = edit.params["media"]["media"]
    assert picture("LI4-wide.jpg") in (api.file_ids.get(shown), *edit.files.values())


def picture(name: str) -> bytes:
    """What ships under that name."""
    return (shipped() / "pictures" / name).read_bytes()


def test_the_whole_way_can_be_typed(person: Person) -> None:
    person.says("my lower back aches")
    person.says("none of these")
    assert "press this one first" in person.says("none")


def test_a_press_edits_the_message_instead_of_adding_one(api: BotApi, person: Person) -> None:
    person.says("my lower back aches")
    person.taps("None of these")
    person.taps("Varicose veins")
    assert len(api.calls_of("sendMessage", person.id)) == 1
    assert len(api.calls_of("editMessageText", person.id)) == 2
    assert any("☑" in label for label in person.buttons())


@pytest.mark.safety("S-1", "S-2", "S-3")
@pytest.mark.parametrize(
    "content",
    [
        {"text": CHEST},
        {"text": f"/points {CHEST}", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]},
        {"caption": CHEST, "photo": [PHOTO]},
        {"caption": CHEST, "voice": VOICE},
        {"text": CHEST, "forward_origin": {"type": "hidden_user", "sender_user_name": "Bob", "date": 1}},
    ],
    ids=["text", "command", "photo", "voice", "forwarded"],
)
def test_a_red_flag_is_answered_first_wherever_it_stands(person: Person, content: dict[str, object]) -> None:
    seen = person.sends(content)
    assert seen.startswith("Get emergency help now")
    assert FIND not in seen


@pytest.mark.safety("S-1", "S-10")
@pytest.mark.parametrize("text", ["i can\u00b4t breathe", "i can`t breathe", "I can\u2032t breathe", "i can t breathe"])
def test_whatever_stands_for_the_apostrophe_an_emergency_is_answered(person: Person, text: str) -> None:
    assert person.says(text).startswith("Get emergency help now")


@pytest.mark.safety("S-1")
def test_a_red_flag_in_an_edited_message_is_answered(person: Person) -> None:
    person.says("my neck hurts")
    message = person.message({"text": CHEST, "edit_date": 1790000001})
    seen = person.sees_after(person.api.feed({"edited_message": message}))
    assert seen.startswith("Get emergency help now")


@pytest.mark.safety("S-1", "S-2")
def test_a_red_flag_during_the_checklist_ends_it(person: Person) -> None:
    person.says("my lower back aches")
    person.taps("None of these")
    assert person.says("i have crushing chest pain right now").startswith("Get emergency help now")
    assert FIND not in person.taps("None of these")


@pytest.mark.safety("S-26", "S-28")
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Pregnant", "In pregnancy I show no points"),
        ("Varicose veins", "With varicose veins I show no points"),
        ("Cancer in bones", "With cancer in the bones I show no points"),
        ("Rheumatoid", "With a disease that inflames the joints"),
        ("Clot, thinner", "With a clot"),
        ("Skin, injury", "the spine may be hurt"),
        ("Under 18", "I will not show points"),
    ],
)
def test_each_row_of_the_checklist_stops_a_neck_complaint(person: Person, row: str, reason: str) -> None:
    person.says("my neck hurts")
    person.taps("None of these")
    person.taps(row)
    seen = person.taps("Done")
    assert reason in seen
    assert "I will not show points" in seen
    assert FIND not in person.says("/points LI4")
    assert "I will not show points" in person.taps("Show how to press")


@pytest.mark.safety("S-33")
def test_a_complaint_for_the_doctor_first_asks_whether_one_has_looked(person: Person) -> None:
    person.says("my hip hurts")
    assert "Has a doctor checked it?" in person.taps("None of these")
    assert "Please see a doctor" in person.taps("Not yet")


@pytest.mark.safety("S-33")
def test_a_complaint_that_is_only_referred_never_gets_points(person: Person) -> None:
    seen = person.says("i have asthma")
    assert "I do not show points for this" in seen
    assert FIND not in seen


@pytest.mark.safety("S-21")
def test_a_point_by_its_command_shows_a_general_page_first(person: Person) -> None:
    seen = person.says("/points LI4")
    assert "LI4 · Hégǔ" in seen
    assert FIND not in seen
    person.taps("Show how to press")
    person.taps("None of these")
    assert FIND in person.taps("None of these")


def test_a_point_that_does_not_exist_gets_the_close_ones(person: Person) -> None:
    seen = person.says("/points LI44")
    assert "There is no LI44" in seen
    assert any("LI4" in label for label in person.buttons())


@pytest.mark.safety("S-21")
def test_a_deep_link_to_a_point_opens_its_general_page(person: Person) -> None:
    seen = person.says("/start p_LI4")
    assert "LI4" in seen
    assert FIND not in seen


@pytest.mark.safety("S-21")
def test_a_deep_link_to_a_complaint_starts_its_questions(person: Person) -> None:
    assert "Right now, do you have any of these?" in person.says("/start c_neck_pain")


@pytest.mark.safety("S-53", "S-54")
def test_a_person_sees_what_is_stored_and_erases_it_with_one_confirmation(person: Person) -> None:
    person.says("my lower back aches")
    assert "low_back_pain" in person.says("/mydata")
    assert "Erase everything" in person.says("/forget")
    assert "Done. I have erased everything" in person.taps("Yes, erase it")
    assert "low_back_pain" not in person.says("/mydata")


@pytest.mark.safety("S-13")
@pytest.mark.parametrize(
    "content",
    [
        {"sticker": STICKER},
        {"voice": VOICE},
        {"photo": [PHOTO]},
        {"location": {"latitude": 1.5, "longitude": 2.5}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
    ids=["sticker", "voice", "photo", "location", "dice"],
)
def test_what_is_not_text_gets_a_kind_answer_with_the_emergency_line(
    person: Person, content: dict[str, object]
) -> None:
    seen = person.sends(content)
    assert "I can only read English text" in seen
    assert "In an emergency, call" in seen


def test_an_album_of_photos_is_answered_once(person: Person) -> None:
    seen = [person.sends({"photo": [PHOTO], "media_group_id": "7001"}) for _ in range(5)]
    assert "I can only read English text" in seen[0]
    assert seen[1:] == [""] * 4


def test_an_edited_message_is_answered_as_a_new_one_and_once(person: Person) -> None:
    message = person.message({"text": "my nek hurts", "edit_date": 1790000001})
    first = person.sees_after(person.api.feed({"edited_message": message}))
    assert "Neck pain" in first
    assert person.looks() == ""


@pytest.mark.parametrize("event", [{"new_chat_title": "x"}, {"delete_chat_photo": True}])
def test_service_messages_get_no_answer(person: Person, event: dict[str, object]) -> None:
    assert person.sends(event) == ""


@pytest.mark.safety("S-64")
@pytest.mark.parametrize(
    "text",
    [
        "<b>my neck</b> & <script>alert(1)</script> hurts",
        "my neck hurts\u200b\u200b {condition} %s {0}",
        "😀" * 2000,
        "x" * 4096,
        "\x00\x07 neck",
        "шея болит",
        "/points <b>&</b>",
        "/points " + "9" * 4000,
    ],
    ids=["html", "braces", "emoji", "long", "control", "cyrillic", "command with html", "long command"],
)
def test_any_text_gets_a_well_formed_answer_and_the_next_one_works(person: Person, text: str) -> None:
    assert person.says(text)
    assert "Neck pain" in person.says("my neck hurts")


@pytest.mark.safety("S-1", "S-67")
def test_a_red_flag_at_the_end_of_a_very_long_text_is_found(person: Person) -> None:
    text = "my neck hurts a bit today. " * 130 + "i have crushing chest pain right now"
    assert person.says(text).startswith("Get emergency help now")
