"""Each group has a gloss, and editors can look up words."""

import pytest

from bot.__main__ import main
from bot.library.checks import glosses
from bot.library.dictionary import Dictionary
from bot.library.loader import Reading
from bot.library.reading.draft import read
from bot.library.reading.folder import read_folder
from tests.library.conftest import Folder

BODY = "texts/en/vocabulary/body.yaml"


def test_a_group_without_a_gloss_is_refused(small: Folder) -> None:
    small.edit(BODY, "  body_part: What can hurt.\n", "  neck: The neck.\n  boddy_part: What can hurt.\n")
    (missing,) = small.found(glosses.groups_have_a_gloss)
    assert missing.startswith(f"knowledge/{BODY}:4: body_part: this group has no gloss. Say in one line")
    (stray,) = small.found(glosses.glosses_are_of_groups)
    assert stray.endswith('boddy_part: this gloss is of no group or concept. Did you mean "body_part"?')


def test_every_shipped_group_is_listed_with_its_gloss(reading: Reading) -> None:
    lines = Dictionary(reading.draft).groups()
    assert [line.partition(":")[0] for line in lines] == sorted(reading.draft.entries("en/groups"))
    assert not any("no gloss" in line for line in lines)


def test_a_word_leads_to_what_is_called_so_or_said_so(small: Folder) -> None:
    small.write(
        BODY,
        "concepts:\n  neck: [neck, nape]\n  stiff_neck: [wry neck, torticollis]\n  knee: [knee]\n"
        "groups:\n  body_part: [neck, knee]\n  any_part: [body_part]\nglosses:\n  body_part: What can hurt.\n",
    )
    small.write("texts/en/signs/stroke.yaml", 'stroke: ["{neck|knee} {neck}", "{neck} gone"]\n')
    dictionary = Dictionary(read(read_folder(small.path)[0])[0])
    assert dictionary.about("Neck") == [
        "{neck}",
        "  ways: neck, nape",
        "  groups: body_part, any_part",
        f"  {BODY}:2",
        "  patterns that name it: 2",
        "{stiff_neck}",
        "  ways: wry neck, torticollis",
        f"  {BODY}:3",
        "  patterns that name it: 0",
    ]
    assert dictionary.about("part")[0] == "{any_part}"
    assert dictionary.about("body_part")[0] == "{body_part}: What can hurt."
    assert dictionary.about("elbow") == []


def test_the_command_finds_words_and_says_when_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concepts", "back"]) == 0
    assert capsys.readouterr().out.startswith("{back}")
    assert main(["concepts"]) == 0
    assert "any_back: The back" in capsys.readouterr().out
    assert main(["concepts", "zorblefax"]) == 1
    assert "No concept or group" in capsys.readouterr().out
