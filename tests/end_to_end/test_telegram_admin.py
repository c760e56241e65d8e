"""What admins can do in their private chat, and nobody else anywhere."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.library.shipped import shipped
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import DEFERRING
from tests.end_to_end.people import Group, Person, entities, shown
from tests.end_to_end.running_bot import ADMIN, RunningBot, running

Somebody = Callable[[], Person]

NECK = Path("texts/en/conditions/neck_shoulder.yaml")


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy of the knowledge to edit."""
    return Path(shutil.copytree(shipped(), tmp_path / "knowledge"))


@pytest.fixture
def editable(own_api: BotApi, tmp_path: Path, knowledge: Path) -> Iterator[RunningBot]:
    """A bot of the test's own that runs on the copy."""
    with running(own_api, tmp_path, knowledge) as bot:
        yield bot


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_is_live_after_reload_and_gone_after_rollback(
    own_api: BotApi, editable: RunningBot, knowledge: Path
) -> None:
    admin, person = Person(own_api, ADMIN), Person(own_api, 7001)
    before = editable.services.library.current.knowledge.version
    edit(knowledge / NECK, "name: Neck pain", "name: Sore neck")
    assert "Neck pain" in person.says("my neck hurts")
    seen = admin.says("/reload")
    assert editable.services.library.current.knowledge.version in seen
    assert "/rollback" in seen
    assert "Sore neck" in person.says("my neck hurts")
    admin.says("/rollback")
    assert editable.services.library.current.knowledge.version == before
    assert "Neck pain" in person.says("my neck hurts")


@pytest.mark.safety("S-69")
def test_a_rollback_that_comes_again_or_is_edited_is_not_done_again(
    own_api: BotApi, editable: RunningBot, knowledge: Path
) -> None:
    admin = Person(own_api, ADMIN)
    before = editable.services.library.current.knowledge.version
    edit(knowledge / NECK, "name: Neck pain", "name: Sore neck")
    admin.says("/reload")
    left = editable.services.library.current.knowledge.version
    command = admin.message({"text": "/rollback", **entities("/rollback")})
    told = admin.sees_after(own_api.feed({"message": command}, times=3))
    assert told.count("Back to version") == 1
    assert before in told
    assert left in told, "it names the version that it leaves"
    assert admin.sees_after(own_api.feed({"edited_message": {**command, "edit_date": 1790000001}})) == ""
    assert editable.services.library.current.knowledge.version == before


@pytest.mark.safety("S-69")
def test_a_rollback_whose_answer_has_to_wait_is_done_once_and_told_later(
    own_api: BotApi, editable: RunningBot, knowledge: Path
) -> None:
    admin = Person(own_api, ADMIN)
    before = editable.services.library.current.knowledge.version
    edit(knowledge / NECK, "name: Neck pain", "name: Sore neck")
    admin.says("/reload")
    own_api.fail("sendMessage", DEFERRING, chat=ADMIN)
    sent = len(own_api.calls_of("sendMessage", ADMIN))
    own_api.feed({"message": admin.message({"text": "/rollback", **entities("/rollback")})})
    own_api.wait(lambda: len(own_api.calls_of("sendMessage", ADMIN)) == sent + 2, "the answer never came")
    assert before in shown(own_api.calls_of("sendMessage", ADMIN)[-1])
    assert editable.services.library.current.knowledge.version == before


@pytest.mark.safety("S-69")
@pytest.mark.parametrize("command", ["/reload", "/status", "/unmatched", "/preview neck_pain"])
def test_an_admins_command_that_comes_again_or_is_edited_is_answered_once(
    api: BotApi, admin: Person, command: str
) -> None:
    message = admin.message({"text": command, **entities(command)})
    sent = len(api.calls_of("sendMessage", admin.id))
    admin.sees_after(api.feed({"message": message}))
    once = len(api.calls_of("sendMessage", admin.id)) - sent
    admin.sees_after(api.feed({"message": message}, times=3))
    again = len(api.calls_of("sendMessage", admin.id)) - sent - once
    assert again == once, "a new update is a new command, for all that it says the same"
    assert admin.sees_after(api.feed({"edited_message": {**message, "edit_date": 1790000001}})) == ""


