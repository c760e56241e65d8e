"""A small knowledge and a chat for every test of the core."""

import pytest

from bot.domain.knowledge import Knowledge
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
