"""What the conversation does beside the pure core: commands nobody knows, groups, inline, what is kept."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.config.settings import Contacts
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.chat_state import erase_expired
from bot.services.conversation import Conversation
from bot.services.due_messages import DueMessages
from bot.services.group_answers import GroupAnswers
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.services.sealed_messages import MessageSealer
from bot.storage.store import Store

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
_updates = count(1)


class Talk:
    """One conversation over a real database, with a clock to turn."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.now = NOON
        self.store = Store.open(f"sqlite:///{folder}/test.sqlite3", bytes(32), clock=lambda: self.now)
        contacts = Contacts("the emergency number", "the crisis line")
        sealer = MessageSealer(contacts, bytes(32))
        self.conversation = Conversation(library, self.store, sealer, lambda: self.now)
        self.due_messages = DueMessages(library, self.store, sealer, lambda: self.now)
        self.group_answers = GroupAnswers(library, contacts)

    def say(self, text: str, chat: str = "test:1", kind: IncomingKind = IncomingKind.TEXT, command: str = "") -> Answer:
        return self.conversation.turn(Incoming(chat, kind, str(next(_updates)), text, command))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(shipped(), datetime.now(UTC))


@pytest.fixture
def talk(library: Library, tmp_path: Path) -> Talk:
    return Talk(library, tmp_path)


@pytest.mark.safety("S-1")
@pytest.mark.parametrize(
    ("command", "text"), [("chest", "pain"), ("chest_pain", ""), ("points", "crushing chest pain")]
)
def test_a_warning_sign_in_any_command_gets_help(talk: Talk, command: str, text: str) -> None:
    answer = talk.say(text, kind=IncomingKind.COMMAND, command=command)
    assert answer.urgent
    assert answer.messages[0].html.startswith("<b>Get emergency help now. Call the emergency number.</b>")


@pytest.mark.safety("S-27", "S-57")
def test_a_harmful_wish_gets_its_kind_no_in_groups_and_nothing_inline(talk: Talk) -> None:
    group = talk.group_answers.group("which point starts labour, LI4?", "", mentioned=True)
    assert "labour" in group.messages[0].html
    assert "LI4" not in group.messages[0].html
    assert talk.group_answers.inline("LI4 to start labour") == ()


@pytest.mark.safety("S-57")
def test_a_group_is_shown_a_general_card_and_the_way_into_private_only(talk: Talk) -> None:
    talk.group_answers.username = "thebot"
    (card,) = talk.group_answers.group("LI4", "points", mentioned=False).messages
    assert card.keys[0][0].url == "https://t.me/thebot?start=p_LI4"
    assert "Find it" not in card.html
    (lead,) = talk.group_answers.group("my neck is stiff", "", mentioned=True).messages
    assert "in private" in lead.html
    assert not talk.group_answers.group("my neck is stiff", "", mentioned=False).messages


@pytest.mark.safety("S-30")
def test_after_the_hour_nothing_of_a_talk_is_left(talk: Talk) -> None:
    talk.say("my lower back aches")
    assert talk.store.has_chat("test:1")
    talk.now += timedelta(minutes=61)
    assert erase_expired(talk.store, talk.now) == 1
    assert not talk.store.has_chat("test:1")


@pytest.mark.safety("S-12", "S-30")
def test_a_flag_outlives_the_hour_and_not_the_day(talk: Talk) -> None:
    talk.say("crushing chest pain")
    talk.now += timedelta(hours=2)
    erase_expired(talk.store, talk.now)
    assert "Has a doctor or nurse checked it?" in talk.say("my knee hurts").messages[0].html
    talk.now += timedelta(hours=23)
    erase_expired(talk.store, talk.now)
    talk.now += timedelta(hours=1)
    erase_expired(talk.store, talk.now)
    assert not talk.store.has_chat("test:1")


@pytest.mark.safety("S-54")
def test_my_data_is_exactly_what_is_stored(talk: Talk) -> None:
    talk.say("my lower back aches")
    shown = talk.say("", kind=IncomingKind.COMMAND, command="mydata").messages[0].html
    assert "low_back_pain" in shown
    assert "aches" not in shown, "no text is kept"
    assert "2031-05-04T13:00:00" in shown


@pytest.mark.safety("S-52")
def test_a_message_nobody_understood_is_readable_only_after_three_people_sent_it(talk: Talk) -> None:
    for chat in ("test:1", "test:2", "test:2"):
        talk.say("xyzzy plugh", chat)
        assert talk.store.unmatched() == []
    talk.say("xyzzy  PLUGH!", "test:3")
    assert [text for text, _ in talk.store.unmatched()] == ["xyzzy plugh"]


@pytest.mark.safety("S-69")
def test_the_same_update_twice_is_answered_once(talk: Talk) -> None:
    update = Incoming("test:1", IncomingKind.TEXT, "the same", "my neck is stiff")
    assert talk.conversation.turn(update).messages
    assert talk.conversation.turn(update) == Answer()


def stopped(answer: Answer) -> bool:
    """Whether the answer is the advice for an emergency."""
    return answer.messages[0].html.startswith("<b>Get emergency help now.")


@pytest.mark.safety("S-5")
def test_a_warning_sent_in_two_halves_is_heard_within_two_minutes(talk: Talk) -> None:
    talk.say("cant")
    assert stopped(talk.say("breathe"))
    talk.say("cant", chat="test:2")
    talk.now += timedelta(seconds=121)
    assert not stopped(talk.say("breathe", chat="test:2"))
    talk.say("cant", chat="test:3")
    assert not stopped(talk.say("breathe", chat="test:4"))


@pytest.mark.safety("S-5", "S-53")
@pytest.mark.parametrize(
    ("kind", "text", "command"),
    [(IncomingKind.PRESS, "no button of ours", ""), (IncomingKind.COMMAND, "", "help"), (IncomingKind.TEXT, "no", "")],
)
def test_a_button_a_command_or_an_answer_between_two_halves_ends_it(
    talk: Talk, kind: IncomingKind, text: str, command: str
) -> None:
    talk.say("cant")
    talk.say(text, kind=kind, command=command)
    assert not stopped(talk.say("breathe"))
    talk.say("no")
    assert not stopped(talk.say("breathing is fine"))


@pytest.mark.safety("S-5", "S-69")
def test_an_update_that_comes_again_is_not_joined_with_itself(talk: Talk) -> None:
    half = Incoming("test:1", IncomingKind.TEXT, "again", "my chest no pain", confirmed_later=True)
    first, again = talk.conversation.turn(half), talk.conversation.turn(half)
    assert not stopped(first)
    assert not stopped(again)


@pytest.mark.safety("S-5", "S-52")
def test_the_words_of_a_half_are_nowhere_in_the_database(talk: Talk, tmp_path: Path) -> None:
    talk.say("bleach went in")
    talk.store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"bleach" not in kept