def test_a_reload_with_errors_changes_nothing_and_sends_the_whole_list(
    own_api: BotApi, editable: RunningBot, knowledge: Path
) -> None:
    admin, person = Person(own_api, ADMIN), Person(own_api, 7001)
    before = editable.services.library.current.knowledge.version
    edit(knowledge / "conditions/neck_shoulder.yaml", "[GB21, GB20", "[GB21, GB200")
    seen = admin.says("/reload")
    assert "conditions/neck_shoulder.yaml:" in seen
    assert "GB200" in seen
    (document,) = own_api.calls_of("sendDocument", ADMIN)
    assert b"GB200" in next(iter(document.files.values()))
    assert editable.services.library.current.knowledge.version == before
    assert "Neck pain" in person.says("my neck hurts")


@pytest.mark.safety("S-62")
@pytest.mark.parametrize("command", ["/reload", "/status", "/unmatched", "/rollback", "/preview neck_pain"])
def test_to_anybody_else_the_admins_commands_do_not_exist(
    shared_bot: RunningBot, somebody: Somebody, command: str
) -> None:
    loaded = shared_bot.services.library.current
    assert somebody().says(command) == somebody().says("/nosuchcommand")
    assert shared_bot.services.library.current is loaded


@pytest.mark.safety("S-62")
def test_an_admins_commands_do_not_exist_in_a_group(
    shared_bot: RunningBot, admin: Person, person: Person, group: Group
) -> None:
    loaded = shared_bot.services.library.current
    by_admin = [call.params["text"] for call in group.says(admin, "/reload")]
    by_other = [call.params["text"] for call in group.says(person, "/reload")]
    assert by_admin == by_other
    assert shared_bot.services.library.current is loaded


def test_status_counts_updates_errors_and_people_who_left(shared_bot: RunningBot, admin: Person) -> None:
    before = shared_bot.services.counters.read().updates
    seen = admin.says("/status")
    assert shared_bot.services.library.current.knowledge.version in seen
    assert shared_bot.services.counters.read().updates == before + 1


@pytest.mark.safety("S-21")
def test_a_preview_comes_from_the_files_and_only_to_the_admin(
    own_api: BotApi, editable: RunningBot, knowledge: Path
) -> None:
    admin, person = Person(own_api, ADMIN), Person(own_api, 7001)
    before = editable.services.library.current.knowledge.version
    edit(knowledge / NECK, "name: Neck pain", "name: Sore neck")
    assert "Sore neck" in admin.says("/preview neck_pain")
    assert "Neck pain" in person.says("my neck hurts")
    assert editable.services.library.current.knowledge.version == before


def test_a_preview_shows_what_leads_to_the_answer(admin: Person) -> None:
    said = "my lowr back hurts, no fever. " * 60
    seen = admin.says(f"/preview {said}")
    assert "“lowr” is read as “lower”" in seen
    assert "“fever”: fever, denied" in seen
    assert "Low back pain (low_back_pain), score 1.00: gone on with" in seen
    assert "more; python -m bot ask shows all" in seen


@pytest.mark.safety("S-52")
def test_unmatched_shows_a_text_only_after_the_third_person(admin: Person, somebody: Somebody) -> None:
    for _ in range(2):
        somebody().says("frobnicate the zorble")
    assert "zorble" not in admin.says("/unmatched")
    somebody().says("frobnicate the zorble")
    assert "zorble" in admin.says("/unmatched")


def test_the_menu_is_set_for_everybody_and_for_admins_only_in_their_own_chat(
    api: BotApi, shared_bot: RunningBot
) -> None:
    assert shared_bot.error is None
    api.wait(lambda: len(api.calls_of("setMyCommands")) == 2, "two menus were expected")
    everybody, admins = api.calls_of("setMyCommands")
    assert everybody.params["scope"] == {"type": "all_private_chats"}
    assert admins.params["scope"] == {"type": "chat", "chat_id": ADMIN}
    names = [command["command"] for command in everybody.params["commands"]]
    kept = ["progress", "report", "remind"]
    assert names == ["start", "help", "points", "conditions", *kept, "privacy", "forget", "mydata", "about", "cancel"]
    assert [command["command"] for command in admins.params["commands"]][len(names) :] == [
        "reload",
        "status",
        "preview",
        "unmatched",
        "rollback",
    ]
