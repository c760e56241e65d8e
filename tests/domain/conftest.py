"""A small knowledge and a chat for every test of the core, and the shipped knowledge, understood once."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.loader import load
from bot.library.shipped import shipped
from tests.chatting import Chat
from tests.knowledge_for_tests import tiny


@pytest.fixture
def knowledge() -> Knowledge:
    """The small knowledge made in code."""
    return tiny()


@pytest.fixture
def chat() -> Chat:
    """A fresh chat."""
    return Chat()


@pytest.fixture(scope="session")
def shipped_knowledge() -> Knowledge:
    """The knowledge that travels with the program."""
    knowledge, problems = load(shipped())
    assert knowledge is not None, "\n".join(map(str, problems))
    return knowledge


@pytest.fixture(scope="session")
def english(shipped_knowledge: Knowledge) -> Understanding:
    """Understands English with the shipped knowledge."""
    return Understanding(shipped_knowledge, "en")
