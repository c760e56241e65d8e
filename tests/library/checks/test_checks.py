"""Every check is silent on a good folder."""

import pytest

from bot.library.checks.all_checks import CHECKS
from tests.library.conftest import NEED_THE_WHOLE, Check, Folder


@pytest.mark.parametrize("check", [check for check in CHECKS if check not in NEED_THE_WHOLE])
def test_a_good_folder_passes_each_check(small: Folder, check: Check) -> None:
    assert small.found(check) == []


@pytest.mark.parametrize("check", NEED_THE_WHOLE)
def test_the_shipped_folder_passes_what_needs_the_whole(whole: Folder, check: Check) -> None:
    assert whole.found(check) == []
