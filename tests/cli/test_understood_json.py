"""`understand --jsonl` says of a text what the conversation does with it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.config.settings import Contacts
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.conversation import Conversation
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.services.sealed_messages import LANGUAGE, MessageSealer
from bot.storage.store import Store
from tests.patience import PATIENCE

TEXTS = (
    "my lower back aches",
    "bakc pain and my neck is stiff",
    "no back pain, only my knee",
    "can't sleep, so stressed",
    "my head is pounding",
    "wheezy with my asthma",
    "tummy ache after dinner",
    "crushing chest pain",
    "numb between my legs and my back hurts",
    "i want to die",
    "what is the weather tomorrow",
    "it hurts",
    "my wrist and my elbow hurt",
    "LI4",
    "shenmen",
    "my shoulder",
    "period cramps",
    "<b>my knee</b> hurts",
)
_updates = count(1)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(shipped(), datetime.now(UTC))


@pytest.fixture(scope="module")
def conversation(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    folder = tmp_path_factory.mktemp("understood")
    store = Store.open(f"sqlite:///{folder}/test.sqlite3", bytes(32))
    sealer = MessageSealer(Contacts("the emergency number", "the crisis line"), bytes(32))
    return Conversation(library, store, sealer, lambda: datetime.now(UTC))


def said(conversation: Conversation, text: str) -> Answer:
    """The answer to the text in a chat of its own."""
    number = next(_updates)
    return conversation.turn(Incoming(f"test:{number}", IncomingKind.TEXT, str(number), text))


@pytest.fixture(scope="module")
def lines() -> dict[str, dict[str, object]]:
    """The JSON object that the command writes for each text, by id."""
    asked = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in TEXTS)
    command = [sys.executable, "-m", "bot", "understand", "--jsonl"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=PATIENCE)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(TEXTS), "the same order"
    return {answer["id"]: answer for answer in answers}


@pytest.mark.parametrize("text", TEXTS)
def test_the_conversation_does_with_a_text_what_the_command_says(
    text: str, lines: dict[str, dict[str, object]], library: Library, conversation: Conversation
) -> None:
    line = lines[text]
    texts = library.current.knowledge.texts[LANGUAGE]
    answer = said(conversation, text)
    shown = "\n".join(message.html for message in answer.messages)
    labels = [key.label for message in answer.messages for row in message.keys for key in row]
    accepted, offered, flags = line["accepted"], line["offered"], line["red_flags"]
    assert isinstance(accepted, list)
    assert isinstance(offered, list)
    assert isinstance(flags, list)
    stopping = [flag["id"] for flag in flags if flag["urgency"] != "see_gp"]
    assert answer.urgent == bool(stopping)
    for condition in () if line["half_heard"] else accepted:  # a half-heard sign is asked about first (S-80)
        assert texts.conditions[condition].name in shown
    for condition in offered:
        assert texts.conditions[condition].name in labels
    if not (accepted or offered or stopping):
        assert not any(f"<b>{text.name}</b>" in shown for text in texts.conditions.values())


def test_a_line_without_text_is_passed_over_and_the_rest_is_answered() -> None:
    command = [sys.executable, "-m", "bot", "understand", "--jsonl"]
    asked = '\n{"id": 7, "text": "my neck is stiff"}\n\n'
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=PATIENCE)
    (line,) = [json.loads(each) for each in done.stdout.splitlines()]
    assert line["id"] == 7
    assert set(line) == {"id", "accepted", "offered", "red_flags", "half_heard", "points", "ticked", "topic", "because"}


def test_ask_prints_what_was_understood_and_the_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "ask", "my neck is stiff"]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=PATIENCE, cwd=tmp_path, env=environ
    )
    assert "tight_neck" in done.stdout
    assert "None of these" in done.stdout
    assert not list(tmp_path.iterdir()), "asking keeps nothing"
