"""For every test of the core: the shipped knowledge, a small one made in code, and a chat."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from tests.chatting import Chat
from tests.knowledge_for_tests import tiny
from tests.shipped_knowledge import knowledge as shipped


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
    return shipped()


@pytest.fixture(scope="session")
def english(shipped_knowledge: Knowledge) -> Understanding:
    """Understands English with the shipped knowledge, built once for all tests."""
    return Understanding(shipped_knowledge, "en")
