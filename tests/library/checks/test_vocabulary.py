"""A vocabulary without a name that the code uses is refused."""

import pytest

from bot.library.checks import vocabulary
from tests.library.conftest import Folder


@pytest.mark.parametrize(("name", "users"), [("skin_talk", "bare_parts"), ("over_number", "numbers")])
def test_a_name_that_the_program_asks_for_must_be_in_the_vocabulary(whole: Folder, name: str, users: str) -> None:
    for file in (whole.path / "texts/en/vocabulary").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"\n  {name}:", f"\n  {name}s:"), encoding="utf-8")
    (found,) = whole.found(vocabulary.names_of_the_program_are_there)
    said = f'{name}: the vocabulary has no "{name}", which the program asks for ({users}).'
    assert said in found
    assert f'Did you mean "{name}s"?' in found
