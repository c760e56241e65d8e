"""Two equal processes behind one webhook, on one PostgreSQL: any of them takes any update."""

import shutil
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.library.shipped import shipped
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.people import Person
from tests.end_to_end.running_bot import ADMIN
from tests.end_to_end.test_telegram_crashes import start
from tests.end_to_end.test_telegram_webhook import Hooked, hooked, said
from tests.postgres import Server


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The first process's own copy of the knowledge."""
    return shutil.copytree(shipped(), tmp_path / "knowledge")


@pytest.fixture
def both(own_api: BotApi, tmp_path: Path, postgres: Server, knowledge: Path) -> Iterator[tuple[Hooked, Hooked]]:
    database = postgres.new_database()
    with hooked(own_api, tmp_path, database, knowledge) as one, hooked(own_api, tmp_path, database) as other:
        yield one, other


@pytest.mark.safety("S-69")
def test_a_conversation_goes_on_whichever_process_gets_the_next_update(
    own_api: BotApi, both: tuple[Hooked, Hooked]
) -> None:
    person = Person(own_api, 7001)
    one, other = both
    assert one.post(said(person, "my neck hurts"), number=1) == HTTPStatus.OK
    data, number = person.find_button("None of these")
    assert other.post(person.press(data, number), number=2) == HTTPStatus.OK
    assert "tick what is true" in person.looks()
    data, number = person.find_button("None of these")
    assert one.post(person.press(data, number), number=3) == HTTPStatus.OK
    assert "press this one first" in person.looks()


@pytest.mark.safety("S-69")
def test_an_update_that_comes_again_to_the_other_process_is_answered_once(
    own_api: BotApi, both: tuple[Hooked, Hooked]
) -> None:
    person = Person(own_api, 7002)
    for bot in (*both, *both):
        assert bot.post(said(person, "my neck hurts"), number=5) == HTTPStatus.OK
    assert len(own_api.calls_of("sendMessage", person.id)) == 1


@pytest.mark.safety("S-69")
def test_two_taps_at_once_on_two_processes_never_end_in_points(own_api: BotApi, both: tuple[Hooked, Hooked]) -> None:
    person = Person(own_api, 7003)
    one, other = both
    one.post(said(person, "my lower back aches"), number=1)
    data, number = person.find_button("None of these")
    one.post(person.press(data, number), number=2)
    taps = [person.find_button(label) for label in ("Pregnant", "None of these")]
    posts = [
        threading.Thread(target=bot.post, args=(person.press(*tap), "a-secret-of-the-tests", 3 + place))
        for place, (bot, tap) in enumerate(zip((one, other), taps, strict=True))
    ]
    for post in posts:
        post.start()
    for post in posts:
        post.join()
    seen = [call.params.get("text", "") for call in own_api.calls if call.chat == person.id]
    ticked = any("☑" in label for label in person.buttons())
    assert not (ticked and any("press this one first" in text for text in seen))


def test_a_reload_reaches_the_other_process_and_says_so(
    own_api: BotApi, both: tuple[Hooked, Hooked], knowledge: Path
) -> None:
    admin, person = Person(own_api, ADMIN), Person(own_api, 7004)
    one, other = both
    file = knowledge / "texts/en/phrases/conversation.yaml"
    file.write_text(file.read_text("utf-8").replace("All right, I stopped here.", "All right, I ended it."), "utf-8")
    assert one.post(said(admin, "/reload"), number=1) == HTTPStatus.OK
    assert "All 2 processes answer by it." in admin.looks()
    assert other.post(said(person, "/cancel"), number=2) == HTTPStatus.OK
    assert "I ended it" in person.looks()


def test_processes_that_start_at_once_on_an_empty_database_all_come_up(
    own_api: BotApi, tmp_path: Path, postgres: Server
) -> None:
    database = postgres.new_database()
    processes = [start(own_api, tmp_path, database) for _ in range(3)]
    own_api.wait(lambda: len(own_api.calls_of("getMe")) >= len(processes), "one did not come up")
