"""One running page for the HTTP tests of a module."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.web_site import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running
